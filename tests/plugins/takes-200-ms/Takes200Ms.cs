using System.Diagnostics;
using R3X.FxHost.Sdk;

[assembly: Effect("takes-200-ms", "Takes 200 ms from block 5 on", EffectRole.Tone)]

namespace R3X.FxHost.TestPlugins;

public sealed class Takes200Ms : MisbehavesFromBlock5
{
    protected override void Misbehave(AudioBlock block)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < 200)
        {
        }
    }
}
