using System.Collections.Generic;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect("eq", "Equaliser", EffectRole.Tone)]

namespace R3X.FxHost.Effects;

/// <summary>A high-pass against rumble and a peak for presence, both right up to the top of the band at every sample rate.</summary>
public sealed class Eq : IEffect
{
    private const int LowSection = 0;
    private const int PeakSection = 1;

    private static readonly Parameter HighPass = new(
        "high-pass", ParameterUnit.Hertz, 20, 1000, 100,
        "Everything below this pitch is cut away: turn it up for a thin, small voice, down for a full one.");

    private static readonly Parameter Presence = new(
        "presence", ParameterUnit.Hertz, 1000, 8000, 4000,
        "Where in the voice the presence boost or cut sits: low values sound like a telephone, high values sound crisp.");

    private static readonly Parameter PresenceGain = new(
        "presence-gain", ParameterUnit.Decibels, -12, 12, 3,
        "Turn it up to bring the voice forward and make words clearer, down to make it duller; 0 dB changes nothing.");

    private static readonly Parameter PresenceWidth = new(
        "presence-width", ParameterUnit.Octaves, 0.3, 4, 2,
        "How broad the presence boost or cut is: small values ring at one pitch, large values colour the whole voice.");

    private double _sampleRate;
    private EffectSetup? _setup;
    private StateVariableFilter? _filter;
    private SegmentClock _clock;
    private double _presence;
    private double _gain;
    private double _width;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } = [HighPass, Presence, PresenceGain, PresenceWidth];

    /// <inheritdoc/>
    public EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        _sampleRate = setup.Format.SampleRate;
        _filter = new StateVariableFilter(setup.Format.Channels, sections: 2);
        Reset();
        if (!InBand(_presence))
            setup.Note($"The presence of eq at {_presence:0} Hz is above what a sample rate of {_sampleRate:0} Hz carries, so it changes nothing.");
        int tail = HighPassDesign(setup[HighPass]).FramesToDecay(90) + PeakDesign().FramesToDecay(90);
        return new EffectTiming(0, tail);
    }

    /// <inheritdoc/>
    public void SetParameter(Parameter parameter, double value)
    {
        if (parameter == HighPass)
        {
            _filter?.RampTo(new StateVariableCoefficients(HighPassDesign(value)), LowSection);
            return;
        }

        if (parameter == Presence)
            _presence = value;
        else if (parameter == PresenceGain)
            _gain = value;
        else
            _width = value;
        _filter?.RampTo(PeakCoefficients(), PeakSection);
    }

    /// <inheritdoc/>
    public void Process(AudioBlock block)
    {
        if (_filter is null)
            return;
        for (int start = 0; start < block.Frames;)
        {
            int frames = _clock.Take(block.Frames - start, _filter.IsMoving);
            var segment = block.Slice(start, frames);
            for (int channel = 0; channel < segment.Channels; channel++)
                FiniteSamples.Clean(segment[channel]);
            _filter.Process(segment);
            start += frames;
            if (_clock.IsAtEdge)
                _filter.Flush();
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        if (_setup is null)
            return;
        _presence = _setup[Presence];
        _gain = _setup[PresenceGain];
        _width = _setup[PresenceWidth];
        _clock.Reset();
        _filter?.Clear();
        _filter?.JumpTo(new StateVariableCoefficients(HighPassDesign(_setup[HighPass])), LowSection);
        _filter?.JumpTo(PeakCoefficients(), PeakSection);
    }

    private Biquad HighPassDesign(double frequency) => MatchedFilters.HighPass(frequency / _sampleRate, MatchedFilters.ButterworthQ);

    private bool InBand(double frequency) => frequency <= MatchedFilters.HighestFrequency * _sampleRate;

    private Biquad PeakDesign()
    {
        double frequency = InBand(_presence) ? _presence / _sampleRate : MatchedFilters.HighestFrequency;
        return MatchedFilters.Peak(frequency, MatchedFilters.QFromOctaves(_width), _gain);
    }

    private StateVariableCoefficients PeakCoefficients()
    {
        var coefficients = new StateVariableCoefficients(PeakDesign());
        return InBand(_presence) ? coefficients : coefficients.Transparent();
    }
}
