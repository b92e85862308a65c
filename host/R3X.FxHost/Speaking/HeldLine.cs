using System;
using R3X.FxHost.Metering;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Speaking;

/// <summary>A line that is held back until it was measured. One thread at a time.</summary>
internal sealed class HeldLine(AudioFormat format) : IDisposable
{
    private readonly SampleSpool _spool = new(format);
    private readonly LoudnessMeter _meter = new(format);

    /// <summary>Its rate and channels.</summary>
    public AudioFormat Format => format;

    /// <summary>Frames held.</summary>
    public long Frames => _spool.Frames;

    /// <summary>Its gated loudness in LUFS; null when it is silent or shorter than 400 ms.</summary>
    public double? Loudness => _meter.LoudBlocks > 0 ? _meter.Integrated : null;

    /// <summary>Holds the next frames.</summary>
    public void Write(AudioBlock block)
    {
        _meter.Process(block);
        _spool.Write(block);
    }

    /// <inheritdoc cref="SampleSpool.Read"/>
    public int Read(long frame, AudioBlock block) => _spool.Read(frame, block);

    public void Dispose() => _spool.Dispose();
}
