using System;
using System.Linq;
using System.Threading;
using R3X.FxHost.Chains;
using R3X.FxHost.Metering;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Levelling;

/// <summary>
/// Tries gains for a line. It leaves no trace: the steps behind the match point are tried with effects of their own, no
/// fault on record, the same seed. A line is tried whole up to half a minute; of a longer one, six stretches stand for
/// it.
/// </summary>
/// <param name="plan">The chain.</param>
/// <param name="setup">The line's own.</param>
/// <param name="line">What arrived at the match point, with a loudness.</param>
internal sealed class DryRun(ChainPlan plan, ChainSetup setup, MeasuredTake line)
{
    private const int Stretches = 6;
    private const double StretchSeconds = 5;

    // Only what stands behind the match point has to be heard again.
    private readonly ChainPlan _rest = plan with { Slots = [.. plan.Slots.Skip(plan.MatchPoint)] };
    private readonly AudioBuffer _block = new(setup.Format.Channels, setup.MaxFrames);
    private readonly int _stretches =
        line.Frames > setup.Format.Frames(1000 * Stretches * StretchSeconds) ? Stretches : 1;

    /// <summary>How close is close enough, in dB: stretches tell no more of a line than that.</summary>
    public double Tolerance => _stretches == 1 ? 0.05 : 0.2;

    /// <summary>Takes a search to its end.</summary>
    /// <param name="search">The search.</param>
    /// <param name="cancellation">Gives it up.</param>
    public void Run(GainSearch search, CancellationToken cancellation)
    {
        // By how much the stretches are louder than the whole line.
        double louder = _stretches > 1 && Measure(null, cancellation) is { } arriving
            ? arriving - line.Loudness!.Value
            : 0;
        while (!search.IsOver)
        {
            var chain = Chain.Prepare(
                _rest, setup.ForDryRun with { Reference = new ChainGain(0), Match = new ChainGain(search.Gain) });
            search.Lands(Measure(chain, cancellation) - louder);
            chain.Close();
        }
    }

    // What leaves a chain, or arrives in front of it, in LUFS; null for silence.
    private double? Measure(Chain? chain, CancellationToken cancellation)
    {
        var meter = new LoudnessMeter(setup.Format, withRange: false);
        for (int stretch = 0; stretch < _stretches; stretch++)
        {
            long at = line.Frames * stretch / _stretches;
            long end = _stretches == 1 ? line.Frames : at + setup.Format.Frames(1000 * StretchSeconds);
            for (int frames; (frames = line.Read(at, _block.Block((int)Math.Min(_block.Frames, end - at)))) > 0;)
            {
                cancellation.ThrowIfCancellationRequested();
                AudioBlock block = _block.Block(frames);
                chain?.Process(block);
                meter.Process(block);
                at += frames;
            }
        }

        return meter.LoudBlocks > 0 ? meter.Integrated : null;
    }
}
