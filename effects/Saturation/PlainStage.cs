using System;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>The curve at the line's own rate, for draft quality: cheap, without latency, with aliases.</summary>
internal sealed class PlainStage : IDriveStage
{
    private readonly AudioBuffer _input = new(1, SegmentClock.Frames + DriveCurve.Spare);
    private readonly AudioBuffer _output = new(1, SegmentClock.Frames + DriveCurve.Spare);

    public int LatencyFrames => 0;

    public int TailFrames => 0;

    public void Begin(int channel, ReadOnlySpan<float> samples) => samples.CopyTo(_input[0]);

    public void Drive(int frames, ref DriveRamps ramps)
    {
        if (!ramps.IsMoving)
        {
            ramps.Now.At(_input[0], _output[0], frames);
            return;
        }

        for (int i = 0; i < frames; i++)
            ramps.Next().At(_input[0][i..], _output[0][i..], 1);
    }

    public void End(int channel, Span<float> samples) => _output[0][..samples.Length].CopyTo(samples);

    public void Clear()
    {
    }
}
