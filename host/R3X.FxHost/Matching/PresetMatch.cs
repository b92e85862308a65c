using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using R3X.FxHost.Metering.Likeness;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Matching;

/// <summary>Fits a preset with which dry voices sound like a character.</summary>
public static class PresetMatch
{
    // So much better than dry, or what was found is chance.
    private const double LeastGain = 0.05;

    // By what part a delay may be wrong that was found in recordings, and one that a profile tells.
    private const double FoundTubeError = 0.025;
    private const double ToldTubeError = 0.08;

    /// <summary>Fits one preset to all voices. Takes up to a minute for 20 s of voice; uses all cores.</summary>
    /// <param name="host">Renders; its effects are what the preset is made of.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <exception cref="ArgumentException">A voice holds no speech; the message names it. Or the preset to compare with
    /// cannot be used.</exception>
    /// <exception cref="NotSupportedException">An effect that the preset would be made of is missing.</exception>
    public static MatchResult Fit(
        FxHost host,
        MatchRequest request,
        IProgress<MatchProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(request);
        void Say(double done, string what) => progress?.Report(new MatchProgress(done, what));
        Say(0, "measuring the voice");
        var target = new MatchTarget(request.Character);
        Preset against = AgainstOf(host, request.Against ?? host.Settings.Default);
        List<FitLine> lines = FitLine.Of(request, target, cancellation);
        FitLine[] fitted = [.. lines.Where(line => !line.IsHeldBack)];
        var plans = new DraftPlans(host.Presets);
        var all = new RenderedFit(host, target, lines, plans);
        IReadOnlyList<RenderedLine> today = all.Render(against.Plan, cancellation);
        MatchedLine[] Table(IReadOnlyList<RenderedLine>? matched) => [.. lines.Select((line, i) => new MatchedLine(
            request.Voices[line.Voice].Name,
            line.Name,
            line.IsHeldBack,
            target.Score(line.Dry),
            target.Score(today[i].Wet),
            target.Score(matched?[i].Wet ?? line.Dry),
            matched?[i].Stoi ?? 1))];
        MatchedLine[] table = Table(null);
        double tube = TubeOf(request, target, lines);
        bool isAlike = new SampleError(target, fitted).Explains(fitted);
        Draft? draft = null;
        IReadOnlyList<RenderedLine>? matched = null;
        if (!isAlike)
        {
            double share = MatchChoice.ShareOf(Seconds(fitted));
            double tubeError = request.Recordings.Count > 0 ? FoundTubeError : ToldTubeError;
            Draft own = new PresetFit(host, target, fitted, request.Generations)
                .Run(tube, tubeError, share, request.Seed, Say, cancellation);
            Say(0.9, "checking every line");
            double dry = fitted.Sum(line => line.Weight * target.Score(line.Dry));
            var fit = new RenderedFit(host, target, fitted, plans);
            Draft? other = MatchChoice.Copy(against);
            if (other is not null && fit.Score(other, cancellation) > dry - LeastGain)
                other = null;
            // Lines held back only speak against what was chosen without them.
            foreach (MatchCandidate candidate in new MatchChoice(fit, cancellation).Rank(own, other, share, dry))
            {
                Draft guarded = fit.Guarded(candidate.Draft, all, cancellation);
                IReadOnlyList<RenderedLine> rendered = all.Render(guarded, cancellation);
                MatchedLine[] measured = Table(rendered);
                bool isNoWorse = MatchTable.IsNoWorse(measured);
                if (draft is null || isNoWorse || MatchTable.MatchMedian(measured) < MatchTable.MatchMedian(table))
                    (draft, matched, table) = (guarded, rendered, measured);
                if (isNoWorse)
                    break;
            }
        }

        bool isBetter = draft is not null && MatchTable.IsBetterThanDry(table, LeastGain);
        Say(1, "done");
        return new MatchResult
        {
            Text = isBetter ? MatchWords.Preset(draft!, request, table, Seconds(fitted)) : null,
            Verdict = MatchWords.Verdict(isAlike, isBetter ? draft : null, table, against.Id),
            Lines = table,
            TubeMs = draft is { HasTube: true } ? draft.TubeDelay : tube,
            SecondsFitted = Seconds(fitted),
            Against = against.Id,
            Colour = new MatchedColour(
                [.. Enumerable.Range(0, ToneBands.Count).Select(ToneBands.Centre)],
                target.Tone,
                request.Character.Spread.Tone,
                Mean(lines, i => lines[i].Dry.Tone),
                Mean(lines, i => (isBetter ? matched![i].Wet : lines[i].Dry).Tone)),
        };
    }

    private static Preset AgainstOf(FxHost host, string id)
    {
        PresetReading reading = host.Presets.Find(id);
        return reading.Preset
            ?? throw new ArgumentException(string.Join("\n\n", reading.Diagnostics.Select(DiagnosticText.Format)));
    }

    private static double TubeOf(MatchRequest request, MatchTarget target, IReadOnlyList<FitLine> lines)
    {
        if (request.Recordings.Count > 0)
        {
            PowerFrames[] recordings = [.. request.Recordings.AsParallel().AsOrdered().Select(piece =>
                PowerFrames.OfSpeech(LikenessSound.Of(piece.Samples, piece.SampleRate)))];
            PowerFrames[] dry = [.. request.Voices.SelectMany(voice => voice.Lines).AsParallel().AsOrdered().Select(
                line => PowerFrames.OfSpeech(LikenessSound.Of(line.Samples, line.SampleRate)))];
            return TubeFinder.Find(recordings, dry) ?? 0;
        }

        // Of recordings that are not here, the profile says where they agreed most; a voice may ripple there as well.
        return target.Ripple > 1 && target.Ripple > lines.Average(line => line.Dry.Ripple) + 0.5 ? target.RippleMs : 0;
    }

    private static double Seconds(IEnumerable<FitLine> lines) =>
        lines.Sum(line => (double)line.Samples.Length / line.SampleRate);

    private static double[] Mean(IReadOnlyList<FitLine> lines, Func<int, IReadOnlyList<double>> toneOf) =>
        [.. Enumerable.Range(0, ToneBands.Count).Select(band => lines.Select((_, i) => toneOf(i)[band]).Average())];
}
