using System;
using System.CommandLine;
using R3X.FxHost.Metering.Likeness;

namespace R3X.FxHost.Cli;

/// <summary><c>r3x profile</c>: what is typical of a character, from recordings of it.</summary>
internal static class ProfileVerb
{
    // Less than the ripple of most voices without any tube.
    private const double LeastRipple = 1;

    public static Command Create()
    {
        var verb = new Verb(
            "profile",
            "Measures recordings of a character and writes what is typical of them, for analyze --profile. "
            + "Pieces with music or noise under them are left out, and named.",
            "r3x profile clips/ -o robot.json                     every recording of a folder",
            "r3x profile one.wav two.mp3 -o robot.json",
            "r3x analyze out.wav --profile robot.json             how alike a line is to that character");
        var recordings = new Argument<string[]>("RECORDINGS")
        {
            Description = "Files or folders: the character's voice alone, 15 s or more together; 36 s settle it.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string?>("--out", "-o")
        {
            Description = "The profile to write; - is standard output.",
            HelpName = "CHARACTER.json",
        };
        var keepNoise = new Option<bool>("--keep-noise")
        {
            Description = "Use pieces with music or noise under them too, where the noise is the character's own.",
        };
        var json = new Option<bool>("--json") { Description = "Print what was used and what was left out as JSON." };
        recordings.NoOptions();
        verb.Arguments.Add(recordings);
        verb.Options.Add(output);
        verb.Options.Add(keepNoise);
        verb.Options.Add(json);
        verb.Does((parsed, cancellation) =>
        {
            string path = parsed.GetValue(output) ?? throw new UsageException("Say where to: -o character.json.");
            if (path == "-" && parsed.GetValue(json))
            {
                throw new UsageException(
                    "The profile and the report cannot both go to standard output. Name a file: -o character.json.");
            }

            CharacterRecordings read = RecordingFiles.Read(
                parsed.GetRequiredValue(recordings), parsed.GetValue(keepNoise), cancellation);
            CharacterProfile profile = read.Profile();
            using (var file = OutputFile.Open(path))
            {
                profile.Write(file.Stream);
                file.Keep();
            }

            if (read.Used.Count < CharacterRecordings.EnoughPieces)
            {
                Messages.Warning(FormattableString.Invariant(
                    $"{Pieces(read.Used.Count)} little: expect an error of {read.ExpectedErrorDb:0.0} dB. ")
                    + "With 5 pieces of about 3 s it is 1.4 dB, with 12 it is 0.7 dB.");
            }

            if (parsed.GetValue(json))
                Json.Write(ProfileRow.Of(path, profile, read));
            else if (path != "-")
                Print(path, profile, read);
            return ExitCode.Done;
        });
        return verb;
    }

    private static void Print(string path, CharacterProfile profile, CharacterRecordings read)
    {
        string left = read.Rejected.Count == 0 ? "none left out" : $"{read.Rejected.Count} left out";
        Console.Out.WriteLine($"Used: {profile.About} {char.ToUpperInvariant(left[0])}{left[1..]}.");
        Console.Out.WriteLine(profile.Median.Ripple < LeastRipple
            ? "Tube: none that the recordings agree on."
            : FormattableString.Invariant(
                $"Tube: {profile.RippleMs:0.00} ms, a ripple of {profile.Median.Ripple:0.0} dB."));
        Console.Out.WriteLine(
            FormattableString.Invariant($"Expected error of the tone: {read.ExpectedErrorDb:0.0} dB."));
        Console.Out.WriteLine($"Written: {path}");
    }

    private static string Pieces(int count) => count == 1 ? "One piece says" : $"{count} pieces say";
}
