using System.Collections.Generic;
using R3X.FxHost.Sdk;
using R3X.FxHost.Conformance.Checks;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>Says that it leaves the sound alone at 100 %, and makes it a little quieter.</summary>
[Breaks(typeof(NeutralLeavesTheSoundAlone))]
internal sealed class IsNeverNeutral : HealthyEffect
{
    private static readonly Parameter NeutralLevel = new(
        "level", ParameterUnit.Percent, 1, 100, 70, "How loud the sound is: 100 % leaves it as it came.")
    {
        Neutral = 100,
    };

    private static readonly IReadOnlyList<Parameter> Settings = [NeutralLevel];

    public override IReadOnlyList<Parameter> Parameters => Settings;

    protected override Parameter LevelSetting => NeutralLevel;

    protected override float Frame(float sample, int channel) => sample * 0.999f;
}
