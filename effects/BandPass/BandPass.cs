using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect("band-pass", "Band-pass", EffectRole.Tone)]

namespace R3X.FxHost.Effects;

/// <summary>
/// A small loudspeaker, radio or telephone: steep edges on both sides (Butterworth, fourth order, 24 dB per octave), flat
/// between, and a hump where the little cone rings.
/// </summary>
public sealed class BandPass : IEffect
{
    // The poles of a fourth-order Butterworth filter as two second-order ones: 1 / (2 cos(pi/8)) and 1 / (2 cos(3 pi/8)).
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

    private double _sampleRate;
    private EffectSetup? _setup;
    private StateVariableFilter[] _filters = [];
    private SegmentClock _clock;
    private double _lowEdge;
    private double _highEdge;
    private double _body;
    private double _bodyGain;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } = [LowEdge, HighEdge, Body, BodyGain];

    /// <inheritdoc/>
    public EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        _sampleRate = setup.Format.SampleRate;
        _filters = new StateVariableFilter[5];
        for (int i = 0; i < _filters.Length; i++)
            _filters[i] = new StateVariableFilter(setup.Format.Channels);
        Reset();
        if (!InBand(_highEdge))
            setup.Note($"The high edge of band-pass at {_highEdge:0} Hz is above what a sample rate of {_sampleRate:0} Hz carries, so it cuts nothing.");
        if (!InBand(_body))
            setup.Note($"The body of band-pass at {_body:0} Hz is above what a sample rate of {_sampleRate:0} Hz carries, so it changes nothing.");
        if (_lowEdge >= _highEdge)
            setup.Note($"The low edge of band-pass at {_lowEdge:0} Hz is not below its high edge at {_highEdge:0} Hz, so little is left to hear.");
        int tail = 0;
        for (int i = 0; i < _filters.Length; i++)
            tail += Share(i) > 0 ? Design(i).FramesToDecay(90) : 0;
        int latency = PeakFrame(setup.Format.Channels);
        Reset();
        return new EffectTiming(latency, tail);
    }

    /// <inheritdoc/>
    public void SetParameter(Parameter parameter, double value)
    {
        if (parameter == LowEdge)
            _lowEdge = value;
        else if (parameter == HighEdge)
            _highEdge = value;
        else if (parameter == Body)
            _body = value;
        else
            _bodyGain = value;
        for (int i = 0; i < _filters.Length; i++)
            _filters[i].RampTo(Coefficients(i));
    }

    /// <inheritdoc/>
    public void Process(AudioBlock block)
    {
        for (int start = 0; start < block.Frames;)
        {
            int frames = _clock.Take(block.Frames - start, _filters[0].IsMoving);
            var segment = block.Slice(start, frames);
            for (int channel = 0; channel < segment.Channels; channel++)
                FiniteSamples.Clean(segment[channel]);
            foreach (var filter in _filters)
                filter.Process(segment);
            start += frames;
            if (_clock.IsAtEdge)
            {
                foreach (var filter in _filters)
                    filter.Flush();
            }
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        if (_setup is null)
            return;
        _lowEdge = _setup[LowEdge];
        _highEdge = _setup[HighEdge];
        _body = _setup[Body];
        _bodyGain = _setup[BodyGain];
        _clock.Reset();
        for (int i = 0; i < _filters.Length; i++)
        {
            _filters[i].Clear();
            _filters[i].JumpTo(Coefficients(i));
        }
    }

    // A low-pass is late, by an eighth of a millisecond at 3 kHz: the frame at which a click is loudest.
    private int PeakFrame(int channels)
    {
        var buffer = new AudioBuffer(channels, SegmentClock.Frames);
        buffer[0][0] = 1;
        Process(buffer.Block(SegmentClock.Frames));
        var click = buffer[0];
        int peak = 0;
        for (int i = 1; i < click.Length; i++)
            peak = click[i] > click[peak] ? i : peak;
        return peak;
    }

    private bool InBand(double frequency) => frequency <= MatchedFilters.HighestFrequency * _sampleRate;

    private double Fraction(double frequency) => Math.Min(frequency / _sampleRate, MatchedFilters.HighestFrequency);

    private Biquad Design(int filter) => filter switch
    {
        0 => MatchedFilters.HighPass(Fraction(_lowEdge), GentleQ),
        1 => MatchedFilters.HighPass(Fraction(_lowEdge), SharpQ),
        2 => MatchedFilters.LowPass(Fraction(_highEdge), GentleQ),
        3 => MatchedFilters.LowPass(Fraction(_highEdge), SharpQ),
        _ => MatchedFilters.Peak(Fraction(_body), BodyQ, _bodyGain),
    };

    // Flat at both ends.
    private double LowEdgeShare
    {
        get
        {
            double way = Math.Clamp((_lowEdge - LowEdge.Minimum) / (FullLowEdge - LowEdge.Minimum), 0, 1);
            return way * way * (3 - (2 * way));
        }
    }

    // How much of a filter is heard.
    private double Share(int filter) => filter switch
    {
        0 or 1 => LowEdgeShare,
        2 or 3 => _highEdge < HighEdge.Maximum && InBand(_highEdge) ? 1 : 0,
        _ => _bodyGain > 0 && InBand(_body) ? 1 : 0,
    };

    private StateVariableCoefficients Coefficients(int filter)
    {
        var coefficients = new StateVariableCoefficients(Design(filter));
        return Share(filter) is > 0 and var share ? coefficients.MixedWithInput(share) : coefficients.Transparent();
    }
}
