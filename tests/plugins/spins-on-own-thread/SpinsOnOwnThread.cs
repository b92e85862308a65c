using System.Threading;
using R3X.FxHost.Sdk;

[assembly: Effect("spins-on-own-thread", "Computes for ever on a thread of its own from block 5 on", EffectRole.Tone)]

namespace R3X.FxHost.TestPlugins;

public sealed class SpinsOnOwnThread : MisbehavesFromBlock5
{
    private bool _spins;

    protected override void Misbehave(AudioBlock block)
    {
        if (_spins)
            return;
        _spins = true;
        new Thread(() =>
        {
            while (true)
            {
            }
        }) { IsBackground = true }.Start();
    }
}
