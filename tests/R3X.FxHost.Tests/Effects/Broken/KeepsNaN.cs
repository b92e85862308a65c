using System;
using R3X.FxHost.Sdk;
using R3X.FxHost.Conformance.Checks;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>Feeds back what comes in, whatever it is.</summary>
[Breaks(typeof(PoisonIsForgotten))]
internal sealed class KeepsNaN : HealthyEffect
{
    private readonly float[] _last = new float[8];

    public override EffectTiming Prepare(EffectSetup setup) => base.Prepare(setup) with { TailFrames = 3 };

    public override void Reset()
    {
        base.Reset();
        Array.Clear(_last);
    }

    protected override void Clean(AudioBlock block)
    {
    }

    protected override float Frame(float sample, int channel) => _last[channel] = sample + (0.01f * _last[channel]);
}
