using System;
using R3X.FxHost.Sdk;
using R3X.FxHost.Conformance.Checks;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>All instances have one memory.</summary>
[Breaks(typeof(InstancesShareNothing))]
internal sealed class SharesState : HealthyEffect
{
    private static readonly float[] Last = new float[8];

    public override EffectTiming Prepare(EffectSetup setup) => base.Prepare(setup) with { TailFrames = 1 };

    public override void Reset()
    {
        base.Reset();
        Array.Clear(Last);
    }

    protected override float Frame(float sample, int channel)
    {
        float output = sample + (0.01f * Last[channel]);
        Last[channel] = sample;
        return output;
    }
}
