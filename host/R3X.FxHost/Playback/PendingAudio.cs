using System;
using System.Threading;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>
/// The sound that was written and not heard, kept for the device that comes next. How far it is says the device that
/// plays it; where there is none it waits, or passes unheard at its own pace. The writer's, apart from
/// <see cref="Flush"/>.
/// </summary>
/// <param name="format">The sound's format.</param>
/// <param name="buffer">How much a device holds at most.</param>
/// <param name="time">The clock.</param>
internal sealed class PendingAudio(AudioFormat format, TimeSpan buffer, TimeProvider time) : IDisposable
{
    // How far behind its stated position a device may have been when it went away: what it says goes on for a while.
    private static readonly TimeSpan Doubt = TimeSpan.FromMilliseconds(15);

    // The buffer, and half a second for what a sound server and interrupted writes add to it.
    private readonly FrameRing _kept = new(
        format, (int)(buffer.TotalSeconds * format.SampleRate) + (format.SampleRate / 2));

    // Guards all of it.
    private readonly Lock _gate = new();
    private readonly DevicePosition _position = new();
    private PacedClock? _passing;

    // The first frame that is kept.
    private double _keptFrom;
    private long _statedAt = time.GetTimestamp();
    private double _lostFrame;

    // While it waits, the first frame that may not have been heard: better twice than not at all. The clock stands
    // behind it.
    private double _doubtful;
    private bool _waits;

    // Up to here all was heard: a device that was drained has played it.
    private double _certain;

    /// <summary>Whether it passes unheard.</summary>
    public bool IsPassing => _passing is not null;

    /// <summary>The first frame that is heard from now on.</summary>
    public long Next => (long)Math.Max(0, _waits ? _doubtful : _position.Heard);

    /// <summary>Frames that were not heard.</summary>
    public double Frames
    {
        get
        {
            lock (_gate)
                return _passing is not null ? _passing.Latency.TotalSeconds * format.SampleRate : _position.Unheard;
        }
    }

    /// <summary>More was written.</summary>
    public void Append(AudioBlock block)
    {
        lock (_gate)
        {
            _kept.Write(_position.Written, block);
            _position.Append(block.Frames);
            _keptFrom = Math.Max(_keptFrom, _position.Written - _kept.Capacity);
            _passing?.Queue(block.Frames);
        }
    }

    /// <summary>Drops all of it. Any thread.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            // What nobody wants to hear any more is not missed.
            _lostFrame = _waits ? _position.Written : _lostFrame + Frames;
            _doubtful = _position.Written;
            _passing?.Flush();
            // What was dropped is behind the clock as well.
            _position.SkipTo(_position.Written);
            _statedAt = time.GetTimestamp();
            _keptFrom = _position.Written;
        }
    }

    /// <summary>Forgets what was written last, what is doubtful included.</summary>
    /// <param name="frames">How many frames at most.</param>
    /// <param name="taken">How many the device gave back; below 0 where there is none.</param>
    /// <returns>How many.</returns>
    public int Rewind(int frames, int taken)
    {
        lock (_gate)
        {
            if (taken < 0)
                taken = _passing?.Rewind(frames) ?? (int)Math.Clamp(_position.Unheard, 0, Math.Max(frames, 0));
            _position.Rewind(taken);
            _keptFrom = Math.Min(_keptFrom, _position.Written);
            // Where nothing is left that was certainly not heard, what may have been is not wanted any more either.
            if (_waits && _position.Unheard < 1)
                _lostFrame = _doubtful = _position.Written;
            return taken;
        }
    }

    /// <summary>The device that plays it states how far it is.</summary>
    /// <param name="latency">What it has not played.</param>
    public void State(TimeSpan latency)
    {
        lock (_gate)
        {
            _position.State(latency.TotalSeconds * format.SampleRate);
            _statedAt = time.GetTimestamp();
        }
    }

    /// <summary>The device has played all of it.</summary>
    public void Drained()
    {
        lock (_gate)
        {
            _position.SkipTo(_position.Written);
            _certain = _position.Written;
        }
    }

    /// <summary>The device is gone: from here on it waits.</summary>
    /// <param name="since">Since when, as the clock counts: it played on until then.</param>
    public void Wait(long since)
    {
        lock (_gate)
        {
            double frames =
                (time.GetElapsedTime(_statedAt, Math.Max(_statedAt, since)) - Doubt).TotalSeconds * format.SampleRate;
            double heard = Math.Ceiling(Math.Max(0, _position.Heard) + frames);
            double least = Math.Max(_certain, _keptFrom);
            _doubtful = _lostFrame = Math.Clamp(heard, Math.Min(least, _position.Written), _position.Written);
            _position.Pass(Math.Max(0, frames));
            _waits = true;
        }
    }

    /// <summary>From here on it passes.</summary>
    public void Pass()
    {
        lock (_gate)
        {
            _waits = false;
            _passing = new PacedClock(format.SampleRate, buffer, time);
            _passing.Queue(_position.Unheard);
        }
    }

    /// <summary>Gives another device what is left of it.</summary>
    /// <param name="next">The device.</param>
    /// <returns>How many frames nobody heard since the last device went.</returns>
    /// <exception cref="DeviceException">That device is gone, too.</exception>
    public long GiveTo(IOutputDevice next)
    {
        double first;
        lock (_gate)
        {
            first = Math.Max(_waits ? _doubtful : Math.Ceiling(_position.Written - Frames), _keptFrom);
            _position.SkipTo(first);
            _doubtful = first;
        }

        var again = new AudioBuffer(format.Channels, IOutputDevice.MostFrames);
        for (long frame = (long)first; frame < _position.Written;)
        {
            AudioBlock block = again.Block((int)Math.Min(again.Frames, _position.Written - frame));
            _kept.Read(frame, block);
            next.InterruptWait();
            next.Write(block);
            frame += block.Frames;
        }

        // An interrupt that no write needed would end the next drain before its time.
        next.Rewind(0);
        return (long)(first - _lostFrame);
    }

    /// <summary>A device plays it.</summary>
    public void Play()
    {
        lock (_gate)
        {
            _waits = false;
            _passing?.Dispose();
            _passing = null;
            _statedAt = time.GetTimestamp();
        }
    }

    /// <summary>Ends.</summary>
    public void Dispose() => _passing?.Dispose();
}
