using System;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>The curve at the line's own rate, for draft quality: cheap, without latency, with aliases.</summary>
internal sealed class PlainStage : IDriveStage
{
    private readonly AudioBuffer _samples = new(1, SegmentClock.Frames);

    public int LatencyFrames => 0;

    public int TailFrames => 0;

    public void Begin(int channel, ReadOnlySpan<float> samples) => samples.CopyTo(_samples[0]);

    public void Drive(int frames, ref DriveRamps ramps)
    {
        var samples = _samples[0][..frames];
        if (!ramps.IsMoving)
        {
            ramps.Now.At(samples);
            return;
        }

        for (int i = 0; i < frames; i++)
            ramps.Next().At(samples.Slice(i, 1));
    }

    public void End(int channel, Span<float> samples) => _samples[0][..samples.Length].CopyTo(samples);

    public void Clear()
    {
    }
}
