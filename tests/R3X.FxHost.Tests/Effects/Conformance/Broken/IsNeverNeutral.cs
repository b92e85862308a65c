using R3X.FxHost.Tests.Effects.Conformance.Checks;

namespace R3X.FxHost.Tests.Effects.Conformance.Broken;

/// <summary>Says that it leaves the sound alone at 100 %, and makes it a little louder.</summary>
[Breaks(typeof(NeutralLeavesTheSoundAlone))]
internal sealed class IsNeverNeutral : HealthyEffect
{
    protected override float Frame(float sample, int channel) => sample * 1.0001f;
}
