using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using R3X.FxHost.Matching;
using R3X.FxHost.Metering;
using R3X.FxHost.Metering.Likeness;

namespace R3X.FxHost.Benchmarks;

/// <summary>What a preset fitted to each of some voices makes of lines that the fit did not hear.</summary>
internal static class MatchTable
{
    /// <param name="profile">The character.</param>
    /// <param name="against">The preset to compare with.</param>
    /// <param name="folders">A voice each: the first half of its files is fitted, the second is judged.</param>
    public static void Print(string profile, string against, params string[] folders)
    {
        using FileStream json = File.OpenRead(profile);
        var character = CharacterProfile.Read(json);
        Console.WriteLine("| voice | s | dry | " + against + " | match | fitted lines | worst | least STOI | took |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        var medians = new List<(double Dry, double Against, double Match)>();
        foreach (string folder in folders)
        {
            MatchLine[] lines = Lines(folder);
            MatchLine[] heard = lines[..((lines.Length + 1) / 2)];
            MatchLine[] judged = lines[heard.Length..];
            var watch = Stopwatch.StartNew();
            MatchResult result = PresetMatch.Fit(
                Installed.Host,
                new MatchRequest
                {
                    Character = character,
                    Voices = [new MatchVoice("voice", heard)],
                    Against = against,
                });
            TimeSpan took = watch.Elapsed;
            using var preset = new WrittenPreset(result.Text);
            double[] dry = [.. judged.Select(line => Score(character, line, SpeechSelection.WithoutEffects))];
            double[] other = [.. judged.Select(line => Score(character, line, SpeechSelection.OfPreset(against)))];
            double[] match = [.. judged.Select(line => Score(character, line, preset.Selection))];
            double[] fitted = [.. heard.Select(line => Score(character, line, preset.Selection))];
            double stoi = lines.Min(line => Stoi.Of(line.Samples, Render(line, preset.Selection), line.SampleRate));
            medians.Add((Median(dry), Median(other), Median(match)));
            double seconds = heard.Sum(line => (double)line.Samples.Length / line.SampleRate);
            string[] cells =
            [
                Path.GetFileName(folder.TrimEnd('/')), Say(seconds), Say(Median(dry)), Say(Median(other)),
                Say(Median(match)), Say(Median(fitted)), Say(match.Max()), Say(stoi), Say(took.TotalSeconds) + " s",
            ];
            Console.WriteLine($"| {string.Join(" | ", cells)} |");
            if (Environment.GetEnvironmentVariable("R3X_DEBUG") == "1")
                Console.WriteLine(result.Text ?? result.Verdict);
        }

        string[] all = [Say(Median(medians.Select(m => m.Dry))), Say(Median(medians.Select(m => m.Against)))];
        string[] fit = [Say(Median(medians.Select(m => m.Match))), "", Say(medians.Max(m => m.Match))];
        Console.WriteLine($"| median | | {string.Join(" | ", [.. all, .. fit])} | | |");
    }

    private static string Say(double value) => value.ToString("F2", System.Globalization.CultureInfo.InvariantCulture);

    internal static MatchLine[] Lines(string folder) =>
        [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(file =>
    {
        var recording = Recording.Of(File.ReadAllBytes(file));
        return new MatchLine(Path.GetFileName(file), recording.Samples, recording.SampleRate);
    })];

    internal static double Score(CharacterProfile character, MatchLine line, SpeechSelection selection) =>
        character.Score(LikenessFeatures.Of(Render(line, selection), line.SampleRate, character.RippleMs)!).Sound;

    internal static float[] Render(MatchLine line, SpeechSelection selection) =>
        Installed.Host.ApplyAudioEffects(line.Samples, line.SampleRate, selection with { Seed = 0 });

    internal static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>A preset's text as a file for as long as it is needed.</summary>
    internal sealed class WrittenPreset : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("r3x-match-");

        /// <param name="text">Null for no preset: the line stays dry.</param>
        public WrittenPreset(string? text)
        {
            string file = Path.Combine(_folder.FullName, "match.yaml");
            if (text is not null)
                File.WriteAllText(file, text);
            Selection = text is null ? SpeechSelection.WithoutEffects : SpeechSelection.OfPreset(file);
        }

        public SpeechSelection Selection { get; }

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
