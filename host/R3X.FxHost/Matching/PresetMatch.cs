using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Chains;
using R3X.FxHost.Metering.Likeness;
using R3X.FxHost.Presets;

namespace R3X.FxHost.Matching;

/// <summary>Fits a preset with which dry voices sound like a character.</summary>
public static class PresetMatch
{
    // So much better than dry, or what was found is chance.
    private const double LeastGain = 0.05;

    // By what part a delay may be wrong that was found in recordings, and one that a profile tells.
    private const double FoundTubeError = 0.025;
    private const double ToldTubeError = 0.08;

    // Where the profile does not say of how many recordings it was made.
    private const int UsualPieces = 12;

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
        MatchTarget target = MatchTarget.Of(request.Character, request.Character.Pieces ?? UsualPieces);
        ChainPlan against = AgainstOf(host, request.Against ?? host.Settings.Default);
        List<FitLine> lines = Measure(request, target, cancellation);
        FitLine[] fitted = [.. lines.Where(line => !line.IsHeldBack)];
        double tube = TubeOf(request, target, lines);
        bool isAlike = new SampleError(target, fitted).Explains(fitted);
        double tubeError = request.Recordings.Count > 0 ? FoundTubeError : ToldTubeError;
        Draft? draft = isAlike
            ? null
            : new PresetFit(host, target, fitted, request.Generations)
                .Run(tube, tubeError, request.Seed, Say, cancellation);
        var plans = new DraftPlans(host.Presets);
        var all = new RenderedFit(host, target, lines, plans);
        Say(0.9, "checking every line");
        draft = draft is null ? null : new RenderedFit(host, target, fitted, plans).Guarded(draft, all, cancellation);
        IReadOnlyList<RenderedLine>? matched = draft is null ? null : all.Render(draft, cancellation);
        IReadOnlyList<RenderedLine> today = all.Render(against, cancellation);
        MatchedLine[] table = [.. lines.Select((line, i) => new MatchedLine(
            request.Voices[line.Voice].Name,
            line.Name,
            line.IsHeldBack,
            request.Character.Score(line.Dry).Sound,
            request.Character.Score(today[i].Wet).Sound,
            request.Character.Score(matched?[i].Wet ?? line.Dry).Sound,
            matched?[i].Stoi ?? 1))];
        bool isBetter = draft is not null
            && Median(table, line => line.Match) < Median(table, line => line.Dry) - LeastGain;
        Say(1, "done");
        return new MatchResult
        {
            Text = isBetter ? Text(draft!, request, table, fitted) : null,
            Verdict = Verdict(isAlike, isBetter, table, against.PresetId),
            Lines = table,
            TubeMs = draft is { HasTube: true } ? draft.TubeDelay : 0,
            SecondsFitted = Seconds(fitted),
            Against = against.PresetId,
            Colour = new MatchedColour(
                [.. Enumerable.Range(0, ToneBands.Count).Select(ToneBands.Centre)],
                target.Tone,
                request.Character.Spread.Tone,
                Mean(lines, i => lines[i].Dry.Tone),
                Mean(lines, i => (isBetter ? matched![i].Wet : lines[i].Dry).Tone)),
        };
    }

    private static ChainPlan AgainstOf(FxHost host, string id)
    {
        PresetReading reading = host.Presets.Find(id);
        return reading.Preset?.Plan
            ?? throw new ArgumentException(string.Join("\n\n", reading.Diagnostics.Select(DiagnosticText.Format)));
    }

    private static List<FitLine> Measure(MatchRequest request, MatchTarget target, CancellationToken cancellation)
    {
        var lines = new List<FitLine>();
        for (int voice = 0; voice < request.Voices.Count; voice++)
        {
            IReadOnlyList<MatchLine> spoken = request.Voices[voice].Lines;
            bool[] isHeldBack = HeldBack.Of([.. spoken.Select(line => (double)line.Samples.Length / line.SampleRate)]);
            double weight = 1.0 / (request.Voices.Count * isHeldBack.Count(held => !held));
            var measured = new FitLine?[spoken.Count];
            int of = voice;
            Parallel.For(0, spoken.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
            {
                double[] sound = SoundOf(spoken[i]);
                PowerFrames frames = PowerFrames.OfSpeech(sound);
                LikenessFeatures? features = LikenessFeatures.OfColour(frames, target.RippleMs)?.WithTexture(sound);
                measured[i] = features is null ? null : new FitLine(
                    spoken[i].Name,
                    spoken[i].Samples,
                    spoken[i].SampleRate,
                    of,
                    weight,
                    isHeldBack[i],
                    features,
                    ToneModel.PartsOf(PowerFrames.All(sound)));
            });
            if (Array.IndexOf(measured, null) is var silent and >= 0)
            {
                throw new ArgumentException(
                    $"{spoken[silent].Name}: there is no speech in it. Name a recording of the voice.");
            }

            lines.AddRange(measured.OfType<FitLine>());
        }

        return lines;
    }

    private static double[] SoundOf(MatchLine line) => LikenessSound.Of(line.Samples, line.SampleRate);

    private static double TubeOf(MatchRequest request, MatchTarget target, IReadOnlyList<FitLine> lines)
    {
        if (request.Recordings.Count > 0)
        {
            PowerFrames[] recordings = [.. request.Recordings.AsParallel().AsOrdered().Select(piece =>
                PowerFrames.OfSpeech(SoundOf(piece)))];
            PowerFrames[] dry = [.. request.Voices.SelectMany(voice => voice.Lines).AsParallel().AsOrdered().Select(
                line => PowerFrames.OfSpeech(SoundOf(line)))];
            return TubeFinder.Find(recordings, dry) ?? 0;
        }

        // Of recordings that are not here, the profile says where they agreed most; a voice may ripple there as well.
        return target.Ripple > 1 && target.Ripple > lines.Average(line => line.Dry.Ripple) + 0.5 ? target.RippleMs : 0;
    }

    private static string Verdict(bool isAlike, bool isBetter, MatchedLine[] table, string against)
    {
        if (isAlike)
            return "No preset: the dry voice is as close to the character as so few recordings can tell.";
        if (!isBetter)
            return "No preset: nothing that was tried brings the voice closer to the character than it is dry.";
        return Median(table, line => line.Against) < Median(table, line => line.Match)
            ? $"The preset brings the voice closer to the character, but {against} brings it closer still."
            : "The preset brings the voice closer to the character.";
    }

    private static string Text(Draft draft, MatchRequest request, MatchedLine[] table, FitLine[] fitted)
    {
        string Score(Func<MatchedLine, double> of) => Median(table, of).ToString("0.00", CultureInfo.InvariantCulture);
        string voices = string.Join(", ", request.Voices.Select(voice => voice.Name));
        string seconds = Seconds(fitted).ToString("0", CultureInfo.InvariantCulture);
        string[] notes =
        [
            FormattableString.Invariant($"Fitted by r3x match to {seconds} s of {voices}, seed {request.Seed}."),
            $"Likeness, median over lines: dry {Score(line => line.Dry)}, with this preset "
                + $"{Score(line => line.Match)}; a real recording has 1.",
            "Every value may be changed by hand. A line that starts with \"#\" is a note to the reader.",
        ];
        return DraftText.Of(draft, request.Name, $"Fitted so that {voices} sounds like the recordings.", notes,
            request.Schema);
    }

    private static double Seconds(IEnumerable<FitLine> lines) =>
        lines.Sum(line => (double)line.Samples.Length / line.SampleRate);

    // Held-back lines decide where there are any: the others were fitted.
    private static double Median(MatchedLine[] table, Func<MatchedLine, double> of)
    {
        MatchedLine[] judged = Array.Exists(table, line => line.IsHeldBack)
            ? Array.FindAll(table, line => line.IsHeldBack) : table;
        double[] sorted = [.. judged.Select(of).Where(double.IsFinite).Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static double[] Mean(IReadOnlyList<FitLine> lines, Func<int, IReadOnlyList<double>> toneOf) =>
        [.. Enumerable.Range(0, ToneBands.Count).Select(band => lines.Select((_, i) => toneOf(i)[band]).Average())];
}
