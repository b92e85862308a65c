using System;

namespace R3X.FxHost.Effects;

/// <summary>The curve at the line's own rate, for draft quality: cheap, without latency, with aliases.</summary>
internal sealed class PlainStage : IDriveStage
{
    public int LatencyFrames => 0;

    public int TailFrames => 0;

    public void Drive(int channel, Span<float> samples, ref DriveRamps ramps)
    {
        for (; samples.Length > 0 && ramps.IsMoving; samples = samples[1..])
            ramps.Next().At(samples[..1]);
        ramps.Now.At(samples);
    }

    public void Clear()
    {
    }
}
