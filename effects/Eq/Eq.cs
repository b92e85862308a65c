using System;
using System.Linq;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect(
    "eq", "Equaliser", EffectRole.Tone,
    Help = "Makes low, middle and high tones louder or softer.")]

namespace R3X.FxHost.Effects;

/// <summary>
/// A high-pass against rumble and a peak for presence, then, where a preset asks for them, two shelves and a low-pass:
/// all right up to the top of the band at every sample rate. Filters that change nothing cost nothing.
/// </summary>
public sealed class Eq() : SegmentedEffect(
    HighPass, Presence, PresenceGain, PresenceWidth, LowPass, LowShelf, LowShelfGain, HighShelf, HighShelfGain)
{
    // Above its lowest setting, where it is off, the high-pass fades in up to this frequency: a voice below it has
    // nothing to lose, and a movement that ends there makes no click.
    private const double FullHighPass = 25;

    private const double DecayDecibels = 90;

    private static readonly Parameter HighPass = new(
        "high-pass", ParameterUnit.Hertz, 20, 1000, 100,
        "Everything below this pitch is cut away: turn it up for a thin, small voice, down for a full one; "
        + "at 20 Hz it is off.")
    {
        Neutral = 20,
    };

    private static readonly Parameter Presence = new(
        "presence", ParameterUnit.Hertz, 1000, 8000, 4000,
        "Where in the voice the presence boost or cut sits: low values sound like a telephone, high values sound "
        + "crisp.");

    private static readonly Parameter PresenceGain = new(
        "presence-gain", ParameterUnit.Decibels, -12, 12, 3,
        "Turn it up to bring the voice forward and make words clearer, down to make it duller; 0 dB changes nothing.")
    {
        Neutral = 0,
    };

    private static readonly Parameter PresenceWidth = new(
        "presence-width", ParameterUnit.Octaves, 0.3, 4, 2,
        "How broad the presence boost or cut is: small values ring at one pitch, large values colour the whole voice.");

    private static readonly Parameter LowPass = new(
        "low-pass", ParameterUnit.Hertz, 200, 20_000, 20_000,
        "Everything above this pitch is cut away: turn it down for a dull, muffled or sleepy voice; at 20 "
        + "kHz it is off.")
    {
        Neutral = 20_000,
    };

    private static readonly Parameter LowShelf = new(
        "low-shelf", ParameterUnit.Hertz, 40, 1000, 200,
        "Below this pitch low-shelf-gain makes the voice fuller or thinner: turn it up to reach further into the "
        + "voice.");

    private static readonly Parameter LowShelfGain = new(
        "low-shelf-gain", ParameterUnit.Decibels, -12, 12, 0,
        "Turn it up for more chest and weight below low-shelf, down for a lighter voice; 0 dB changes nothing.")
    {
        Neutral = 0,
    };

    private static readonly Parameter HighShelf = new(
        "high-shelf", ParameterUnit.Hertz, 1000, 16_000, 6000,
        "Above this pitch high-shelf-gain makes the voice brighter or darker: turn it down to reach further into the "
        + "voice.");

    private static readonly Parameter HighShelfGain = new(
        "high-shelf-gain", ParameterUnit.Decibels, -12, 12, 0,
        "Turn it up for more air and sparkle above high-shelf, down for a softer, darker voice; 0 dB changes nothing.")
    {
        Neutral = 0,
    };

    private StateVariableFilter[] _filters = [];
    private EqBand[] _bands = [];

    protected override bool FlushesWhileStill => false;

    // Flat at both ends.
    private double HighPassShare
    {
        get
        {
            double way = Math.Clamp((this[HighPass] - HighPass.Minimum) / (FullHighPass - HighPass.Minimum), 0, 1);
            return way * way * (3 - (2 * way));
        }
    }

    protected override void Allocate(EffectSetup setup)
    {
        int channels = setup.Format.Channels;
        StateVariableFilter first = new(channels, sections: 2);
        StateVariableFilter shelves = new(channels, sections: 2);
        StateVariableFilter last = new(channels);
        _filters = [first, shelves, last];
        _bands =
        [
            new(first, 0, [HighPass], () => HighPassShare, f =>
                MatchedFilters.HighPass(f, MatchedFilters.ButterworthQ)),
            new(first, 1, [Presence, PresenceGain, PresenceWidth], () => this[PresenceGain] == 0 ? 0 : 1,
                f => MatchedFilters.Peak(f, MatchedFilters.QFromOctaves(this[PresenceWidth]), this[PresenceGain])),
            new(shelves, 0, [LowShelf, LowShelfGain], () => this[LowShelfGain] == 0 ? 0 : 1,
                f => MatchedShelves.Low(f, this[LowShelfGain])),
            new(shelves, 1, [HighShelf, HighShelfGain], () => this[HighShelfGain] == 0 ? 0 : 1,
                f => MatchedShelves.High(f, this[HighShelfGain])),
            new(last, 0, [LowPass], () => this[LowPass] >= LowPass.Maximum ? 0 : 1,
                f => MatchedFilters.LowPass(f, MatchedFilters.ButterworthQ)),
        ];
    }

    protected override EffectTiming Describe(EffectSetup setup)
    {
        int tail = 0;
        foreach (var band in _bands.Where(band => band.Share() > 0))
        {
            tail += DesignOf(band).FramesToDecay(DecayDecibels);
            if (!Format.Carries(this[band.Frequency]))
                setup.NoteTooHigh($"{band.Frequency} of eq", this[band.Frequency], "it changes nothing");
        }

        return new EffectTiming(0, tail);
    }

    protected override void Clear()
    {
        foreach (var filter in _filters)
            filter.Clear();
    }

    protected override void ApplySettings(bool atOnce)
    {
        foreach (var band in _bands)
        {
            if (HasChanged(band.Settings))
                band.Filter.MoveTo(CoefficientsOf(band), atOnce, band.Section);
        }
    }

    protected override void ProcessSegment(AudioBlock segment)
    {
        foreach (var filter in _filters)
            filter.Process(segment);
    }

    protected override void Flush()
    {
        foreach (var filter in _filters)
            filter.Flush();
    }

    private Biquad DesignOf(EqBand band) => band.Design(Format.Fraction(this[band.Frequency]));

    private StateVariableCoefficients CoefficientsOf(EqBand band)
    {
        var coefficients = new StateVariableCoefficients(DesignOf(band));
        double share = band.Share();
        return share == 0 || !Format.Carries(this[band.Frequency])
            ? coefficients.Transparent()
            : coefficients.MixedWithInput(share);
    }
}
