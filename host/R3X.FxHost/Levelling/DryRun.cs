using System.Linq;
using System.Threading;
using R3X.FxHost.Chains;
using R3X.FxHost.Metering;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Levelling;

/// <summary>
/// Tries gains for a line whose listener hears it once. It leaves no trace: the steps behind the match point are tried with effects of
/// their own, no fault on record, the same seed.
/// </summary>
/// <param name="plan">The chain.</param>
/// <param name="setup">The line's own.</param>
/// <param name="line">What arrived.</param>
internal sealed class DryRun(ChainPlan plan, ChainSetup setup, ArrivedLine line)
{
    // Only what stands behind the match point has to be heard again.
    private readonly ChainPlan _rest = plan with { Slots = [.. plan.Slots.Skip(plan.MatchPoint)] };
    private readonly AudioBuffer _block = new(setup.Format.Channels, setup.MaxFrames);

    /// <summary>Takes a search to its end.</summary>
    /// <param name="search">The search.</param>
    /// <param name="cancellation">Gives it up.</param>
    public void Run(GainSearch search, CancellationToken cancellation)
    {
        while (!search.IsOver)
            search.Lands(Leaving(search.Gain, cancellation));
    }

    private double? Leaving(double gain, CancellationToken cancellation)
    {
        var chain = Chain.Prepare(_rest, setup.Rehearsing with { Reference = new ChainGain(0), Match = new ChainGain(gain) });
        var leaving = new LoudnessMeter(setup.Format, withRange: false);
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
