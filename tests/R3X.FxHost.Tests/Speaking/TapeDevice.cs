using System;
using System.Collections.Generic;
using System.Threading;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Tests.Speaking;

/// <summary>A loudspeaker without time: it takes frames as fast as they come, keeps the first channel, and waits where it is told to.</summary>
internal sealed class TapeDevice(int sampleRate, int channels = 1) : IOutputDevice
{
    private readonly object _lock = new();
    private readonly List<float> _frames = [];
    private long _latencyTicks;
    private long _limit = long.MaxValue;
    private int _drains;

    public string Name => "tape";

    public AudioFormat Format { get; } = new(sampleRate, channels);

    /// <summary>What it claims to hold.</summary>
    public TimeSpan Latency
    {
        get => new(Volatile.Read(ref _latencyTicks));
        set => Volatile.Write(ref _latencyTicks, value.Ticks);
    }

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

    public void Write(AudioBlock block)
    {
        lock (_lock)
        {
            while (_frames.Count + block.Frames > _limit)
                Monitor.Wait(_lock);
            _frames.AddRange(block[0]);
        }
    }

    public void Drain() => Interlocked.Increment(ref _drains);

    public void Flush() => Limit = long.MaxValue;

    public void Dispose()
    {
    }
}
