using System.Collections.Generic;
using R3X.FxHost.Sdk;

[assembly: Effect("fills-heap", "Keeps 16 MB more with every block from the fifth on", EffectRole.Tone)]

namespace R3X.FxHost.TestPlugins;

public sealed class FillsHeap : MisbehavesFromBlock5
{
    private readonly List<byte[]> _kept = [];

    protected override void Misbehave(AudioBlock block) => _kept.Add(new byte[1 << 24]);
}
