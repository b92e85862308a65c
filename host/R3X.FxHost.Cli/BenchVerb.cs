using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using R3X.FxHost.Cli.Bench;
using R3X.FxHost.Cli.Bench.Serving;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Cli;

/// <summary><c>r3x bench</c>: how fast a preset is on this machine, beside what else there is.</summary>
internal static class BenchVerb
{
    /// <summary>The preset that what is aimed at is said of.</summary>
    public const string UsualPreset = "neutral";

    public static Command Create()
    {
        var verb = new Verb(
            "bench",
            "Measures how fast a preset is on this machine, beside ffmpeg's and sox's nearest chain.",
            "r3x bench                             # ten minutes of sound through neutral; takes a minute or two",
            "r3x bench --seconds 30                # a quick look",
            "r3x bench line.wav --preset excited   # another preset, on your own recording",
            "r3x bench --serve                     # how many streams r3x serve carries; takes two minutes",
            "r3x bench --json > today.json         # figures to keep");
        var file = new Argument<string?>("FILE") { Description = "A recording to measure with, its channels mixed. "
            + "Without it, speech-like sound is made.", Arity = ArgumentArity.ZeroOrOne };
        var preset = new Option<string>("--preset", "-p") { Description = "The preset: its id, or the path of a preset "
            + "file.", HelpName = "ID or FILE", DefaultValueFactory = _ => UsualPreset };
        Option<int> seconds = Whole("--seconds", "How much sound; a shorter FILE is repeated.", 600, 3_600);
        Option<int> runs = Whole("--runs", "How often everything is measured; the medians are printed.", 5, 99);
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var serve = new Option<bool>("--serve") { Description = "Measure how many streams r3x serve carries in real "
            + "time, instead: MP3 in, PCM out." };
        var isLong = new Option<bool>("--long") { Description = "With --serve: longer, and closer to the number." };
        var streams = new Option<int?>("--streams") { Description = "With --serve: so many streams, and no search.",
            HelpName = "NUMBER" };
        preset.CompletionSources.Add(_ => Suggestions.PresetIds());
        file.NoOptions();
        verb.Arguments.Add(file);
        verb.Options.Add(preset);
        verb.Options.Add(seconds);
        verb.Options.Add(runs);
        verb.Options.Add(json);
        verb.Options.Add(serve);
        verb.Options.Add(isLong);
        verb.Options.Add(streams);
        var options = new HostOptions(verb);
        verb.Does((parsed, cancellation) =>
        {
            if (parsed.GetValue(serve))
            {
                bool takesTime = parsed.GetValue(isLong);
                double each = parsed.GetResult(seconds) is { Implicit: false } ? parsed.GetValue(seconds)
                    : takesTime ? 30 : 8;
                ServeRow served = new ServeBench(
                    parsed.GetValue(preset)!, options.Words(parsed), each, takesTime ? 6 : 3).Measure(
                        parsed.GetValue(streams), printsSteps: !parsed.GetValue(json), cancellation);
                if (parsed.GetValue(json))
                    Json.Write(served);
                else
                    ServeReport.Print(served);
                return ExitCode.Done;
            }

            using FxHost host = options.Open(parsed);
            Preset chosen = PresetOf(host, parsed.GetValue(preset)!);
            BenchSound sound = BenchSound.Of(parsed.GetValue(file), parsed.GetValue(seconds), cancellation);
            using var folder = new BenchFolder();
            sound.Write(folder.Input, cancellation);
            string name = parsed.GetValue(preset)!;
            // The other r3x runs in another folder.
            string[] renderOptions = ["--preset", File.Exists(name) ? Path.GetFullPath(name) : name,
                .. options.Words(parsed)];
            BenchRow row = new BenchRun(chosen, sound, folder, renderOptions).Measure(
                parsed.GetValue(runs), cancellation);
            if (parsed.GetValue(json))
                Json.Write(row);
            else
                BenchReport.Print(row);
            return ExitCode.Done;
        });
        return verb;
    }

    private static Preset PresetOf(FxHost host, string name)
    {
        PresetReading reading = host.Presets.Find(name);
        return reading.Preset
            ?? throw new UsageException(string.Join("\n\n", reading.Diagnostics.Select(DiagnosticText.Format)));
    }

    private static Option<int> Whole(string name, string description, int usual, int most) => new(name)
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"{description} 1 to {most}."),
        HelpName = "NUMBER",
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            string word = result.Tokens[0].Value;
            if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1
                && number <= most)
                return number;
            result.AddError(string.Create(
                CultureInfo.InvariantCulture, $"{name} takes a whole number from 1 to {most}; \"{word}\" is none."));
            return usual;
        },
    };
}
