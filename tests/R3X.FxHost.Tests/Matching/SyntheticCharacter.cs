using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Matching;
using R3X.FxHost.Metering.Likeness;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Tests.Matching;

/// <summary>A character that needs no actor: a voice through a preset that the fit does not know.</summary>
internal sealed class SyntheticCharacter
{
    /// <summary>Presets that differ in what they do most, by name.</summary>
    public static readonly IReadOnlyDictionary<string, string> Presets = new Dictionary<string, string>
    {
        ["tin"] = """
            - eq: { high-pass: 220 Hz, presence: 1.6 kHz, presence-gain: 9 dB, presence-width: 1.2 oct }
            - shelf: { effect: eq, high-pass: 20 Hz, presence-gain: 0 dB, low-shelf: 600 Hz, low-shelf-gain: -8 dB }
            - saturation: { drive: 35% }
            - comb: { delay: 1.4 ms, feedback: 55%, damping: 6 kHz, mix: 80% }
            """,
        ["telephone"] = """
            - eq: { high-pass: 350 Hz, presence: 2.2 kHz, presence-gain: 8 dB, low-pass: 4.5 kHz }
            - compressor: { threshold: -26 dB, ratio: 5:1 }
            - saturation: { drive: 60% }
            """,
        ["cellar"] = """
            - eq: { high-pass: 60 Hz, presence-gain: -8 dB, presence: 3 kHz, low-shelf: 400 Hz, low-shelf-gain: 6 dB }
            - air: { effect: eq, high-pass: 20 Hz, presence-gain: 0 dB, high-shelf: 5 kHz, high-shelf-gain: -9 dB }
            - comb: { delay: 1.9 ms, feedback: 45%, damping: 8 kHz, mix: 70% }
            - room: { size: 5%, decay: 300 ms, mix: 10% }
            """,
        ["glass"] = """
            - eq: { high-pass: 300 Hz, presence: 4 kHz, presence-gain: 9 dB, low-shelf: 800 Hz, low-shelf-gain: -10 dB }
            - air: { effect: eq, high-pass: 20 Hz, presence-gain: 0 dB, high-shelf: 6 kHz, high-shelf-gain: 6 dB }
            - saturation: { drive: 25% }
            - comb: { delay: 0.8 ms, feedback: 50%, damping: 5 kHz, mix: 80% }
            """,
    };

    private readonly FxHost _host;

    private SyntheticCharacter(FxHost host, MatchLine[] recordings, CharacterProfile profile)
    {
        _host = host;
        Recordings = recordings;
        Profile = profile;
    }

    public MatchLine[] Recordings { get; }

    public CharacterProfile Profile { get; }

    /// <summary>Lines through one of the presets; as they are for "none".</summary>
    public static SyntheticCharacter Of(FxHost host, MatchLine[] lines, string preset)
    {
        MatchLine[] recordings = preset == "none" ? lines
            : Through(host, lines,
            PlanOf(host, "preset: 1\nchain:\n" + Indented(Presets[preset])
            + "\n  - limiter\nmatch-loudness: -18 LUFS\n"));
        PowerFrames[] frames = [.. recordings.Select(line =>
            PowerFrames.OfSpeech(LikenessSound.Of(line.Samples, line.SampleRate)))];
        double ms = TubeRipple.FindDelay([.. frames.Select(TubeRipple.Detail)]).Ms;
        LikenessFeatures[] pieces = [.. recordings.Select(line =>
            LikenessFeatures.Of(line.Samples, line.SampleRate, ms)!)];
        return new SyntheticCharacter(host, recordings,
            ProfileStatistics.Of(pieces, ms) with { Pieces = pieces.Length });
    }

    /// <summary>Fits a preset to one voice.</summary>
    public MatchResult Fit(MatchLine[] dry, int generations = 120) => PresetMatch.Fit(_host, new MatchRequest
    {
        Character = Profile,
        Recordings = Recordings,
        Voices = [new MatchVoice("voice", dry)],
        Against = "neutral",
        Generations = generations,
    });

    /// <summary>Lines through what was fitted; as they are where nothing was.</summary>
    public MatchLine[] Matched(MatchResult result, MatchLine[] dry) =>
        result.Text is { } text ? Through(_host, dry, PlanOf(_host, text)) : dry;

    /// <summary>How far lines are in colour from the recordings: RMS over the bands, in dB.</summary>
    public double Distance(MatchLine[] lines)
    {
        double[][] tones = [.. lines.Select(line => ToneOf(line))];
        double squares = Enumerable.Range(0, ToneBands.Count).Sum(band =>
            Math.Pow(tones.Average(tone => tone[band]) - Profile.Median.Tone[band], 2));
        return Math.Sqrt(squares / ToneBands.Count);
    }

    /// <summary>The median likeness of lines.</summary>
    public double Score(MatchLine[] lines)
    {
        double[] scores = [.. lines.Select(line =>
            Profile.Score(LikenessFeatures.Of(line.Samples, line.SampleRate, Profile.RippleMs)!).Sound).Order()];
        return (scores[(scores.Length - 1) / 2] + scores[scores.Length / 2]) / 2;
    }

    /// <summary>The least intelligibility of lines beside dry ones.</summary>
    public static double Stoi(MatchLine[] dry, MatchLine[] wet) =>
        dry.Zip(wet).Min(pair =>
        R3X.FxHost.Metering.Stoi.Of(pair.First.Samples, pair.Second.Samples, pair.First.SampleRate));

    public static MatchLine[] Through(FxHost host, MatchLine[] lines, ChainPlan plan) =>
        [.. lines.Select(line => line with { Samples = host.ApplyPlan([line.Samples], line.SampleRate, plan)[0] })];

    public static ChainPlan PlanOf(FxHost host, string text)
    {
        PresetReading reading = host.Presets.Read(text, "hidden.yaml");
        return reading.Preset?.Plan
            ?? throw new InvalidOperationException(
            string.Join("\n", reading.Diagnostics.Select(DiagnosticText.Format)));
    }

    private static double[] ToneOf(MatchLine line) =>
        ToneBands.Of(PowerFrames.OfSpeech(LikenessSound.Of(line.Samples, line.SampleRate)));

    private static string Indented(string steps) => string.Join('\n', steps.Split('\n').Select(line => "  " + line));
}
