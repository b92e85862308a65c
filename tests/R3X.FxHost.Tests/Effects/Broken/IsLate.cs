using R3X.FxHost.Sdk;
using R3X.FxHost.Conformance.Checks;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>Declares one frame more than it takes.</summary>
[Breaks(typeof(LatencyIsAsDeclared))]
internal sealed class IsLate : HealthyEffect
{
    public override EffectTiming Prepare(EffectSetup setup) => base.Prepare(setup) with { LatencyFrames = Latency + 1 };
}
