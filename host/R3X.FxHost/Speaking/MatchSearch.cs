using System;
using System.Linq;
using System.Threading;
using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Metering;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Speaking;

/// <summary>
/// Finds the gain with which a line that has arrived at the match point leaves the chain as loud as it is to be. It leaves no trace: the
/// steps behind that point are tried with effects of its own, no fault on record, the same seed.
/// </summary>
/// <param name="plan">The chain.</param>
/// <param name="setup">The line's own.</param>
/// <param name="line">What arrived.</param>
internal sealed class MatchSearch(ChainPlan plan, ChainSetup setup, ArrivedLine line)
{
    // The limiter takes the less away the closer the gain is, so few rounds are needed.
    private const int MostRounds = 6;
    private const double CloseEnough = 0.05;

    // How much of a dB of gain comes out of a limiter at least; less would make a round leap.
    private const double LeastYield = 0.2;

    // Only what stands behind the match point has to be heard again.
    private readonly ChainPlan _rest = plan with { Slots = [.. plan.Slots.Skip(plan.MatchPoint)] };
    private readonly AudioBuffer _block = new(setup.Format.Channels, setup.MaxFrames);

    /// <summary>Finds the gain, in dB; null when nothing arrived.</summary>
    /// <param name="target">What the line is to be as it leaves the chain, in LUFS.</param>
    /// <param name="cancellation">Gives it up.</param>
    public double? Find(double target, CancellationToken cancellation)
    {
        if (line.Loudness is not { } arrival)
            return null;
        double gain = Limit(target - arrival);
        double yield = 1;
        (double Gain, double Loudness)? before = null;
        for (int round = 0; round < MostRounds && Leaving(gain, cancellation) is { } loudness && Math.Abs(target - loudness) > CloseEnough; round++)
        {
            if (before is { } last && last.Gain != gain)
                yield = Math.Clamp((loudness - last.Loudness) / (gain - last.Gain), LeastYield, 1);
            before = (gain, loudness);
            gain = Limit(gain + ((target - loudness) / yield));
        }

        return gain;
    }

    private static double Limit(double decibels) => StartingGains.Limit(decibels, StartingGains.MostMatch);

    private double? Leaving(double gain, CancellationToken cancellation)
    {
        var chain = Chain.Prepare(_rest, setup.Rehearsing with { Reference = new ChainGain(0), Match = new ChainGain(gain) });
        var leaving = new LoudnessMeter(setup.Format);
        long frame = 0;
        for (int frames; (frames = line.Read(frame, _block.Block(_block.Frames))) > 0; frame += frames)
        {
            cancellation.ThrowIfCancellationRequested();
            AudioBlock block = _block.Block(frames);
            chain.Process(block);
            leaving.Process(block);
        }

        return leaving.LoudBlocks > 0 ? leaving.Integrated : null;
    }
}
