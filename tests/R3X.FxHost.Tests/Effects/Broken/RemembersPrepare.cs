using R3X.FxHost.Sdk;
using R3X.FxHost.Conformance.Checks;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>Gets softer with every prepare.</summary>
[Breaks(typeof(PrepareStartsOver))]
internal sealed class RemembersPrepare : HealthyEffect
{
    private int _prepared;

    public override EffectTiming Prepare(EffectSetup setup)
    {
        _prepared++;
        return base.Prepare(setup);
    }

    protected override float NextGain() => base.NextGain() / _prepared;
}
