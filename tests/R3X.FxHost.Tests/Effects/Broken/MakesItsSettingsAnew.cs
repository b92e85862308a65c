using System.Collections.Generic;
using R3X.FxHost.Conformance.Checks;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>Every instance has settings of its own.</summary>
[Breaks(typeof(SettingsStayTheSame))]
internal sealed class MakesItsSettingsAnew : HealthyEffect
{
    private readonly Parameter _level = new(
        "level", ParameterUnit.Percent, 1, 100, 70, "How loud the sound is: 100 % leaves it as it came.");

    private IReadOnlyList<Parameter>? _settings;

    public override IReadOnlyList<Parameter> Parameters => _settings ??= [_level];

    protected override Parameter LevelSetting => _level;
}
