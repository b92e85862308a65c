using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Chains;
using R3X.FxHost.Lines;

namespace R3X.FxHost;

/// <summary>
/// A line that goes on while its preset is edited: what is saved is heard within half a second, in mid-line. The files
/// are looked at so often that no way of saving escapes. Chains are built, warmed up and brought to where the line
/// is off the audio path.
/// </summary>
/// <param name="choose">Chooses the line's chain from the files as they are now.</param>
/// <param name="news">Told once when the line begins, and then of every change and mistake, on a thread of the pool;
/// may be null.</param>
/// <param name="problems">What is wrong besides that the choice does not know of, each a whole sentence; null for
/// nothing.</param>
/// <param name="interval">How often the files are looked at; null for every 20 ms.</param>
internal sealed class PresetWatch(
    Func<LineChain> choose, IProgress<PresetNews>? news, Func<LineChain, IEnumerable<string>>? problems = null,
    TimeSpan? interval = null)
{
    /// <summary>How much of the line is made ahead of the device's own buffer: what was made is heard with the old
    /// chain.</summary>
    public const double RingMilliseconds = 60;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    // Between an editor's deleting a file and its writing it anew nothing is wrong.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private LineChain _sounding = choose();
    private IReadOnlyList<string> _told = [];
    private IReadOnlyList<string> _seen = [];
    private long _seenSince;

    /// <summary>Feeds a line's frames to whoever hears them, until it is cancelled.</summary>
    /// <param name="line">The line.</param>
    /// <param name="prepare">Makes a choice's chain ready for it.</param>
    /// <param name="feed">Feeds it, through its chains; does not return before its end.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(
        ILineFrames line, Func<LineChain, Chain> prepare, Func<ChainCrossfader, CancellationToken, Task> feed,
        CancellationToken cancellation)
    {
        var crossfader = new ChainCrossfader(line, prepare(_sounding));
        news?.Report(new PresetNews(_sounding.Plan.PresetId, [], [], IsRepaired: false));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task watching = Task.Run(() => WatchAsync(prepare, crossfader, ended.Token), CancellationToken.None);
        Task feeding = feed(crossfader, ended.Token);
        // Whichever ends first says why; the other one ends with it.
        Task first = await Task.WhenAny(watching, feeding);
        await ended.CancelAsync();
        await Task.WhenAll(watching, feeding).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await first;
    }

    private async Task WatchAsync(
        Func<LineChain, Chain> prepare, ChainCrossfader crossfader, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(interval ?? Interval);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            LineChain now = choose();
            IReadOnlyList<string> changes = [];
            if (!PresetChanges.IsNone(_sounding, now))
            {
                crossfader.Offer(prepare(now));
                changes = PresetChanges.Between(_sounding, now);
                _sounding = now;
            }

            Tell(changes, Settled([.. now.Warnings, .. problems?.Invoke(now) ?? [], .. _sounding.Faults]));
        }
    }

    // What has been wrong for a while; until then, what was wrong before.
    private IReadOnlyList<string> Settled(IReadOnlyList<string> diagnostics)
    {
        if (!diagnostics.SequenceEqual(_seen))
        {
            _seen = diagnostics;
            _seenSince = Stopwatch.GetTimestamp();
        }

        return diagnostics.Count == 0 || Stopwatch.GetElapsedTime(_seenSince) >= Patience ? diagnostics : _told;
    }

    private void Tell(IReadOnlyList<string> changes, IReadOnlyList<string> diagnostics)
    {
        bool isRepaired = _told.Count > 0 && diagnostics.Count == 0;
        bool isNew = diagnostics.Count > 0 && !diagnostics.SequenceEqual(_told);
        _told = diagnostics;
        if (changes.Count > 0 || isRepaired || isNew)
            news?.Report(new PresetNews(_sounding.Plan.PresetId, changes, isNew ? diagnostics : [], isRepaired));
    }
}
