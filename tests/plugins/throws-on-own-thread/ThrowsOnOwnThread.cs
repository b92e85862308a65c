using System;
using System.Threading;
using R3X.FxHost.Sdk;

[assembly: Effect("throws-on-own-thread", "Throws on a thread of its own on block 5", EffectRole.Tone)]

namespace R3X.FxHost.TestPlugins;

public sealed class ThrowsOnOwnThread : MisbehavesFromBlock5
{
    protected override void Misbehave(AudioBlock block)
    {
        var thread = new Thread(() => throw new InvalidOperationException("nobody listens here"));
        thread.Start();
        thread.Join();
    }
}
