using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Tests.Playout;

/// <summary>A loudspeaker without time: it takes frames as fast as they come, keeps the first channel, and waits where
/// it is told to.</summary>
internal sealed class TapeDevice(int sampleRate, int channels = 1) : IOutputDevice
{
    private readonly object _lock = new();
    private readonly List<float> _frames = [];
    private long _latencyTicks;
    private long _lastWrite = Stopwatch.GetTimestamp();
    private long _limit = long.MaxValue;
    private bool _flushed;
    private int _drains;

    public string Name => "tape";

    public AudioFormat Format { get; } = new(sampleRate, channels);

    /// <summary>What it claims to hold.</summary>
    public TimeSpan Latency
    {
        get
        {
            var held = new TimeSpan(Volatile.Read(ref _latencyTicks));
            TimeSpan left = RunsDry ? held - Stopwatch.GetElapsedTime(Volatile.Read(ref _lastWrite)) : held;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }

        set => Volatile.Write(ref _latencyTicks, value.Ticks);
    }

    /// <summary>Whether it plays what it claims to hold when nothing more comes.</summary>
    public bool RunsDry { get; init; }

    public int Drains => Volatile.Read(ref _drains);

    /// <summary>How far it may go.</summary>
    public long Limit
    {
        set
        {
            lock (_lock)
            {
                _limit = value;
                Monitor.PulseAll(_lock);
            }
        }
    }

    public float[] Heard
    {
        get
        {
            lock (_lock)
                return [.. _frames];
        }
    }

    /// <summary>Waits until it has taken so many frames.</summary>
    public void WaitUntilHeard(int frames)
    {
        lock (_lock)
        {
            while (_frames.Count < frames)
            {
                if (!Monitor.Wait(_lock, TimeSpan.FromSeconds(30)))
                    throw new TimeoutException($"Nothing was written for 30 s behind frame {_frames.Count}.");
            }
        }
    }

    public void Write(AudioBlock block)
    {
        lock (_lock)
        {
            while (_frames.Count + block.Frames > _limit && !_flushed)
                Monitor.Wait(_lock);
            _frames.AddRange(block[0]);
            Monitor.PulseAll(_lock);
            Volatile.Write(ref _lastWrite, Stopwatch.GetTimestamp());
        }
    }

    public void Drain() => Interlocked.Increment(ref _drains);

    /// <summary>Lets the writer go on from now on.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            _flushed = true;
            Monitor.PulseAll(_lock);
        }
    }

    public int Rewind(int frames) => 0;

    public void InterruptWait()
    {
    }

    public long Underruns => 0;

    public void Dispose()
    {
    }
}
