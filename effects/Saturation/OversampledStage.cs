using System;
using System.Runtime.CompilerServices;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// The curve at four times the rate, averaged between samples. Clean and driven sound are blended here, behind the same
/// filters, so that a blend does not comb.
/// </summary>
internal sealed class OversampledStage : IDriveStage
{
    private const int Many = Oversampler.Factor * SegmentedEffect.SegmentFrames;

    // A whole register, although it holds one older sample only: so the new ones lie where memory is fast, and what
    // comes out takes the place of what was read before.
    private const int Before = DriveCurve.Spare;

    private readonly Oversampler _oversampler;
    private readonly float[] _last;

    public OversampledStage(int channels)
    {
        _oversampler = new Oversampler(channels, afterMeans: true);
        _last = new float[channels];
    }

    // The mean of two samples is half a sample late, undoing its droop takes one.
    public int LatencyFrames => (int)Math.Round(Oversampler.DelayFrames + (1.5 / Oversampler.Factor));

    public int TailFrames => Oversampler.RingFrames;

    [SkipLocalsInit]
    public void Drive(int channel, Span<float> samples, ref DriveRamps ramps)
    {
        Span<float> memory =
            StackMemory.Aligned(stackalloc float[StackMemory.Spare + Before + Many + DriveCurve.Spare]);
        int count = Oversampler.Factor * samples.Length;
        memory[Before - 1] = _last[channel];
        _oversampler.Up(channel, samples, memory[Before..]);
        _last[channel] = memory[Before - 1 + count];
        Shape(memory[(Before - 1)..], memory, samples.Length, ref ramps);
        _oversampler.Down(channel, memory[..count], samples);
    }

    public void Clear()
    {
        _oversampler.Clear();
        Array.Clear(_last);
    }

    // What a last register computes past the frames is overwritten by the next ones, or not read.
    private static void Shape(ReadOnlySpan<float> input, Span<float> output, int frames, ref DriveRamps ramps)
    {
        if (!ramps.IsMoving)
        {
            ramps.Now.Between(input, output, Oversampler.Factor * frames);
            return;
        }

        for (int at = 0; at < Oversampler.Factor * frames; at += Oversampler.Factor)
            ramps.Next().Between(input[at..], output[at..], Oversampler.Factor);
    }
}
