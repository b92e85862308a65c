using System;
using System.Threading;
using R3X.FxHost.Chains;

namespace R3X.FxHost.Cli.Bench;

/// <summary>What silence behind speech costs: the place where filters without care run into tiny numbers, which are
/// slow.</summary>
internal sealed class SilentTail(ChainPlan plan, BenchSound sound)
{
    private const int Stretches = 5;
    private const int SilentSeconds = 4;

    private readonly TimedChain _chain = new(plan, sound.Format, 1_024);
    private readonly float[] _silence = new float[SilentSeconds * sound.SampleRate];

    /// <summary>Silence's share of what speech costs; 1 is as much.</summary>
    public double Ratio(CancellationToken cancellation)
    {
        double active = 0;
        double silent = 0;
        int frames = Math.Min(sound.SampleRate, sound.Samples.Length);
        for (int stretch = 0; stretch < Stretches; stretch++)
        {
            int start = (int)((long)(sound.Samples.Length - frames) * stretch / Stretches);
            active += _chain.Time(sound.Samples.AsSpan(start, frames), cancellation);
            silent += _chain.Time(_silence, cancellation);
        }

        return silent / active;
    }
}
