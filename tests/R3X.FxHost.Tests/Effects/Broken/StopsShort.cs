using R3X.FxHost.Sdk;
using R3X.FxHost.Conformance.Checks;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>A move goes only nine tenths of the way.</summary>
[Breaks(typeof(MovesArrive))]
internal sealed class StopsShort : HealthyEffect
{
    public override void SetParameter(Parameter parameter, double value) => base.SetParameter(parameter, 0.9 * value);
}
