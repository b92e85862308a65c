using System;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// The curve at four times the rate, averaged between samples. Clean and driven sound are blended here, behind the same
/// filters, so that a blend does not comb.
/// </summary>
internal sealed class OversampledStage : IDriveStage
{
    private const int Many = Oversampler.Factor * SegmentClock.Frames;

    // The place of the older sample, so that the new ones lie where memory is fast.
    private const int Before = 16;

    private readonly Oversampler _oversampler;
    private readonly float[] _last;
    private readonly AudioBuffer _input = new(1, Before + Many + DriveCurve.Spare);
    private readonly AudioBuffer _output = new(1, Many + DriveCurve.Spare);

    public OversampledStage(int channels)
    {
        _oversampler = new Oversampler(channels, afterMeans: true);
        _last = new float[channels];
    }

    // The mean of two samples is half a sample late, undoing its droop takes one.
    public int LatencyFrames => (int)Math.Round(Oversampler.DelayFrames + (1.5 / Oversampler.Factor));

    public int TailFrames => Oversampler.RingFrames;

    public void Begin(int channel, ReadOnlySpan<float> samples)
    {
        var input = _input[0];
        input[Before - 1] = _last[channel];
        _oversampler.Up(channel, samples, input[Before..]);
        _last[channel] = input[Before - 1 + (Oversampler.Factor * samples.Length)];
    }

    public void Drive(int frames, ref DriveRamps ramps)
    {
        if (!ramps.IsMoving)
        {
            Drive(0, frames, ramps.Now);
            return;
        }

        for (int i = 0; i < frames; i++)
            Drive(i, 1, ramps.Next());
    }

    public void End(int channel, Span<float> samples) =>
        _oversampler.Down(channel, _output[0][..(Oversampler.Factor * samples.Length)], samples);

    public void Clear()
    {
        _oversampler.Clear();
        Array.Clear(_last);
    }

    // What a last register computes past the frames is overwritten by the next ones.
    private void Drive(int start, int frames, in DriveCurve curve)
    {
        int at = Oversampler.Factor * start;
        curve.Between(_input[0][(Before - 1 + at)..], _output[0][at..], Oversampler.Factor * frames);
    }
}
