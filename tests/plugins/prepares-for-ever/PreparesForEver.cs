using System.Threading;
using R3X.FxHost.Sdk;

[assembly: Effect("prepares-for-ever", "Never returns from Prepare", EffectRole.Tone)]

namespace R3X.FxHost.TestPlugins;

public sealed class PreparesForEver : PassThrough
{
    public override EffectTiming Prepare(EffectSetup setup)
    {
        Thread.CurrentThread.Join();
        return EffectTiming.Immediate;
    }
}
