using System.Collections.Generic;
using R3X.FxHost.Sdk;
using R3X.FxHost.Conformance.Checks;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>Has a setting that does nothing.</summary>
[Breaks(typeof(SettingsAreHeard))]
internal sealed class IgnoresASetting : HealthyEffect
{
    private static readonly Parameter Colour = new(
        "colour", ParameterUnit.Percent, 0, 100, 50, "Promises more colour the further it is turned up.");
    private static readonly IReadOnlyList<Parameter> Settings = [Level, Colour];

    public override IReadOnlyList<Parameter> Parameters => Settings;

    public override void SetParameter(Parameter parameter, double value)
    {
        if (parameter == Level)
            base.SetParameter(parameter, value);
    }
}
