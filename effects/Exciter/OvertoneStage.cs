using System;
using System.Runtime.CompilerServices;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// Sends a band through the <see cref="OvertoneCurve"/>: at four times the rate and averaged between samples, or plain
/// for draft quality.
/// </summary>
internal sealed class OvertoneStage
{
    private const int Many = Oversampler.Factor * SegmentedEffect.SegmentFrames;

    // A whole register, although it holds one older sample only: so the new ones lie where memory is fast, and what
    // comes out takes the place of what was read before.
    private const int Before = OvertoneCurve.Spare;

    private readonly Oversampler? _oversampler;
    private readonly float[] _last;

    public OvertoneStage(int channels, bool oversample)
    {
        _oversampler = oversample ? new Oversampler(channels) : null;
        _last = new float[channels];
    }

    /// <summary>
    /// Frames by which the overtones are late. Rounded up, since overtones lie where the oversampler delays by more
    /// than at 0 Hz.
    /// </summary>
    public int LatencyFrames =>
        _oversampler is null ? 0 : (int)Math.Ceiling(Oversampler.DelayFrames + (0.5 / Oversampler.Factor));

    /// <summary>Frames that still ring after the latency.</summary>
    public int TailFrames => _oversampler is null ? 0 : Oversampler.RingFrames;

    /// <summary>Turns a band into its overtones, in place, times the gain.</summary>
    public void Process(int channel, Span<float> samples, ref Ramp gain)
    {
        if (_oversampler is null)
            Plain(samples, ref gain);
        else
            Oversampled(_oversampler, channel, samples, ref gain);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _oversampler?.Clear();
        Array.Clear(_last);
    }

    private static void Plain(Span<float> samples, ref Ramp gain)
    {
        for (; samples.Length > 0 && gain.IsMoving; samples = samples[1..])
            OvertoneCurve.At(samples[..1], (float)gain.Next());
        OvertoneCurve.At(samples, (float)gain.Value);
    }

    [SkipLocalsInit]
    private void Oversampled(Oversampler oversampler, int channel, Span<float> samples, ref Ramp gain)
    {
        Span<float> memory =
            StackMemory.Aligned(stackalloc float[StackMemory.Spare + Before + Many + OvertoneCurve.Spare]);
        int count = Oversampler.Factor * samples.Length;
        memory[Before - 1] = _last[channel];
        oversampler.Up(channel, samples, memory[Before..]);
        _last[channel] = memory[Before - 1 + count];
        Shape(memory[(Before - 1)..], memory, samples.Length, ref gain);
        oversampler.Down(channel, memory[..count], samples);
    }

    // What a last register computes past the samples is overwritten by the next ones, or not read.
    private static void Shape(ReadOnlySpan<float> input, Span<float> output, int frames, ref Ramp gain)
    {
        if (!gain.IsMoving)
        {
            OvertoneCurve.Between(input, output, Oversampler.Factor * frames, (float)gain.Value);
            return;
        }

        for (int at = 0; at < Oversampler.Factor * frames; at += Oversampler.Factor)
            OvertoneCurve.Between(input[at..], output[at..], Oversampler.Factor, (float)gain.Next());
    }
}
