using R3X.FxHost.Sdk;

[assembly: Effect("overflows-stack", "Calls itself for ever from block 5 on", EffectRole.Tone)]

namespace R3X.FxHost.TestPlugins;

public sealed class StackOverflows : MisbehavesFromBlock5
{
    protected override void Misbehave(AudioBlock block) => block[0][0] = Deeper(1);

    private static int Deeper(int depth) => Deeper(depth + 1) + depth;
}
