using System.Threading;
using R3X.FxHost.Sdk;

[assembly: Effect("waits-for-ever", "Waits for ever from block 5 on", EffectRole.Tone)]

namespace R3X.FxHost.TestPlugins;

public sealed class WaitsForEver : MisbehavesFromBlock5
{
    protected override void Misbehave(AudioBlock block) => Thread.CurrentThread.Join();
}
