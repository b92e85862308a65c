using System;
using System.Diagnostics;
using System.Threading;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Benchmarks;

/// <summary>A silent device at a loudspeaker's pace that knows when it was given the first sound since it was
/// asked.</summary>
internal sealed class StampingDevice : IOutputDevice
{
    private readonly NullDevice _device = new(new AudioFormat(44_100, 2));
    private long _first;

    public string Name => _device.Name;

    public AudioFormat Format => _device.Format;

    public TimeSpan Latency => _device.Latency;

    public long Underruns => _device.Underruns;

    /// <summary>When the first sound was handed over, as Stopwatch counts; 0 while it was not.</summary>
    public long First => Volatile.Read(ref _first);

    public void Restart() => Volatile.Write(ref _first, 0);

    public void Write(AudioBlock block)
    {
        if (First == 0 && block[0].IndexOfAnyExcept(0f) >= 0)
            Volatile.Write(ref _first, Stopwatch.GetTimestamp());
        _device.Write(block);
    }

    public void Drain() => _device.Drain();

    public void Flush() => _device.Flush();

    public int Rewind(int frames) => _device.Rewind(frames);

    public void InterruptWait() => _device.InterruptWait();

    public void Dispose() => _device.Dispose();
}
