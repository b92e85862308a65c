using System;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>One filter of the equaliser: its place in a <see cref="StateVariableFilter"/> and what its settings mean.</summary>
/// <param name="filter">What runs it.</param>
/// <param name="section">Its section there.</param>
/// <param name="parameters">Its settings; the first is its frequency.</param>
/// <param name="share">How much of it its settings ask for: at 0 it changes nothing, at 1 it is all there.</param>
/// <param name="design">The filter at a frequency given as a fraction of the sample rate.</param>
internal sealed class EqBand(
    StateVariableFilter filter,
    int section,
    Parameter[] parameters,
    Func<EqSettings, double> share,
    Func<double, EqSettings, Biquad> design)
{
    private const double DecayDecibels = 90;

    public bool DependsOn(Parameter parameter) => Array.IndexOf(parameters, parameter) >= 0;

    public void JumpTo(EqSettings settings, double sampleRate) => filter.JumpTo(Coefficients(settings, sampleRate), section);

    public void RampTo(EqSettings settings, double sampleRate) => filter.RampTo(Coefficients(settings, sampleRate), section);

    /// <summary>Frames until what rings has decayed.</summary>
    public int TailFrames(EqSettings settings, double sampleRate) =>
        share(settings) == 0 ? 0 : Design(settings, sampleRate).FramesToDecay(DecayDecibels);

    /// <summary>Says what is asked for above what the line carries; null where all is well.</summary>
    public string? Note(EqSettings settings, double sampleRate) =>
        share(settings) == 0 || IsInReach(settings, sampleRate) ? null
        : $"The {parameters[0]} of eq at {settings[parameters[0]]:0} Hz is above what a sample rate of {sampleRate:0} Hz carries, so it changes nothing.";

    private bool IsInReach(EqSettings settings, double sampleRate) => settings[parameters[0]] <= MatchedFilters.HighestFrequency * sampleRate;

    private Biquad Design(EqSettings settings, double sampleRate) =>
        design(Math.Min(settings[parameters[0]] / sampleRate, MatchedFilters.HighestFrequency), settings);

    private StateVariableCoefficients Coefficients(EqSettings settings, double sampleRate)
    {
        var coefficients = new StateVariableCoefficients(Design(settings, sampleRate));
        double wanted = share(settings);
        return wanted == 0 || !IsInReach(settings, sampleRate)
            ? coefficients.Transparent()
            : coefficients.MixedWithInput(wanted);
    }
}
