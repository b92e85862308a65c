using System;
using System.Threading;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playout;

/// <summary>What the loudspeaker's thread does, turn by turn: begin lines, mix them, give them to the device, cut them
/// off, pause.</summary>
/// <param name="order">The lines that wait.</param>
/// <param name="output">The device.</param>
/// <param name="volume">The volume.</param>
/// <param name="timeline">Told what lies where.</param>
/// <param name="levels">Measures what is heard.</param>
/// <param name="events">Told what becomes of the device.</param>
/// <param name="observer">Follows what the device is given.</param>
internal sealed class PlayoutLoop(
    PlayQueue order,
    OutputSlot output,
    VolumeControl volume,
    DeviceTimeline timeline,
    PlaybackMeter levels,
    DeviceEvents events,
    IPlayoutObserver observer)
{
    // What the device still holds when a late line is no longer waited for.
    private static readonly TimeSpan NearlyDry = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan AllButDry = TimeSpan.FromMilliseconds(1);

    // How often the clock is told where the device is while it plays what it has.
    private static readonly TimeSpan ClockPeriod = TimeSpan.FromMilliseconds(5);

    private readonly InterLineGap _gap = new();

    // All of them with the device.
    private DeviceFeed? _feed;
    private PauseController? _pauseControl;
    private Mixer? _mix;
    private AudioBuffer _block = new(1, 1);
    private volatile bool _isPaused;
    private int _interrupts;
    private double _leadIn;

    // The line whose last frame the device has, and that frame.
    private Track? _last;
    private long _lastEnd;

    // Since when another line might begin.
    private long _freeSince;

    // How much the devices before this one were given.
    private double _playedSeconds;

    /// <summary>Whether playback is to pause. Any thread.</summary>
    public bool IsPaused
    {
        get => _isPaused;
        set => _isPaused = value;
    }

    /// <summary>How much silence goes in front of a line when the device has rested, in milliseconds. Any
    /// thread.</summary>
    public double LeadInMilliseconds
    {
        get => Volatile.Read(ref _leadIn);
        set => Volatile.Write(ref _leadIn, value);
    }

    /// <summary>A drain that waits returns before its end. Any thread.</summary>
    public void InterruptWait() => Interlocked.Increment(ref _interrupts);

    private int StepFrames => Math.Clamp(_mix!.Format.Frames(10), 1, _block.Frames);

    /// <summary>Does what there is to do.</summary>
    /// <returns>How long there will be nothing to do, unless something changes.</returns>
    public TimeSpan Turn()
    {
        try
        {
            _feed?.Watch();
            return observer.Rest(Step());
        }
        catch (DeviceException)
        {
            if (_feed is { } failed)
                output.Forget(failed.Device);
            throw;
        }
    }

    private TimeSpan Step()
    {
        CutCancelled();
        bool isPaused = _isPaused;
        _pauseControl?.Follow(isPaused);
        if (isPaused)
            return Rest();
        if (_pauseControl?.FramesToRepeat > 0)
        {
            _pauseControl.Repeat(_block.Block(StepFrames));
            return TimeSpan.Zero;
        }

        Retire();
        BeginNext();
        bool accompanies = observer.HasSound;
        if (_feed is null && accompanies)
            Use(output.Open());
        return _feed is null || (_mix!.IsEmpty && _feed.IsDrained && !accompanies) ? Timeout.InfiniteTimeSpan : Go();
    }

    /// <summary>Ends what sounds.</summary>
    /// <param name="end">Ends a line.</param>
    public void EndAll(Action<Track> end)
    {
        while (_mix?.TakeAny() is { } line)
            end(line);
        if (_last is { } last)
            end(last);
        _last = null;
        if (_feed is not { } feed)
            return;
        timeline.Cut(feed.Written);
        observer.EndNow(feed.Written);
        levels.FallSilent(feed.Written);
        _playedSeconds = (double)feed.Written / feed.Format.SampleRate;
        (_feed, _pauseControl) = (null, null);
    }

    private TimeSpan Go()
    {
        DeviceFeed feed = _feed!;
        AudioBlock block = _block.Block(StepFrames);
        int frames = _mix!.Fill(block, feed.Written, withoutLate: false, timeline);
        if (frames == 0 && !(_mix.IsEmpty && observer.HasSound))
        {
            feed.MayRunDry();
            // At an end the device is left alone with what it has nearly to the last: a drain cannot be woken by the
            // next line.
            if (feed.UntilDry() - (_mix.IsEmpty ? AllButDry : NearlyDry) is var left && left > TimeSpan.Zero)
            {
                feed.Locate();
                return left < ClockPeriod ? left : ClockPeriod;
            }

            frames = _mix.Fill(block, feed.Written, withoutLate: true, timeline);
        }

        if (frames > 0)
            Write(block.Slice(0, frames));
        else if (observer.Accompany(feed.Written, block) > 0)
            WriteBackground(block);
        else if (!feed.IsDrained && (_mix.IsEmpty || _mix.Speaking is null))
            Drain(feed);
        else
            return Rest();
        return TimeSpan.Zero;
    }

    private void Drain(DeviceFeed feed)
    {
        levels.FallSilent(feed.Written);
        int before = Volatile.Read(ref _interrupts);
        feed.MayRunDry();
        feed.Device.Drain();
        if (Volatile.Read(ref _interrupts) == before)
            feed.Drained();
        else
            feed.Locate();
    }

    private void Write(AudioBlock block)
    {
        levels.Measure(block, _feed!.Written);
        volume.Apply(block, _mix!.Format.SampleRate);
        _pauseControl!.Write(block, _mix.HasVoice);
    }

    private void WriteBackground(AudioBlock silence)
    {
        if (_mix!.IsEmpty)
            levels.FallSilent(observer.VoiceEnd);
        _pauseControl!.Write(silence, isVoice: false);
    }

    // While nothing is written the clock still wants to know whether the device plays on.
    private TimeSpan Rest()
    {
        if (_feed is null || _feed.IsDrained)
            return Timeout.InfiniteTimeSpan;
        levels.FallSilent(_feed.Written);
        _feed.MayRunDry();
        if (_feed.Locate() == TimeSpan.Zero)
            return TimeSpan.FromMilliseconds(50);
        return ClockPeriod;
    }

    // Lines that were read to their end are heard when the device has come so far.
    private void Retire()
    {
        if (_mix?.Settle() is { } voice)
        {
            _freeSince = timeline.Clock.Source.GetTimestamp();
            _gap.Begin(voice.Place.PauseAfter, _feed!);
        }

        while (_mix?.TakeThrough() is { } line)
            End(line);
    }

    private void End(Track line)
    {
        _last = line;
        // A line of which it was not known in time that nothing follows has ended before others went on.
        _lastEnd = Math.Min(_feed!.Written, line.Origin + line.Ring!.Position);
        line.EndAt(_lastEnd, timeline);
    }

    private void BeginNext()
    {
        while (order.First is { } line)
        {
            if (line.IsEmpty)
            {
                if (order.Remove(line))
                    line.EndCancelled();
                continue;
            }

            Track? speaking = _mix?.Speaking;
            bool preempts = line.Place.Preempts && line.Place.Priority > speaking?.Place.Priority;
            if ((_mix is { CanBegin: false } && !preempts) || !line.IsReady)
                return;
            order.Remove(line);
            if (preempts)
                Cut(speaking!);
            Begin(line);
        }
    }

    private void Begin(Track line)
    {
        try
        {
            IOutputDevice device = output.Open();
            if (line.Ring!.Format != device.Format)
                throw new DeviceException($"The loudspeaker was exchanged for one that runs at {device.Format} instead "
                    + $"of {line.Ring.Format} just before the line began. The next line will use it.");
            if (_feed?.Device != device)
                Use(device);
            // It begins in the background that waits to be heard, and not behind it.
            if (_mix!.IsEmpty && observer.HasSound)
                _pauseControl!.TakeBack(observer.VoiceEnd);

            _mix.Begin(line);
            int wake = _feed!.HasRested && !observer.HasSound ? _feed.Format.Frames(LeadInMilliseconds) : 0;
            int pause = observer.LineBegins(
                line.Place.Turn, _feed.Written, Math.Max(wake, _gap.Before(line, _feed)));
            levels.LineFrom(_feed.Written + pause);
            line.Begin(_feed.Written, pause, timeline, _freeSince, timeline.Clock.Source.GetTimestamp());
        }
        catch (Exception e)
        {
            line.EndFailed(e);
        }
    }

    private void Use(IOutputDevice device)
    {
        // The clock of another device goes on where the last one stood.
        double seconds = _feed is null ? _playedSeconds : (double)_feed.Written / _feed.Format.SampleRate;
        _feed = new DeviceFeed(device, timeline.Clock, observer, (long)(seconds * device.Format.SampleRate), events);
        events.Use(device.Name);
        _feed.Begin();
        levels.Use(device.Format);
        if (_mix?.Format != device.Format)
        {
            _mix = new Mixer(device.Format);
            _block = new AudioBuffer(device.Format.Channels, Mixer.MostFrames);
        }

        _pauseControl = new PauseController(_feed, _mix, volume, timeline, observer);
    }

    private void CutCancelled()
    {
        while (_mix?.Cancelled is { } line)
        {
            if (_mix.Speaking is { } speaking && speaking != line)
                line.Leave();
            else
                Cut(line);
        }

        // Read to its end, and not heard to it.
        if (_last is { IsCancelled: true } last && _feed is { } feed && (_lastEnd == feed.Written || _mix!.IsEmpty)
            && timeline.Clock.Heard < _lastEnd)
            Cut(last);
    }

    // What the device has not played is taken back, and everything fades in its place.
    private void Cut(Track line)
    {
        DeviceFeed feed = _feed!;
        line.Cut();
        _pauseControl!.End(line.BeganAt);
        timeline.Cut(feed.Written);
        while (_mix!.TakeAny() is { } sounding)
        {
            if (sounding.IsCancelled)
                sounding.Cut();
            End(sounding);
        }

        _last = null;
        _gap.Begin(TimeSpan.Zero, feed);
        _freeSince = timeline.Clock.Source.GetTimestamp();
    }
}
