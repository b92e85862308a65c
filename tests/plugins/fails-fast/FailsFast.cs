using System;
using R3X.FxHost.Sdk;

[assembly: Effect("fails-fast", "Ends the process on block 5", EffectRole.Tone)]

namespace R3X.FxHost.TestPlugins;

public sealed class FailsFast : MisbehavesFromBlock5
{
    protected override void Misbehave(AudioBlock block) => Environment.FailFast("no coffee left");
}
