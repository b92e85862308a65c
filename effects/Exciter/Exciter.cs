using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect(
    "exciter", "Exciter", EffectRole.Drive,
    Help = "Adds sparkle: new overtones above a tone.")]

namespace R3X.FxHost.Effects;

/// <summary>
/// Adds overtones of the upper voice, and nothing else: the input itself passes bit for bit, and what is added vanishes
/// with the level, so the frequency response stays flat.
/// </summary>
public sealed class Exciter() : SegmentedEffect(Frequency, Drive, Mix)
{
    // The upper band of speech lies some 20 dB below the whole: the least drive lifts it into reach of the curve, the
    // most makes every syllable a rectified one.
    private const double LeastDrive = 12;
    private const double MostDrive = 42;

    // Below this drive the overtones fade in, so that a movement away from 0 % has no jump.
    private const double FullAmount = 10;

    private static readonly Parameter Frequency = new(
        "frequency", ParameterUnit.Hertz, 1000, 8000, 3000,
        "Only sounds above this pitch are given sparkle: turn it down for a rougher voice, up for a fine shimmer.");

    private static readonly Parameter Drive = new(
        "drive", ParameterUnit.Percent, 0, 100, 30,
        "How many overtones are made: a little adds air, a lot adds grit; 0 % adds nothing.");

    private static readonly Parameter Mix = new(
        "mix", ParameterUnit.Percent, 0, 100, 20,
        "How loud the new overtones are beside the voice; 0 % adds nothing.")
    {
        Neutral = 0,
    };

    private StateVariableFilter _split = null!;
    private StateVariableFilter _clear = null!;
    private OvertoneStage _stage = null!;
    private FixedDelay _delay = null!;
    private AudioBuffer _band = null!;
    private AudioBuffer _delayed = null!;
    private Ramp _gain;
    private Ramp _amount;

    protected override bool FlushesWhileStill => false;

    private Biquad Design => MatchedFilters.HighPass(Format.Fraction(this[Frequency]), MatchedFilters.ButterworthQ);

    private double Gain => Decibels.ToGain(LeastDrive + ((MostDrive - LeastDrive) * this[Drive] / 100));

    // Twice, because a full-wave rectified sine holds less than half of itself as second harmonic.
    private double Amount =>
        Format.Carries(this[Frequency]) ? 2 * this[Mix] / 100 * Math.Min(1, this[Drive] / FullAmount) / Gain : 0;

    protected override void Allocate(EffectSetup setup)
    {
        int channels = setup.Format.Channels;
        _split = new StateVariableFilter(channels);
        _clear = new StateVariableFilter(channels);
        _stage = new OvertoneStage(channels, setup.Quality == RenderQuality.Full);
        _delay = new FixedDelay(channels, _stage.LatencyFrames);
        _band = new AudioBuffer(channels, SegmentFrames);
        _delayed = new AudioBuffer(channels, SegmentFrames);
    }

    protected override EffectTiming Describe(EffectSetup setup)
    {
        if (!Format.Carries(this[Frequency]))
            setup.NoteTooHigh("frequency of exciter", this[Frequency], "it adds nothing");
        return new EffectTiming(_stage.LatencyFrames, _stage.TailFrames + (2 * Design.FramesToDecay(90)));
    }

    protected override void Clear()
    {
        _split.Clear();
        _clear.Clear();
        _stage.Clear();
        _delay.Clear();
    }

    protected override void ApplySettings(bool atOnce)
    {
        if (HasChanged(Frequency))
        {
            var coefficients = new StateVariableCoefficients(Design);
            _split.MoveTo(coefficients, atOnce);
            _clear.MoveTo(coefficients, atOnce);
        }

        _gain.MoveTo(Gain, atOnce);
        _amount.MoveTo(Amount, atOnce);
    }

    protected override void ProcessSegment(AudioBlock segment)
    {
        // Long before it is read again: what was written a moment ago at another alignment is slow to read.
        for (int channel = 0; channel < segment.Channels && _delay.Frames > 0; channel++)
            _delay.Process(channel, segment[channel], _delayed[channel]);

        var band = _band.Block(segment.Frames);
        _split.Process(segment, band);
        var gain = _gain;
        for (int channel = 0; channel < segment.Channels; channel++)
        {
            _gain = gain;
            _stage.Process(channel, band[channel], ref _gain);
        }

        // The difference tones that the curve makes below the band would muddy the voice.
        _clear.Process(band);
        var amount = _amount;
        for (int channel = 0; channel < segment.Channels; channel++)
        {
            _amount = amount;
            Add(channel, segment[channel], band[channel]);
        }
    }

    protected override void Flush()
    {
        _split.Flush();
        _clear.Flush();
    }

    private void Add(int channel, Span<float> samples, ReadOnlySpan<float> overtones)
    {
        var delayed = _delay.Frames == 0 ? samples : _delayed[channel][..samples.Length];
        int i = 0;
        for (; i < samples.Length && _amount.IsMoving; i++)
            samples[i] = delayed[i] + ((float)_amount.Next() * overtones[i]);
        float amount = (float)_amount.Value;
        ref float dry = ref MemoryMarshal.GetReference(delayed);
        ref float added = ref MemoryMarshal.GetReference(overtones);
        ref float sum = ref MemoryMarshal.GetReference(samples);
        for (; Vector512.IsHardwareAccelerated && i <= samples.Length - Vector512<float>.Count;
            i += Vector512<float>.Count)
            (Vector512.LoadUnsafe(ref dry, (nuint)i)
                + (amount * Vector512.LoadUnsafe(ref added, (nuint)i))).StoreUnsafe(ref sum, (nuint)i);
        for (; i <= samples.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            (Vector256.LoadUnsafe(ref dry, (nuint)i)
                + (amount * Vector256.LoadUnsafe(ref added, (nuint)i))).StoreUnsafe(ref sum, (nuint)i);
        for (; i < samples.Length; i++)
            samples[i] = delayed[i] + (amount * overtones[i]);
    }
}
