using System;
using System.Threading;
using R3X.FxHost.Threading;

namespace R3X.FxHost.Playback;

/// <summary>
/// Plays nothing at the pace of a loudspeaker: frames queue behind each other in a buffer and are heard at the sample
/// rate, after a gap from the moment they come. Any thread.
/// </summary>
internal sealed class PacedClock : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Wakeup _wake;
    private readonly TimeProvider _time;
    private readonly double _framesPerTick;
    private readonly double _capacity;
    private readonly long _origin;
    private double _end;
    private bool _holdsSound;
    private bool _interrupted;
    private long _underruns;

    /// <summary>Starts with an empty buffer.</summary>
    /// <param name="sampleRate">Frames per second.</param>
    /// <param name="buffer">How much may wait.</param>
    /// <param name="time">The clock.</param>
    public PacedClock(int sampleRate, TimeSpan buffer, TimeProvider time)
    {
        _time = time;
        SampleRate = sampleRate;
        _framesPerTick = sampleRate / (double)time.TimestampFrequency;
        _capacity = buffer.TotalSeconds * sampleRate;
        _origin = time.GetTimestamp();
        _wake = new Wakeup(time);
    }

    /// <summary>Frames per second.</summary>
    public int SampleRate { get; }

    /// <summary>Frames that wait to be heard, the one sounding now among them.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return (int)Math.Ceiling(Math.Max(0, _end - Now));
        }
    }

    /// <summary>How long the buffer takes from now.</summary>
    public TimeSpan Latency
    {
        get
        {
            lock (_lock)
                return TimeSpan.FromSeconds(Math.Max(0, _end - Now) / SampleRate);
        }
    }

    /// <summary>How often the last frame was heard without another behind it.</summary>
    public long Underruns
    {
        get
        {
            lock (_lock)
            {
                CountIfDry();
                return _underruns;
            }
        }
    }

    private double Now => (_time.GetTimestamp() - _origin) * _framesPerTick;

    /// <summary>Queues frames and returns when the buffer holds them.</summary>
    /// <param name="frames">How many.</param>
    public void Play(int frames)
    {
        Queue(frames);
        WaitUntilAtMost(_capacity);
    }

    /// <summary>Queues frames, whatever the buffer holds.</summary>
    /// <param name="frames">How many.</param>
    public void Queue(double frames)
    {
        lock (_lock)
        {
            CountIfDry();
            _end = Math.Max(_end, Now) + frames;
            _holdsSound = true;
        }
    }

    /// <summary>Takes back the frames queued last, all but those that sound now or have.</summary>
    /// <param name="frames">How many at most.</param>
    /// <returns>How many.</returns>
    public int Rewind(int frames)
    {
        lock (_lock)
        {
            _interrupted = false;
            int taken = (int)Math.Clamp(_end - Now, 0, Math.Max(frames, 0));
            _end -= taken;
            return taken;
        }
    }

    /// <summary>Lets whoever waits go on, or the next one that would.</summary>
    public void InterruptWait()
    {
        lock (_lock)
            _interrupted = true;
        _wake.Set();
    }

    /// <summary>Returns when the last frame queued has been heard or dropped.</summary>
    public void Drain() => WaitUntilAtMost(0);

    /// <summary>Drops what waits, and lets whoever waits go on.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            CountIfDry();
            _end = Math.Min(_end, Now);
            _holdsSound = false;
            _interrupted = false;
        }

        _wake.Set();
    }

    /// <inheritdoc/>
    public void Dispose() => _wake.Dispose();

    private void WaitUntilAtMost(double frames)
    {
        while (true)
        {
            // Forgotten first: a flush or an interrupt from here on is either seen below or wakes the wait.
            _wake.Reset();
            TimeSpan left;
            lock (_lock)
            {
                left = TimeSpan.FromSeconds((_end - Now - frames) / SampleRate);
                if (left <= TimeSpan.Zero)
                    return;
                if (_interrupted)
                {
                    _interrupted = false;
                    return;
                }
            }

            _wake.Wait(left);
        }
    }

    private void CountIfDry()
    {
        if (!_holdsSound || Now < _end)
            return;
        _underruns++;
        _holdsSound = false;
    }
}
