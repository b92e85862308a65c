using R3X.FxHost.Sdk;

[assembly: Effect("never-returns", "Computes for ever from block 5 on", EffectRole.Tone)]

namespace R3X.FxHost.TestPlugins;

public sealed class NeverReturns : MisbehavesFromBlock5
{
    protected override void Misbehave(AudioBlock block)
    {
        while (true)
            block[0].Fill(0.9f);
    }
}
