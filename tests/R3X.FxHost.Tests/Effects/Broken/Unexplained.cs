using System.Collections.Generic;
using R3X.FxHost.Sdk;
using R3X.FxHost.Conformance.Checks;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>Its setting has a programmer's name and no sentence.</summary>
[Breaks(typeof(SettingsAreExplained))]
internal sealed class Unexplained : HealthyEffect
{
    private static readonly Parameter Amount = new("lvlAmt", ParameterUnit.Percent, 1, 100, 70, "level");
    private static readonly IReadOnlyList<Parameter> Settings = [Amount];

    public override IReadOnlyList<Parameter> Parameters => Settings;

    protected override Parameter LevelSetting => Amount;
}
