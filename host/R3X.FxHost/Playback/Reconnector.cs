using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using R3X.FxHost.Sdk;
using R3X.FxHost.Threading;

namespace R3X.FxHost.Playback;

/// <summary>
/// Looks for a device that takes the place of one that went, on a thread of its own: at once, every quarter of a
/// second, and whenever the sound server says that something changed.
/// </summary>
[SuppressMessage(
    "Usage", "CA2213", Justification = "A search that hangs in a sound system ends by itself, and is not waited for.")]
internal sealed class Reconnector : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // A server that does not answer holds its own thread up, and nobody who closes.
    private static readonly TimeSpan ClosingPatience = TimeSpan.FromMilliseconds(100);

    private readonly LoudspeakerOpening _opening;
    private readonly AudioFormat _format;
    private readonly Action _found;
    private readonly RunLoop _loop;
    private IOutputDevice? _gone;
    private IOutputDevice? _replaced;
    private IOutputDevice? _next;
    private ISoundServerWatch? _watch;
    private string _refusal = string.Empty;
    private volatile bool _wanted;

    /// <summary>Starts the thread, which sleeps.</summary>
    /// <param name="opening">What to open.</param>
    /// <param name="format">In what format.</param>
    /// <param name="time">The clock.</param>
    /// <param name="found">Called on that thread when a device is there for <see cref="Take"/>.</param>
    public Reconnector(LoudspeakerOpening opening, AudioFormat format, TimeProvider time, Action found)
    {
        _opening = opening;
        _format = format;
        _found = found;
        _loop = new RunLoop("R3X loudspeaker search", Search, time);
        _loop.Start();
    }

    /// <summary>Why the last attempt failed, or nothing. Any thread.</summary>
    public string Refusal => Volatile.Read(ref _refusal);

    /// <summary>Begins to look, once for each device. Any thread, also the sound system's.</summary>
    /// <param name="gone">The device whose place is to be taken: it is closed first. Null when there never was
    /// one.</param>
    public void Begin(IOutputDevice? gone)
    {
        if (gone is not null)
        {
            if (Interlocked.Exchange(ref _replaced, gone) == gone)
                return;
            Volatile.Write(ref _gone, gone);
        }

        _wanted = true;
        _loop.Wakeup.Set();
    }

    /// <summary>Gives the device that was found, once.</summary>
    public IOutputDevice? Take() => Interlocked.Exchange(ref _next, null);

    /// <summary>Ends the search and closes what nobody took. What is being opened just now is closed as soon as it is
    /// open.</summary>
    public void Dispose()
    {
        _loop.Stop(ClosingPatience);
        Close();
    }

    private TimeSpan Search()
    {
        TimeSpan wait = _wanted ? Look() : Timeout.InfiniteTimeSpan;
        if (_loop.IsStopped)
            Close();
        return wait;
    }

    private TimeSpan Look()
    {
        // Nobody hears of what comes while a dead device is still held, nor does PortAudio look again.
        Interlocked.Exchange(ref _gone, null)?.Dispose();
        if (_watch is { IsAlive: false })
            Interlocked.Exchange(ref _watch, null)?.Dispose();
        _watch ??= _opening.Watch(_loop.Wakeup.Set);
        if (!TryOpen())
            return Interval;
        Interlocked.Exchange(ref _watch, null)?.Dispose();
        return Timeout.InfiniteTimeSpan;
    }

    private bool TryOpen()
    {
        try
        {
            IOutputDevice device = _opening.Reopen(_format);
            _wanted = false;
            Volatile.Write(ref _refusal, string.Empty);
            Interlocked.Exchange(ref _next, device)?.Dispose();
            _found();
            return true;
        }
        catch (Exception e) when (e is DeviceException or ObjectDisposedException)
        {
            Volatile.Write(ref _refusal, e.Message);
            return false;
        }
    }

    private void Close()
    {
        Take()?.Dispose();
        Interlocked.Exchange(ref _gone, null)?.Dispose();
        Interlocked.Exchange(ref _watch, null)?.Dispose();
    }
}
