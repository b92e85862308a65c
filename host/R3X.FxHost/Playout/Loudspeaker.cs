using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Metering;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;
using R3X.FxHost.Threading;

namespace R3X.FxHost.Playout;

/// <summary>
/// The device, and the thread that feeds it. Lines are heard in the order of their places; one begins at the frame
/// where the one before it has ended, whose tail rings on under it. Any thread.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "A device that hangs keeps its thread, which is not waited for.")]
internal sealed class Loudspeaker : IDisposable
{
    private static readonly TimeSpan ClosingPatience = TimeSpan.FromSeconds(1);

    // Whatever fails again and again does not keep a processor busy.
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(10);

    private readonly OutputSlot _output;
    private readonly PlayQueue _order = new();
    private readonly RunLoop _loop;
    private readonly RingMemory _memory = new();
    private readonly Lock _gate = new();
    private readonly PlayoutLoop _playout;
    private readonly IPlayoutObserver _observer;
    private readonly VolumeControl _volume;
    private double _followedDb = double.NaN;
    private bool _isRunning;
    private long _places;

    /// <param name="open">Opens the device.</param>
    /// <param name="volume">The volume.</param>
    /// <param name="timeline">Tells what happens when it is heard; disposed with this.</param>
    /// <param name="observer">Follows what the device is given.</param>
    /// <param name="signals">Told of what becomes of the device; null for nobody.</param>
    /// <param name="levelMilliseconds">How often there is a level, in milliseconds.</param>
    public Loudspeaker(
        Func<IOutputDevice> open,
        VolumeControl volume,
        DeviceTimeline timeline,
        IPlayoutObserver observer,
        HostSignals? signals = null,
        double levelMilliseconds = SpeechMeter.UsualMilliseconds)
    {
        Timeline = timeline;
        (_observer, _volume) = (observer, volume);
        _output = new OutputSlot(open, Clock.Source);
        _loop = new RunLoop("R3X loudspeaker", Step, Clock.Source, ThreadPriority.AboveNormal);
        DeviceEvents = new DeviceEvents(Clock, signals);
        Levels = new PlaybackMeter(Timeline, levelMilliseconds);
        _playout = new PlayoutLoop(_order, _output, volume, Timeline, Levels, DeviceEvents, observer);
    }

    /// <summary>Where the device is.</summary>
    public DeviceClock Clock => Timeline.Clock;

    /// <summary>Tells what happens when it is heard.</summary>
    public DeviceTimeline Timeline { get; }

    /// <summary>Knows what became of the device.</summary>
    public DeviceEvents DeviceEvents { get; }

    /// <summary>How loud what is heard is.</summary>
    public PlaybackMeter Levels { get; }

    /// <summary>Whether playback is paused: it fades within 10 ms, and goes on from there.</summary>
    public bool IsPaused
    {
        get => _playout.IsPaused;
        set
        {
            _playout.IsPaused = value;
            InterruptWait();
        }
    }

    /// <summary>Takes over settings that may have been edited since the last line. Any thread.</summary>
    /// <param name="leadInMilliseconds">How much silence goes in front of a line when the device has rested.</param>
    /// <param name="volumeDb">The volume; one that was taken over before is not a new wish.</param>
    public void Follow(double leadInMilliseconds, double volumeDb)
    {
        _playout.LeadInMilliseconds = leadInMilliseconds;
        if (Interlocked.Exchange(ref _followedDb, volumeDb) != volumeDb)
            _volume.VolumeDb = volumeDb;
    }

    /// <inheritdoc cref="OutputSlot.Open"/>
    public IOutputDevice Device() => _output.Open();

    /// <summary>A number behind all that were given: lines of one priority are heard in the order of theirs.</summary>
    public long NextOrder() => Interlocked.Increment(ref _places);

    /// <summary>Takes the next place among equals. Lines behind it wait until it has been heard, was cancelled, or is
    /// disposed.</summary>
    /// <param name="cancellation">Ends the line: what the device has not played of it is taken back, and it fades
    /// within 10 ms.</param>
    public Track TakePlace(CancellationToken cancellation) =>
        TakePlace(new QueuePosition(0, NextOrder()), null, cancellation);

    /// <summary>Takes a place. Lines behind it wait until it has been heard, was cancelled, or is disposed.</summary>
    /// <param name="place">Which.</param>
    /// <param name="listener">Told what becomes of it.</param>
    /// <param name="cancellation">Ends the line: what the device has not played of it is taken back, and it fades
    /// within 10 ms.</param>
    public Track TakePlace(QueuePosition place, IPlayoutListener? listener, CancellationToken cancellation)
    {
        lock (_gate)
        {
            StartThread();
            var line = new Track(_loop.Wakeup, cancellation, place, listener, InterruptWait, _memory);
            _order.Add(line);
            return line;
        }
    }

    /// <summary>Makes a ring in the device's format, opened if it is not open.</summary>
    /// <param name="milliseconds">How much it holds.</param>
    /// <exception cref="DeviceException">There is no device.</exception>
    public TrackRing OpenRing(double milliseconds)
    {
        AudioFormat format = Device().Format;
        return new TrackRing(format, format.Frames(milliseconds), _loop.Wakeup);
    }

    /// <summary>Has the loudspeaker's thread look at what changed, and starts it with the first.</summary>
    public void Wake()
    {
        lock (_gate)
            StartThread();
        _loop.Wakeup.Set();
    }

    /// <summary>Whether it was disposed.</summary>
    public bool IsClosed => _output.IsClosed;

    /// <summary>Gives a place up, if its line has not begun; otherwise the line ends by itself.</summary>
    public void GiveUp(Track line)
    {
        if (_order.Remove(line))
            line.EndCancelled();
    }

    /// <summary>
    /// Falls silent at once and lets the device go. Lines not yet heard are cancelled. A device that hangs is left to
    /// itself after a second.
    /// </summary>
    public void Dispose()
    {
        // A thread that starts meanwhile is started before or not at all.
        lock (_gate)
        {
            if (!_output.BeginClosing())
                return;
        }

        _loop.Stop(ClosingPatience);
        _playout.EndAll(static line => line.EndCancelled());
        Timeline.Dispose();
        _observer.Close();
        Levels.Close();
        _output.Dispose();
        while (_order.First is { } line && _order.Remove(line))
            line.EndCancelled();
    }

    private TimeSpan Step()
    {
        try
        {
            return _playout.Turn();
        }
        catch (Exception e)
        {
            if (IsClosed)
                return Timeout.InfiniteTimeSpan;
            _playout.EndAll(line => line.EndFailed(e));
            _observer.Fail(e);
            return AfterFailure;
        }
    }

    private void StartThread()
    {
        ObjectDisposedException.ThrowIf(IsClosed, "FxHost");
        if (_isRunning)
            return;
        _isRunning = true;
        _loop.Start();
    }

    // Something is to end or to pause now: the device's writer does not wait for room first.
    private void InterruptWait()
    {
        _loop.Wakeup.Set();
        _playout.InterruptWait();
        _output.InterruptWait();
    }
}
