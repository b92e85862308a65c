using R3X.FxHost.Conformance.Checks;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>A reset leaves in the delay what was last heard.</summary>
[Breaks(typeof(ResetIsAsGoodAsNew))]
internal sealed class KeepsStateOverReset : HealthyEffect
{
    public override void Reset() => JumpTo(Setup[Level] / 100);
}
