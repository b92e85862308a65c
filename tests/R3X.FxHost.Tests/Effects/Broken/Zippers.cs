using R3X.FxHost.Sdk;
using R3X.FxHost.Conformance.Checks;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>Jumps to where it should glide.</summary>
[Breaks(typeof(MovesAreSmooth))]
internal sealed class Zippers : HealthyEffect
{
    public override void SetParameter(Parameter parameter, double value) => JumpTo(value / 100);
}
