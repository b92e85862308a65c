using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using R3X.FxHost.Matching;
using R3X.FxHost.Presets.Editing;
using R3X.FxHost.Presets.Schema;

namespace R3X.FxHost.Cli.Fitting;

/// <summary><c>r3x match</c>: fits a preset with which dry voices sound like a character.</summary>
internal static class MatchVerb
{
    public static Command Create()
    {
        var verb = new Verb(
            "match",
            "Fits a preset with which a dry voice sounds like a character. Where nothing comes closer than the voice "
            + "does dry, it says so and writes no preset (exit code 0). Takes up to a minute for 20 s of voice.",
            "r3x match clips/*.wav --voice lines/*.mp3 -o presets/robot.yaml     from recordings of the character",
            "r3x match robot.json --voice lines/*.mp3 -o presets/robot.yaml      from a profile (r3x profile)",
            "r3x match dj-r3x --voice a1.mp3 a2.mp3 --voice b1.mp3 -o both.yaml  one preset for two voices",
            "r3x match robot.json --voice lines/*.mp3 -o robot.yaml --against radio --picture robot.png");
        var character = new Argument<string[]>("RECORDINGS")
        {
            Description = "Recordings of the character, 15 s or more without music; or one profile (.json); or dj-r3x.",
            Arity = ArgumentArity.OneOrMore,
        };
        var voice = new Option<string[]>("--voice")
        {
            Description = "Dry lines of a voice, 8 s or more. Once for each voice: one preset is fitted to all.",
            HelpName = "DRY",
            AllowMultipleArgumentsPerToken = true,
            Required = true,
        };
        var output = new Option<string>("--out", "-o")
        {
            Description = "The preset to write, which must not be there yet; - is standard output.",
            HelpName = "NAME.yaml",
            Required = true,
        };
        var against = new Option<string?>("--against")
        {
            Description = "The preset to compare with; the default one when left out.",
            HelpName = "PRESET",
        };
        against.CompletionSources.Add(_ => Suggestions.PresetIds());
        var picture = new Option<string?>("--picture")
        {
            Description = "The PNG file to draw into. Without it, NAME.png.",
            HelpName = "OUT.png",
        };
        var noPicture = new Option<bool>("--no-picture") { Description = "Draw nothing." };
        var seed = new Option<int>("--seed")
        {
            Description = "What the search draws by lot; the same number gives the same preset.",
            HelpName = "NUMBER",
            DefaultValueFactory = _ => 1,
        };
        // For tests, which have no minute.
        var search = new Option<int>("--search") { Hidden = true, DefaultValueFactory = _ => 120 };
        character.NoOptions();
        verb.Arguments.Add(character);
        foreach (Option option in (Option[])[voice, output, against, picture, noPicture, seed, search])
            verb.Options.Add(option);
        var hostOptions = new HostOptions(verb);
        verb.Does((parsed, cancellation) =>
        {
            if (parsed.GetValue(noPicture) && parsed.GetValue(picture) is not null)
                throw new UsageException("--picture and --no-picture do not go together. Leave one of them out.");
            string to = parsed.GetRequiredValue(output);
            using FxHost host = hostOptions.Open(parsed);
            using OutputFile file = Open(to);
            SoughtCharacter sought = SoughtCharacter.Of(parsed.GetRequiredValue(character), cancellation);
            MatchVoice[] voices = [.. Voices(parsed, voice).Select(lines => DryVoice.Of(lines, cancellation))];
            var request = new MatchRequest
            {
                Character = sought.Profile,
                Recordings = sought.Pieces,
                Voices = voices,
                Against = parsed.GetValue(against),
                Name = NameOf(to),
                Schema = SchemaFor(to, host),
                Seed = parsed.GetValue(seed),
                Generations = parsed.GetValue(search),
            };
            MatchResult result = Fit(host, request, cancellation);
            if (result.Text is { } text)
            {
                file.Stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
                file.Keep();
            }

            // The preset itself may be what goes down standard output.
            TextWriter report = to == "-" ? Console.Error : Console.Out;
            MatchReport.Write(report, result, sought, to);
            if (!parsed.GetValue(noPicture)
                && (parsed.GetValue(picture) ?? (to == "-" ? null : Path.ChangeExtension(to, ".png"))) is { } png)
                Draw(report, result, png);
            return ExitCode.Done;
        });
        return verb;
    }

    private static MatchResult Fit(FxHost host, MatchRequest request, CancellationToken cancellation)
    {
        using var bar = new ProgressBar();
        try
        {
            return PresetMatch.Fit(host, request, bar, cancellation);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
    }

    // A minute's work is not to be lost, and neither is what somebody edited.
    private static OutputFile Open(string to)
    {
        if (to != "-" && File.Exists(to) && !to.StartsWith("/dev/", StringComparison.Ordinal))
            throw new UsageException(
                $"\"{to}\" is there already and is left as it is. Choose another name with -o, or remove it first.");
        return OutputFile.Open(to);
    }

    // The library hands out all of an option's values in one list; where it was written, each begins a voice.
    private static List<List<string>> Voices(ParseResult parsed, Option<string[]> voice)
    {
        var voices = new List<List<string>>();
        HashSet<string> values = [.. parsed.GetRequiredValue(voice)];
        bool isInside = false;
        foreach (System.CommandLine.Parsing.Token token in parsed.Tokens)
        {
            if (token.Type == System.CommandLine.Parsing.TokenType.Option)
            {
                isInside = token.Value == voice.Name;
                if (isInside)
                    voices.Add([]);
            }
            else if (isInside && values.Contains(token.Value))
            {
                voices[^1].Add(token.Value);
            }
        }

        return voices;
    }

    private static string NameOf(string to)
    {
        string words = to == "-" ? "match" : NewPreset.IdFrom(to).Replace('-', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static string? SchemaFor(string to, FxHost host) =>
        to != "-" && Path.GetDirectoryName(Path.GetFullPath(to)) == host.Presets.Folder ? PresetSchema.FileName : null;

    private static void Draw(TextWriter report, MatchResult result, string path)
    {
        using OutputFile file = OutputFile.Open(path);
        MatchPicture.Draw(result).Save(file.Stream);
        file.Keep();
        report.WriteLine($"Drawn: {path}");
    }
}
