using System;
using System.Numerics;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>The curve at the line's own rate, for draft quality: cheap, without latency, with aliases.</summary>
internal sealed class PlainStage : IDriveStage
{
    private readonly float[] _samples = new float[SegmentClock.Frames + Vector<float>.Count];

    public int LatencyFrames => 0;

    public int TailFrames => 0;

    public void Begin(int channel, ReadOnlySpan<float> samples) => samples.CopyTo(_samples);

    public void Drive(int start, int frames, in DriveCurve curve)
    {
        // A whole vector at a time would drive the frames after these twice, so the last ones are kept.
        Span<float> after = stackalloc float[Vector<float>.Count];
        var rest = _samples.AsSpan(start + frames, Vector<float>.Count);
        rest.CopyTo(after);
        for (int i = start; i < start + frames; i += Vector<float>.Count)
            curve.At(new Vector<float>(_samples, i)).CopyTo(_samples, i);
        after.CopyTo(rest);
    }

    public void End(int channel, Span<float> samples) => _samples.AsSpan(0, samples.Length).CopyTo(samples);

    public void Flush()
    {
    }

    public void Clear()
    {
    }
}
