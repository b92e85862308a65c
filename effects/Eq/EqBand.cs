using System;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>One filter of the equaliser.</summary>
/// <param name="Filter">What runs it.</param>
/// <param name="Section">Its section there.</param>
/// <param name="Settings">Its settings; the first is its frequency.</param>
/// <param name="Share">How much of it its settings ask for: at 0 it changes nothing, at 1 it is all there.</param>
/// <param name="Design">The filter at a frequency given as a fraction of the sample rate.</param>
internal sealed record EqBand(
    StateVariableFilter Filter, int Section, Parameter[] Settings, Func<double> Share, Func<double, Biquad> Design)
{
    /// <summary>The setting that is its frequency.</summary>
    public Parameter Frequency => Settings[0];
}
