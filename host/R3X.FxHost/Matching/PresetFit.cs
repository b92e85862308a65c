using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using R3X.FxHost.Metering.Likeness;

namespace R3X.FxHost.Matching;

/// <summary>
/// The way from a voice and a character to a draft: what filters first, then what depends on the level, then what is
/// left.
/// </summary>
/// <param name="host">Renders.</param>
/// <param name="target">What to come close to.</param>
/// <param name="lines">The lines to fit, dry.</param>
/// <param name="generations">How long equaliser and tube are searched for.</param>
internal sealed class PresetFit(FxHost host, MatchTarget target, IReadOnlyList<FitLine> lines, int generations)
{
    // The first takes most of it; later ones what the limiter and smoothing left.
    private static readonly double[] CurveRounds = [1, 0.8, 0.8];

    private readonly DraftPlans _plans = new(host.Presets);

    /// <summary>Fits.</summary>
    /// <param name="tubeMs">The tube's delay; 0 without one.</param>
    /// <param name="tubeError">By what part of it that may be wrong.</param>
    /// <param name="seed">Everything random follows from it.</param>
    /// <param name="said">Told what is done next, and how much is, 0 to 1.</param>
    /// <param name="cancellation">Gives it up.</param>
    public Draft Run(double tubeMs, double tubeError, int seed, Action<double, string> said,
        CancellationToken cancellation)
    {
        double[] centres = [.. Enumerable.Range(0, ToneBands.Count).Select(band =>
            Math.Round(ToneBands.Centre(band), 0))];
        var start = new Draft { CurveBands = centres, Curve = new double[centres.Length], TubeDelay = tubeMs,
            TubeMix = tubeMs > 0 ? 60 : 0 };
        said(0.05, "equaliser and tube");
        Draft draft = new LinearFit(target, lines, ToneModel.Bands, _plans).Run(start, tubeError, seed, generations,
            cancellation);
        var rendered = new RenderedFit(host, target, lines, _plans);
        // Once more, for what the first choices make of the later ones.
        for (double done = 0.35; done < 0.8; done += 0.25)
        {
            said(done, "curve");
            draft = rendered.CurveRound(draft.Rounded(), 0.9, cancellation);
            double from = done;
            void Say(double part) => said(from + 0.02 + (0.23 * part), "saturation, compressor, room");
            draft = rendered.Texture(draft.Rounded(), Say, cancellation);
        }

        foreach (double share in CurveRounds)
        {
            said(0.85, "curve");
            draft = rendered.CurveRound(draft, share, cancellation);
        }

        return draft;
    }
}
