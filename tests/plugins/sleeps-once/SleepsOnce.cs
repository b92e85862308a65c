using System.Threading;
using R3X.FxHost.Sdk;

[assembly: Effect("sleeps-once", "Takes 160 ms on block 20, and adds up what it hears", EffectRole.Tone)]

namespace R3X.FxHost.TestPlugins;

/// <summary>What comes out depends on everything that went in: a block that it misses is heard for ever.</summary>
public sealed class SleepsOnce : PassThrough
{
    private static readonly ManualResetEventSlim Never = new();
    private int _blocks;
    private double _sum;

    public override void Process(AudioBlock block)
    {
        if (++_blocks == 20)
            Never.Wait(160);
        for (int i = 0; i < block.Frames; i++)
        {
            _sum += block[0][i];
            block[0][i] = (float)(0.5 * block[0][i]) + (float)(_sum / 1e5);
        }
    }

    public override void Reset() => (_blocks, _sum) = (0, 0);
}
