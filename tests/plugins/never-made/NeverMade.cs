using System.Threading;
using R3X.FxHost.Sdk;

[assembly: Effect("never-made", "Never returns from its constructor", EffectRole.Tone)]

namespace R3X.FxHost.TestPlugins;

public sealed class NeverMade : PassThrough
{
    public NeverMade() => Thread.CurrentThread.Join();
}
