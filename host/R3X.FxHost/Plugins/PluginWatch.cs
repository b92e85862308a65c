using System;
using System.Collections.Generic;
using System.Threading;

namespace R3X.FxHost.Plugins;

/// <summary>
/// Looks at the folders of plugins twice a second, for as long as a host lives, so that no way of copying escapes:
/// in place, renamed, piece by piece, a folder that was not there. A timer's thread.
/// </summary>
internal sealed class PluginWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // Nobody has written for so long.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    // What is missing or broken for so long is not about to be copied.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly EffectCatalogue _catalogue;
    private readonly TimeProvider _time;
    private readonly Action<IReadOnlyList<EffectChange>> _tell;
    private readonly Action<string>? _warn;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private FolderStamps _taken;
    private FolderStamps _seen;
    private long _seenAt;
    private string? _failure;
    private bool _mustSettle;
    private bool _isOver;

    /// <param name="catalogue">What is kept up to date; of <see cref="PluginLoadMode.Shadow"/>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="tell">Told of what has become of effects, when lines get them already.</param>
    /// <param name="warn">Told of a plugin that does not leave memory, and of looks that fail, once each; null for
    /// nobody.</param>
    public PluginWatch(EffectCatalogue catalogue, TimeProvider time, Action<IReadOnlyList<EffectChange>> tell,
        Action<string>? warn = null)
    {
        _warn = warn;
        (_catalogue, _time, _tell) = (catalogue, time, tell);
        _taken = _seen = catalogue.Stamps!;
        // Each look asks for the next: one that takes long is not overtaken.
        _timer = time.CreateTimer(_ => OnTimer(), null, Interval, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Looks no more; waits for a look that goes on.</summary>
    public void Dispose()
    {
        lock (_lock)
            _isOver = true;
        _timer.Dispose();
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            if (_isOver)
                return;
            TimeSpan next = Interval;
            try
            {
                next = Look();
                foreach (string leak in _catalogue.Retired.Look(_time))
                    _warn?.Invoke(leak);
            }
            catch (Exception e)
            {
                // On a timer's thread it would end the process. What is in use stays; the next look tries again.
                if (e.Message != _failure)
                    _warn?.Invoke($"Looking for changed plugins failed, and is tried again: {e}");
                _failure = e.Message;
            }

            _timer.Change(next, Timeout.InfiniteTimeSpan);
        }
    }

    /// <returns>When to look again.</returns>
    private TimeSpan Look()
    {
        FolderStamps now = FolderStamps.Of(_catalogue.Folders);
        if (!now.IsSame(_seen))
        {
            (_seen, _seenAt, _mustSettle) = (now, _time.GetTimestamp(), false);
            return Quiet;
        }

        bool isSettled = _time.GetElapsedTime(_seenAt) >= Patience;
        if (now.IsSame(_taken) || _time.GetElapsedTime(_seenAt) < Quiet || (_mustSettle && !isSettled))
            return Interval;
        var renewal = new PluginRenewal(_catalogue, folder => now.IsChanged(folder, _taken));
        // What is missing or does not work may be half copied.
        _mustSettle = !renewal.Try() && !isSettled;
        if (_mustSettle)
        {
            renewal.GiveUp();
            return Interval;
        }

        IReadOnlyList<EffectChange> changes = renewal.TakeUp();
        _taken = now;
        if (changes.Count > 0)
            _tell(changes);
        return Interval;
    }
}
