using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Chains;
using R3X.FxHost.Metering;
using R3X.FxHost.Metering.Likeness;

namespace R3X.FxHost.Matching;

/// <summary>Fits what depends on the level, and what is left: by rendering the voice and measuring it.</summary>
/// <param name="host">Renders.</param>
/// <param name="target">What to come close to.</param>
/// <param name="lines">The voice, dry.</param>
/// <param name="plans">Makes chains of drafts.</param>
internal sealed class RenderedFit(FxHost host, MatchTarget target, IReadOnlyList<FitLine> lines, DraftPlans plans)
{
    /// <summary>The least intelligibility (STOI) that a line may be left with.</summary>
    public const double LeastStoi = 0.85;

    // A fitted voice speaks lines that were not heard here.
    private const double StoiMargin = 0.015;

    // With less than this of drive and echoes gone, gains are what is left to give.
    private const double LeastCalm = 0.4;

    private static readonly double[] Drives = [0, 15, 30, 45, 60];
    private static readonly double[] Ratios = [1, 1.5, 2, 3, 5];
    private static readonly double[] Thresholds = [-18, -24, -32];
    private static readonly double[] RoomMixes = [0, 4, 8, 12, 18];
    private static readonly double[] RoomDecays = [150, 250, 400];
    private static readonly double[] TubeParts = [0.75, 1, 1.25];

    /// <summary>Renders the lines and measures them.</summary>
    public IReadOnlyList<RenderedLine> Render(Draft draft, CancellationToken cancellation) =>
        Render(plans.Of(draft), cancellation);

    /// <inheritdoc cref="Render(Draft, CancellationToken)"/>
    public IReadOnlyList<RenderedLine> Render(ChainPlan plan, CancellationToken cancellation)
    {
        var rendered = new RenderedLine[lines.Count];
        Parallel.For(0, lines.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            float[] wet = host.ApplyPlan([lines[i].Samples], lines[i].SampleRate, plan)[0];
            double[] sound = LikenessSound.Of(wet, lines[i].SampleRate);
            PowerFrames frames = PowerFrames.OfSpeech(sound);
            LikenessFeatures? features = LikenessFeatures.OfColour(frames, target.RippleMs)?.WithTexture(sound);
            rendered[i] = new RenderedLine(features ?? lines[i].Dry,
                Stoi.Of(lines[i].Samples, wet, lines[i].SampleRate));
        });
        return rendered;
    }

    /// <summary>
    /// Moves the curve by what the rendered voice still lacks, smoothed over neighbouring bands: the voice's mean,
    /// for a line's own words are not the voice.
    /// </summary>
    public Draft CurveRound(Draft draft, double share, CancellationToken cancellation)
    {
        double[] lacking = Lacking(Render(draft, cancellation));
        double[] smooth = [.. lacking.Select((value, i) =>
            ((i > 0 ? lacking[i - 1] : value) + (2 * value) + (i < lacking.Length - 1 ? lacking[i + 1] : value)) / 4)];
        double[] curve = [.. draft.Curve.Select((gain, i) =>
            Carries(draft.CurveBands[i]) ? gain + (share * smooth[i]) : 0)];
        double mean = curve.Average();
        return draft with { Curve = [.. curve.Select(gain =>
            Math.Clamp(gain - mean, -Draft.MostCurve, Draft.MostCurve))] };
    }

    /// <summary>
    /// Tries values of saturation, compressor, room and tube one after the other, and keeps what comes closer.
    /// </summary>
    /// <param name="draft">Where to begin.</param>
    /// <param name="said">Told after each value how many of all were tried.</param>
    /// <param name="cancellation">Gives it up.</param>
    public Draft Texture(Draft draft, Action<double>? said, CancellationToken cancellation)
    {
        (double[] Values, Func<Draft, double, Draft> Set, Func<Draft, bool> Matters)[] coordinates =
        [
            (Drives, (d, v) => d with { Drive = v }, _ => true),
            (Ratios, (d, v) => d with { Ratio = v }, _ => true),
            (RoomMixes, (d, v) => d with { RoomMix = v }, _ => true),
            (RoomDecays, (d, v) => d with { RoomDecay = v }, d => d.RoomMix > 0),
            (Thresholds, (d, v) => d with { Threshold = v }, d => d.Ratio > 1),
            (TubeParts, (d, v) => d with { TubeMix = Math.Min(100, d.TubeMix * v) }, d => d.HasTube),
        ];
        double least = Cost(Render(draft, cancellation)) + PriceOf(draft);
        int done = 0;
        foreach (var (values, set, matters) in coordinates)
        {
            Draft from = draft;
            foreach (double value in matters(from) ? values : [])
            {
                Draft tried = set(from, value).Rounded();
                if (tried == from)
                    continue;
                double cost = Cost(Render(tried, cancellation));
                // What is barely better is not worth a step, nor harder grit.
                if (cost + PriceOf(tried) < least - 0.005)
                    (least, draft) = (cost + PriceOf(tried), tried);
            }

            said?.Invoke(++done / (double)coordinates.Length);
        }

        return draft;
    }

    /// <summary>Takes drive and echoes down, then gains too, until every line stays intelligible.</summary>
    /// <param name="draft">What was fitted.</param>
    /// <param name="every">Renders every line that must stay so, those that were held back included.</param>
    /// <param name="cancellation">Gives it up.</param>
    public Draft Guarded(Draft draft, RenderedFit every, CancellationToken cancellation)
    {
        Draft safe = draft.Rounded();
        for (int twentieths = 19; twentieths >= 0; twentieths--)
        {
            if (every.Render(safe, cancellation).All(line => !(line.Stoi < LeastStoi + StoiMargin)))
                return safe;
            double part = twentieths / 20.0;
            // Less of the tube is another colour, which the curve takes up.
            safe = part >= LeastCalm
                ? CurveRound(draft.Calmed(part), 1, cancellation).Rounded()
                : draft.Weakened(part).Rounded();
        }

        return safe;
    }

    private static double PriceOf(Draft draft) => 0.03 * Math.Pow(draft.Drive / 60, 2);

    // A band that the slowest line cannot carry has nothing to be raised.
    private bool Carries(double hertz) => hertz < 0.45 * lines.Min(line => line.SampleRate);

    // The curve takes up what the whole voice lacks; here counts what it cannot.
    private double Cost(IReadOnlyList<RenderedLine> rendered)
    {
        double[] lacking = [.. Lacking(rendered).Select(value =>
            Math.Clamp(value, -Draft.MostCurve / 2, Draft.MostCurve / 2))];
        double sum = 0;
        for (int i = 0; i < rendered.Count; i++)
        {
            LikenessFeatures wet = rendered[i].Wet;
            double[] tone = [.. wet.Tone.Zip(lacking, (level, missing) => level + missing)];
            double unclear = Math.Max(0, LeastStoi + StoiMargin - rendered[i].Stoi);
            sum += lines[i].Weight * (target.ColourCost(tone, wet.Ripple) + target.TextureCost(wet) + (200 * unclear));
        }

        return sum;
    }

    private double[] Lacking(IReadOnlyList<RenderedLine> rendered)
    {
        double[] lacking = [.. target.Tone];
        for (int i = 0; i < rendered.Count; i++)
        {
            for (int band = 0; band < lacking.Length; band++)
                lacking[band] -= lines[i].Weight * rendered[i].Wet.Tone[band];
        }

        return lacking;
    }
}
