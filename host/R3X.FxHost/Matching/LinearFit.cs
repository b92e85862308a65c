using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace R3X.FxHost.Matching;

/// <summary>Fits equaliser and tube, which only filter: on the voice's spectra, without rendering.</summary>
/// <param name="target">What to come close to.</param>
/// <param name="lines">The voice, dry.</param>
/// <param name="bands">The bands of the model.</param>
/// <param name="plans">Makes chains of drafts.</param>
internal sealed class LinearFit(MatchTarget target, IReadOnlyList<FitLine> lines, SubBands bands, DraftPlans plans)
{
    // So little a dB costs that only a gain which changes nothing is given up for it.
    private const double PriceOfGain = 0.0004;
    private const int MostFrames = 900;

    private static readonly TuneRange[] Equaliser =
    [
        new(20, 800, true, (d, v) => d with { HighPass = v }, d => d.HighPass),
        new(120, 1_000, true, (d, v) => d with { LowShelf = v }, d => d.LowShelf),
        new(-12, 12, false, (d, v) => d with { LowShelfGain = v }, d => d.LowShelfGain),
        new(1_000, 6_000, true, (d, v) => d with { Presence = v }, d => d.Presence),
        new(-12, 12, false, (d, v) => d with { PresenceGain = v }, d => d.PresenceGain),
        new(0.5, 4, true, (d, v) => d with { PresenceWidth = v }, d => d.PresenceWidth),
        new(2_000, 10_000, true, (d, v) => d with { HighShelf = v }, d => d.HighShelf),
        new(-12, 12, false, (d, v) => d with { HighShelfGain = v }, d => d.HighShelfGain),
        new(2_000, 20_000, true, (d, v) => d with { LowPass = v }, d => d.LowPass),
    ];

    private readonly List<float[]>[] _frames = [.. lines.Select(line => Thinned(line.Parts, MostFrames / lines.Count))];

    /// <summary>Fits.</summary>
    /// <param name="start">Where to begin; where it has a tube, its delay is nearly right.</param>
    /// <param name="tubeError">By what part of it the delay may be wrong.</param>
    /// <param name="seed">Everything random follows from it.</param>
    /// <param name="generations">How long to search.</param>
    /// <param name="cancellation">Gives it up.</param>
    public Draft Run(Draft start, double tubeError, int seed, int generations, CancellationToken cancellation)
    {
        TuneRange[] ranges = start.TubeDelay > 0 ? [.. Equaliser, .. Tube(start.TubeDelay, tubeError)] : Equaliser;
        Draft At(double[] places) =>
            ranges.Zip(places).Aggregate(start, (draft, pair) => pair.First.Put(draft, pair.Second));
        double[] from = [.. ranges.Select(range => range.PlaceOf(start))];
        double[] best = new CmaEs(ranges.Length, seed)
            .Minimise(from, 0.2, generations, places => Cost(At(places)), cancellation);
        return At(best);
    }

    /// <summary>
    /// How far the voice is from the character when it passes through a draft's filters, as the model says.
    /// </summary>
    public double Cost(Draft draft)
    {
        double sum = 0;
        foreach (IGrouping<int, int> rate in Enumerable.Range(0, lines.Count).GroupBy(i => lines[i].SampleRate))
        {
            var response = LinearResponse.Of(plans.Of(draft), rate.Key);
            double[] gains = bands.Gains(response);
            double ripple = ToneModel.RippleOf(response, target.RippleMs);
            foreach (int i in rate)
                sum += lines[i].Weight * target.ColourCost(bands.Tone(_frames[i], gains), lines[i].Dry.Ripple + ripple);
        }

        double gain = Math.Pow(draft.LowShelfGain, 2) + Math.Pow(draft.PresenceGain, 2)
            + Math.Pow(draft.HighShelfGain, 2);
        return sum + (PriceOfGain * gain);
    }

    private static TuneRange[] Tube(double delay, double error) =>
    [
        new(
            Math.Max(0.5, delay * (1 - error)),
            delay * (1 + error),
            true,
            (d, v) => d with { TubeDelay = v },
            d => d.TubeDelay),
        new(0, 85, false, (d, v) => d with { TubeFeedback = v }, d => d.TubeFeedback),
        new(-30, 60, false, (d, v) => d with { TubeFeedforward = v }, d => d.TubeFeedforward),
        new(1_000, 19_000, true, (d, v) => d with { TubeDamping = v }, d => d.TubeDamping),
        new(0, 100, false, (d, v) => d with { TubeMix = v }, d => d.TubeMix),
    ];

    private static List<float[]> Thinned(IReadOnlyList<float[]> frames, int most)
    {
        int step = Math.Max(1, frames.Count / Math.Max(1, most));
        return [.. frames.Where((_, i) => i % step == 0)];
    }
}
