using System.Collections.Generic;
using R3X.FxHost.Conformance.Checks;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>The sample at which its level arrives at neutral is left out.</summary>
[Breaks(typeof(NeutralIsReachedWithoutAClick))]
internal sealed class ClicksAtNeutral : HealthyEffect
{
    private static readonly Parameter NeutralLevel = new(
        "level", ParameterUnit.Percent, 1, 200, 70, "How loud the sound is: 100 % leaves it as it came.")
    {
        Neutral = 100,
    };

    private static readonly IReadOnlyList<Parameter> Settings = [NeutralLevel];
    private double _target;
    private bool _arrives;

    public override IReadOnlyList<Parameter> Parameters => Settings;

    protected override Parameter LevelSetting => NeutralLevel;

    public override void SetParameter(Parameter parameter, double value)
    {
        _arrives = value == 100 && _target != 100;
        _target = value;
        base.SetParameter(parameter, value);
    }

    public override void Reset()
    {
        base.Reset();
        _arrives = false;
        _target = Setup[NeutralLevel];
    }

    protected override float NextGain()
    {
        float gain = base.NextGain();
        if (!_arrives || IsMoving)
            return gain;
        _arrives = false;
        return 0;
    }
}
