using System;
using System.Numerics;
using System.Runtime.InteropServices;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect(
    "de-esser", "De-esser", EffectRole.Dynamics,
    Help = "Softens sharp s and sh sounds, and nothing else.")]

namespace R3X.FxHost.Effects;

/// <summary>
/// Turns down only what is high, and only while it is loud: hissing S and SH sounds, which later drives would tear.
/// Below its threshold it returns the input bit for bit.
/// </summary>
public sealed class DeEsser() : SegmentedEffect(Frequency, Threshold, Amount), IGainReducer
{
    // An S comes up within a few milliseconds and lasts for fifty or more.
    private const double AttackMilliseconds = 0.5;
    private const double ReleaseMilliseconds = 40;

    // Above the threshold three quarters of the excess are taken away, set in over 6 dB.
    private const float Slope = 0.75f;
    private const float Knee = 6;
    private const float Silence = 1e-10f;

    private static readonly Parameter Frequency = new(
        "frequency", ParameterUnit.Hertz, 2000, 12_000, 5000,
        "Where hissing begins: lower takes the edge off SH as well, higher touches only the sharpest S.");

    private static readonly Parameter Threshold = new(
        "threshold", ParameterUnit.Decibels, -60, 0, -30,
        "Hissing louder than this is turned down: the lower it is, the more of the sharpness goes.");

    private static readonly Parameter Amount = new(
        "amount", ParameterUnit.Decibels, 0, 24, 8,
        "By how much the sharpest S is turned down at most: too much makes the voice lisp, 0 dB changes nothing.")
    {
        Neutral = 0,
    };

    private readonly float[] _levels = new float[SegmentFrames + Vector<float>.Count];
    private DynamicShelf _shelf = null!;
    private EnvelopeFollower _follower = null!;
    private ReductionMeter _meter;
    private Ramp _warp;
    private Ramp _threshold;
    private Ramp _amount;
    private Ramp _active;

    /// <summary>How far the shelf above the frequency is turned down.</summary>
    public GainReduction LastReduction => _meter.Reading;

    private double Warp => DynamicShelf.Warp(Format.Fraction(this[Frequency]));

    private double AmountInBand => Format.Carries(this[Frequency]) ? this[Amount] : 0;

    protected override void Allocate(EffectSetup setup)
    {
        _shelf = new DynamicShelf(setup.Format.Channels);
        _follower = new EnvelopeFollower(setup.Format.SampleRate);
        _follower.JumpTo(AttackMilliseconds, ReleaseMilliseconds);
    }

    protected override EffectTiming Describe(EffectSetup setup)
    {
        if (!Format.Carries(this[Frequency]))
            setup.NoteTooHigh("frequency of de-esser", this[Frequency], "it changes nothing");
        return new EffectTiming(0, AmountInBand == 0 ? 0 : DynamicShelf.RingFrames(Warp));
    }

    protected override void Clear()
    {
        _meter.Begin();
        _shelf.Clear();
        _follower.Clear();
    }

    protected override void ApplySettings(bool atOnce)
    {
        _warp.MoveTo(Warp, atOnce);
        _threshold.MoveTo(this[Threshold], atOnce);
        _amount.MoveTo(AmountInBand, atOnce);

        // At neutral the reduction for an earlier S is released at once.
        _active.MoveTo(AmountInBand == 0 ? 0 : 1, atOnce);
    }

    protected override void BeginBlock() => _meter.Begin();

    protected override void ProcessSegment(AudioBlock segment)
    {
        Amplitude.LinkedPeaks(_shelf.Split(segment, ref _warp), _levels);
        ToReduction(segment.Frames);
        _follower.Process(_levels.AsSpan(0, segment.Frames));
        ToRoot(segment.Frames);
        _shelf.Cut(segment, _levels);
    }

    protected override void Flush()
    {
        _shelf.Flush();
        _follower.Flush();
    }

    // Peaks to decibels to be taken away, in place.
    private void ToReduction(int frames)
    {
        int i = 0;
        for (; i < frames && (_threshold.IsMoving || _amount.IsMoving); i++)
            _levels[i] = Reduction(new Vector<float>(_levels[i]), (float)_threshold.Next(), (float)_amount.Next())[0];
        float threshold = (float)_threshold.Value, amount = (float)_amount.Value;
        ref float first = ref MemoryMarshal.GetArrayDataReference(_levels);
        for (; i < frames; i += Vector<float>.Count)
            Vector.StoreUnsafe(Reduction(Vector.LoadUnsafe(ref first, (nuint)i), threshold, amount), ref first,
                (nuint)i);
    }

    // Decibels to the square root of a factor, exactly 1 where nothing is to be done.
    private void ToRoot(int frames)
    {
        int moving = 0;
        for (; moving < frames && _active.IsMoving; moving++)
            _levels[moving] *= (float)_active.Next();
        Amplitude.Scale(_levels.AsSpan(moving, frames - moving), (float)_active.Value);
        _meter.AddDecibels(_levels.AsSpan(0, frames));
        ref float first = ref MemoryMarshal.GetArrayDataReference(_levels);
        for (int i = 0; i < frames; i += Vector<float>.Count)
        {
            var reduction = Vector.LoadUnsafe(ref first, (nuint)i);
            Vector.StoreUnsafe(Exponential.Exp2(reduction * (-0.5f * Exponential.OctavesPerDecibel)), ref first,
                (nuint)i);
        }
    }

    private static Vector<float> Reduction(Vector<float> peak, float threshold, float amount)
    {
        var level = Exponential.Log2(Vector.Max(peak, new Vector<float>(Silence))) * Exponential.DecibelsPerOctave;
        var above = Vector.Max(level - new Vector<float>(threshold), Vector<float>.Zero);
        var inKnee = Vector.Min(above, new Vector<float>(Knee));
        var reduction = Slope * ((inKnee * inKnee * (1 / (2 * Knee))) + (above - inKnee));
        return Vector.Min(reduction, new Vector<float>(amount));
    }
}
