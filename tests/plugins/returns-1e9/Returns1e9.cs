using R3X.FxHost.Sdk;

[assembly: Effect("returns-1e9", "Returns 1e9 from block 5 on", EffectRole.Tone)]

namespace R3X.FxHost.TestPlugins;

public sealed class Returns1e9 : MisbehavesFromBlock5
{
    protected override void Misbehave(AudioBlock block)
    {
        for (int channel = 0; channel < block.Channels; channel++)
            block[channel].Fill(1e9f);
    }
}
