using System;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect(
    "band-pass", "Band-pass", EffectRole.Tone,
    Help = "Cuts the voice down to a small loudspeaker: a radio, a telephone, a toy.")]

namespace R3X.FxHost.Effects;

/// <summary>
/// A small loudspeaker, radio or telephone: steep edges on both sides (Butterworth, fourth order, 24 dB per octave),
/// flat between, and a peak where the cone resonates.
/// </summary>
public sealed class BandPass() : SegmentedEffect(LowEdge, HighEdge, Body, BodyGain)
{
    // The poles of a fourth-order Butterworth filter as two second-order ones: 1 / (2 cos(pi/8)) and 1 / (2 cos(3
    // pi/8)).
    private const double GentleQ = 0.54119610014619701;
    private const double SharpQ = 1.3065629648763766;

    private const double BodyQ = 1;

    // Above its lowest setting, where it is off, the low edge fades in up to this frequency: a movement that ends
    // there makes no click.
    private const double FullLowEdge = 25;

    private static readonly Parameter LowEdge = new(
        "low-edge", ParameterUnit.Hertz, 20, 2000, 180,
        "Everything below this pitch is cut away: 100 Hz is a small loudspeaker, 300 Hz a radio, 600 Hz a "
        + "toy; at 20 Hz it is off.")
    {
        Neutral = 20,
    };

    private static readonly Parameter HighEdge = new(
        "high-edge", ParameterUnit.Hertz, 500, 20_000, 3000,
        "Everything above this pitch is cut away: 3 kHz is a radio, 6 kHz a small loudspeaker, 20 kHz leaves "
        + "the top alone.")
    {
        Neutral = 20_000,
    };

    private static readonly Parameter Body = new(
        "body", ParameterUnit.Hertz, 200, 5000, 1800,
        "The pitch at which the little loudspeaker rings: low sounds boxy, high sounds nasal and clear.");

    private static readonly Parameter BodyGain = new(
        "body-gain", ParameterUnit.Decibels, 0, 18, 4,
        "How strongly it rings there: 6 dB is a radio, 18 dB a tin can, 0 dB is flat between the edges.")
    {
        Neutral = 0,
    };

    private readonly StateVariableFilter[] _filters = new StateVariableFilter[5];

    // Flat at both ends.
    private double LowEdgeShare
    {
        get
        {
            double way = Math.Clamp((this[LowEdge] - LowEdge.Minimum) / (FullLowEdge - LowEdge.Minimum), 0, 1);
            return way * way * (3 - (2 * way));
        }
    }

    protected override void Allocate(EffectSetup setup)
    {
        for (int i = 0; i < _filters.Length; i++)
            _filters[i] = new StateVariableFilter(setup.Format.Channels);
    }

    protected override EffectTiming Describe(EffectSetup setup)
    {
        if (!Format.Carries(this[HighEdge]))
            setup.NoteTooHigh("high edge of band-pass", this[HighEdge], "it cuts nothing");
        if (!Format.Carries(this[Body]))
            setup.NoteTooHigh("body of band-pass", this[Body], "it changes nothing");
        if (this[LowEdge] >= this[HighEdge])
        {
            setup.Note(
                $"The low edge of band-pass at {this[LowEdge]:0} Hz is not below its high edge at "
                + $"{this[HighEdge]:0} Hz, so little is left to hear.");
        }

        int tail = 0;
        for (int i = 0; i < _filters.Length; i++)
            tail += Share(i) > 0 ? Design(i).FramesToDecay(90) : 0;
        int latency = PeakFrame();
        Reset();
        return new EffectTiming(latency, tail);
    }

    protected override void Clear()
    {
        foreach (var filter in _filters)
            filter.Clear();
    }

    protected override void ApplySettings(bool atOnce)
    {
        for (int i = 0; i < _filters.Length; i++)
        {
            var coefficients = new StateVariableCoefficients(Design(i));
            var mixed = Share(i) is > 0 and var share
                ? coefficients.MixedWithInput(share)
                : coefficients.Transparent();
            _filters[i].MoveTo(mixed, atOnce);
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

    // A low-pass is late, by an eighth of a millisecond at 3 kHz: the frame at which a click is loudest.
    private int PeakFrame()
    {
        var buffer = new AudioBuffer(Format.Channels, SegmentFrames);
        buffer[0][0] = 1;
        Process(buffer.Block(SegmentFrames));
        var click = buffer[0];
        int peak = 0;
        for (int i = 1; i < click.Length; i++)
            peak = click[i] > click[peak] ? i : peak;
        return peak;
    }

    private Biquad Design(int filter) => filter switch
    {
        0 => MatchedFilters.HighPass(Format.Fraction(this[LowEdge]), GentleQ),
        1 => MatchedFilters.HighPass(Format.Fraction(this[LowEdge]), SharpQ),
        2 => MatchedFilters.LowPass(Format.Fraction(this[HighEdge]), GentleQ),
        3 => MatchedFilters.LowPass(Format.Fraction(this[HighEdge]), SharpQ),
        _ => MatchedFilters.Peak(Format.Fraction(this[Body]), BodyQ, this[BodyGain]),
    };

    // How much of a filter is mixed with the input.
    private double Share(int filter) => filter switch
    {
        0 or 1 => LowEdgeShare,
        2 or 3 => this[HighEdge] < HighEdge.Maximum && Format.Carries(this[HighEdge]) ? 1 : 0,
        _ => this[BodyGain] > 0 && Format.Carries(this[Body]) ? 1 : 0,
    };
}
