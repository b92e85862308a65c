using System;
using R3X.FxHost.Sdk;

[assembly: Effect("throws-on-block-5", "Throws on block 5", EffectRole.Tone)]

namespace R3X.FxHost.TestPlugins;

public sealed class ThrowsOnBlock5 : MisbehavesFromBlock5
{
    protected override void Misbehave(AudioBlock block) => throw new InvalidOperationException("This is block 5.");
}
