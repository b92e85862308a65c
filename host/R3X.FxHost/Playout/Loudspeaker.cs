using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Ducking;
using R3X.FxHost.Metering;
using R3X.FxHost.Playback;
using R3X.FxHost.Queue;
using R3X.FxHost.Sdk;
using R3X.FxHost.Threading;

namespace R3X.FxHost.Playout;

/// <summary>
/// A device, opened with the first line and kept, and the thread that feeds it. Lines are heard in the order of their places; one
/// begins at the frame where the one before it has ended, whose tail rings on under it. Any thread.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "A device that hangs keeps its thread, which is not waited for.")]
internal sealed class Loudspeaker : IDisposable
{
    private static readonly TimeSpan ClosingPatience = TimeSpan.FromSeconds(1);

    // Whatever fails again and again does not keep a processor busy.
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(10);

    private readonly Func<IOutputDevice> _open;
    private readonly PlayQueue _order = new();
    private readonly RunLoop _loop;
    private readonly RingMemory _memory = new();
    private readonly Lock _gate = new();

    // Set when nobody opens the device: that may take seconds, and only those wait who need it.
    private readonly Wakeup _opened;
    private readonly PlayoutLoop _turns;
    private readonly VolumeControl _volume;
    private IOutputDevice? _device;
    private bool _isRunning;
    private bool _isOpening;
    private long _places;
    private volatile bool _stopped;

    /// <param name="open">Opens the device.</param>
    /// <param name="volume">The volume.</param>
    /// <param name="told">Told of what becomes of the device, on a thread of the pool; null for nobody.</param>
    /// <param name="ducking">How music gets out of the way; null as nobody chose.</param>
    /// <param name="muting">How a microphone does; null as nobody chose.</param>
    /// <param name="levelMilliseconds">How often there is a level, in milliseconds.</param>
    /// <param name="time">The clock of playback; null for the system's.</param>
    public Loudspeaker(
        Func<IOutputDevice> open,
        VolumeControl volume,
        Action<PlaybackChange>? told = null,
        DuckingOptions? ducking = null,
        MicMuteOptions? muting = null,
        double levelMilliseconds = SpeechMeter.UsualMilliseconds,
        TimeProvider? time = null)
    {
        _open = open;
        Clock = new DeviceClock(time ?? TimeProvider.System);
        _opened = new Wakeup(Clock.Source);
        _loop = new RunLoop("R3X loudspeaker", Step, Clock.Source, ThreadPriority.AboveNormal);
        _volume = volume;
        Timeline = new DeviceTimeline(Clock);
        DeviceEvents = new DeviceEvents(Clock, told);
        Levels = new PlaybackMeter(Timeline, levelMilliseconds);
        Ducker = new Ducker(ducking ?? DuckingOptions.Default, muting ?? MicMuteOptions.Default, Clock, Timeline);
        _turns = new PlayoutLoop(_order, Device, Forget, volume, Clock, Timeline, Levels, DeviceEvents, Ducker);
    }

    /// <summary>Where the device is.</summary>
    public DeviceClock Clock { get; }

    /// <summary>Tells what happens when it is heard.</summary>
    public DeviceTimeline Timeline { get; }

    /// <summary>Knows what became of the device.</summary>
    public DeviceEvents DeviceEvents { get; }

    /// <summary>What goes along with the voice.</summary>
    public Ducker Ducker { get; }

    /// <summary>How loud what is heard is.</summary>
    public PlaybackMeter Levels { get; }

    /// <summary>Whether the sound stands still: it fades within 10 ms, and goes on from there.</summary>
    public bool IsPaused
    {
        get => _turns.IsPaused;
        set
        {
            _turns.IsPaused = value;
            InterruptWait();
        }
    }

    /// <summary>How much silence goes in front of a line when the device has rested, in milliseconds. Any thread.</summary>
    public double LeadInMilliseconds
    {
        get => _turns.LeadInMilliseconds;
        set => _turns.LeadInMilliseconds = value;
    }

    /// <summary>Opens the device if it is not open. May take seconds: not for a caller of the host.</summary>
    /// <exception cref="DeviceException">There is no device.</exception>
    public IOutputDevice Device()
    {
        while (!TryBeginOpening(out IOutputDevice? open))
        {
            if (open is not null)
                return open;
            _opened.Wait(Timeout.InfiniteTimeSpan);
        }

        IOutputDevice? device = null;
        try
        {
            device = _open();
        }
        finally
        {
            lock (_gate)
            {
                _isOpening = false;
                _device = _stopped ? null : device;
            }

            _opened.Set();
        }

        if (!_stopped)
            return device;
        // Closed while it opened.
        Close(device);
        throw new ObjectDisposedException(nameof(FxHost));
    }

    /// <summary>A number behind all that were given: lines of one priority are heard in the order of theirs.</summary>
    public long NextOrder() => Interlocked.Increment(ref _places);

    /// <summary>Takes the next place among equals. Lines behind it wait until it has been heard, was cancelled, or is disposed.</summary>
    /// <param name="cancellation">Ends the line: what the device has not played of it is taken back, and it fades within 10 ms.</param>
    public Track TakePlace(CancellationToken cancellation) => TakePlace(new QueuePosition(0, NextOrder()), null, cancellation);

    /// <summary>Takes a place. Lines behind it wait until it has been heard, was cancelled, or is disposed.</summary>
    /// <param name="place">Which.</param>
    /// <param name="listener">Told what becomes of it.</param>
    /// <param name="cancellation">Ends the line: what the device has not played of it is taken back, and it fades within 10 ms.</param>
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
    public FrameRing OpenRing(double milliseconds)
    {
        AudioFormat format = Device().Format;
        return new FrameRing(format, format.Frames(milliseconds), _loop.Wakeup);
    }

    /// <summary>Plays a background, in place of the one that plays.</summary>
    public void Play(BackgroundTrack track)
    {
        lock (_gate)
        {
            StartThread();
            if (Ducker.Background?.Format != track.Format)
                Ducker.Background = new BackgroundMix(track.Format, _volume, Timeline);
            Ducker.Background!.Play(track);
        }

        Wake();
    }

    /// <summary>Has the loudspeaker's thread look at what changed.</summary>
    public void Wake() => _loop.Wakeup.Set();

    /// <summary>Whether it was disposed.</summary>
    public bool IsClosed => _stopped;

    /// <summary>Gives a place up, if its line has not begun; otherwise the line ends by itself.</summary>
    public void GiveUp(Track line)
    {
        if (_order.Remove(line))
            line.EndCancelled();
    }

    /// <summary>
    /// Falls silent at once and lets the device go. Lines not yet heard are cancelled. A device that hangs is left to itself after a second.
    /// </summary>
    public void Dispose()
    {
        IOutputDevice? device;
        lock (_gate)
        {
            if (_stopped)
                return;
            _stopped = true;
            device = _device;
        }

        _opened.Set();
        // A write or a drain that waits goes on.
        device?.Flush();
        device?.InterruptWait();
        _loop.Stop(ClosingPatience);
        _turns.EndAll(static line => line.EndCancelled());
        Timeline.Dispose();
        Ducker.Close();
        Levels.Close();
        if (device is not null)
            Close(device);
        while (_order.First is { } line && _order.Remove(line))
            line.EndCancelled();
    }

    private TimeSpan Step()
    {
        try
        {
            return _turns.Turn();
        }
        catch (Exception e)
        {
            if (_stopped)
                return Timeout.InfiniteTimeSpan;
            _turns.EndAll(line => line.EndFailed(e));
            Ducker.Background?.End(e);
            return AfterFailure;
        }
    }

    // True for the one who is to open it.
    private bool TryBeginOpening(out IOutputDevice? open)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            open = _device;
            if (open is not null || _isOpening)
                return false;
            _isOpening = true;
            _opened.Reset();
            return true;
        }
    }

    private void StartThread()
    {
        ObjectDisposedException.ThrowIf(_stopped, this);
        if (_isRunning)
            return;
        _isRunning = true;
        _loop.Start();
    }

    // Something is to end or to stand still now: the device's writer does not wait for room first.
    private void InterruptWait()
    {
        _loop.Wakeup.Set();
        _turns.InterruptWait();
        Volatile.Read(ref _device)?.InterruptWait();
    }

    // A device that has failed is let go; the next line opens another one.
    private void Forget(IOutputDevice device)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_device, device))
                _device = null;
        }

        Close(device);
    }

    // What it fails with now was said before, or nobody is left to hear it: a line that failed has told.
    private static void Close(IOutputDevice device)
    {
        try
        {
            device.Dispose();
        }
        catch (Exception e) when (e is DeviceException or System.IO.IOException or UnauthorizedAccessException)
        {
        }
    }
}
