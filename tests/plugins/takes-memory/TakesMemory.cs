using System.Runtime.InteropServices;
using R3X.FxHost.Sdk;

[assembly: Effect("takes-memory", "Takes 16 MB more with every block from the fifth on", EffectRole.Tone)]

namespace R3X.FxHost.TestPlugins;

public sealed class TakesMemory : MisbehavesFromBlock5
{
    protected override unsafe void Misbehave(AudioBlock block) =>
        NativeMemory.Fill(NativeMemory.Alloc(1 << 24), 1 << 24, 1);
}
