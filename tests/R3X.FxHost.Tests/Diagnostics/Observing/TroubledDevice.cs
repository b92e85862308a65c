using System;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Tests.Diagnostics.Observing;

/// <summary>A silent loudspeaker at its pace that says of itself what a test wants it to, and nothing of how busy the
/// machine is.</summary>
internal sealed class TroubledDevice(AudioFormat format) : IOutputDevice
{
    private readonly NullDevice _silence = new(format, new OutputDeviceOptions { BufferMilliseconds = 100 });
    private readonly ConcurrentQueue<DeviceChange> _changes = new();
    private long _underruns;
    private long _written;

    public string Name => "troubled";

    public AudioFormat Format => format;

    public TimeSpan Latency => _silence.Latency;

    public long Underruns => Interlocked.Read(ref _underruns);

    /// <summary>Frames it was given.</summary>
    public long Written => Interlocked.Read(ref _written);

    public void RunDry() => Interlocked.Increment(ref _underruns);

    public void Change(DeviceChange change) => _changes.Enqueue(change);

    public bool TryTakeChange([NotNullWhen(true)] out DeviceChange? change) => _changes.TryDequeue(out change);

    public void Write(AudioBlock block)
    {
        _silence.Write(block);
        Interlocked.Add(ref _written, block.Frames);
    }

    public void Drain() => _silence.Drain();

    public void Flush() => _silence.Flush();

    public int Rewind(int frames) => _silence.Rewind(frames);

    public void InterruptWait() => _silence.InterruptWait();

    public void Dispose() => _silence.Dispose();
}
