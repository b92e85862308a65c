using R3X.FxHost.Sdk;

[assembly: Effect("emits-nan", "Emits NaN from block 5 on", EffectRole.Tone)]

namespace R3X.FxHost.TestPlugins;

public sealed class EmitsNan : MisbehavesFromBlock5
{
    protected override void Misbehave(AudioBlock block)
    {
        for (int channel = 0; channel < block.Channels; channel++)
            block[channel][^1] = float.NaN;
    }
}
