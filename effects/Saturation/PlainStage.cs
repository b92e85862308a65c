using System;
using System.Numerics;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>The curve at the line's own rate, for draft quality: cheap, without latency, with aliases.</summary>
internal sealed class PlainStage : IDriveStage
{
    private readonly float[] _input = new float[SegmentClock.Frames + Vector<float>.Count];
    private readonly float[] _output = new float[SegmentClock.Frames + Vector<float>.Count];

    public int LatencyFrames => 0;

    public int TailFrames => 0;

    public void Begin(int channel, ReadOnlySpan<float> samples) => samples.CopyTo(_input);

    public void Drive(int frames, ref DriveRamps ramps)
    {
        if (ramps.IsMoving)
        {
            for (int i = 0; i < frames; i++)
                ramps.Next().At(new Vector<float>(_input, i)).CopyTo(_output, i);
            return;
        }

        var curve = ramps.Now;
        for (int i = 0; i < frames; i += Vector<float>.Count)
            curve.At(new Vector<float>(_input, i)).CopyTo(_output, i);
    }

    public void End(int channel, Span<float> samples) => _output.AsSpan(0, samples.Length).CopyTo(samples);

    public void Flush()
    {
    }

    public void Clear()
    {
    }
}
