using System.CommandLine;
using System.IO;
using R3X.FxHost.Cli.Pictures;

namespace R3X.FxHost.Cli;

/// <summary><c>r3x analyze</c>: how loud a sound is, what colour it has, how much is left to understand; and a picture
/// of it.</summary>
internal static class AnalyzeVerb
{
    public static Command Create()
    {
        var verb = new Verb(
            "analyze",
            "Measures a sound: loudness, peaks, likeness to a character, intelligibility; draws its spectrum and "
            + "spectrogram.",
            "r3x analyze out.wav                            # prints the figures, draws out.wav.png in this folder",
            "r3x analyze out.wav --against line.mp3         # what the effects did to a line",
            "r3x analyze out.wav --profile character.json   # how alike it is to another character than DJ R-3X",
            "r3x analyze out.wav -o pictures/out.png",
            "r3x render line.mp3 -o - | r3x analyze - --json");
        var file = new Argument<string>("FILE") { Description = "The sound; - is standard input." };
        var against = new Option<string?>("--against") { Description = "The sound it was made from.",
            HelpName = "DRY" };
        var profile = new Option<string?>("--profile")
        {
            Description = "The character to compare with: a file that r3x profile wrote. Without it, DJ R-3X.",
            HelpName = "CHARACTER.json",
        };
        var picture = new Option<string?>("--picture", "-o")
        {
            Description = "The PNG file to draw into. Without it, FILE.png in the working folder; "
                + "of standard input, none.",
            HelpName = "OUT.png",
        };
        var noPicture = new Option<bool>("--no-picture") { Description = "Draw nothing." };
        var format = new Option<string?>("--input-format") { Description =
            "The format of FILE where it has no header, such as pcm_24000.", HelpName = "FORMAT" };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        file.NoOptions();
        verb.Arguments.Add(file);
        verb.Options.Add(against);
        verb.Options.Add(profile);
        verb.Options.Add(picture);
        verb.Options.Add(noPicture);
        verb.Options.Add(format);
        verb.Options.Add(json);
        verb.Does((parsed, cancellation) =>
        {
            string path = parsed.GetRequiredValue(file);
            string? dryPath = parsed.GetValue(against);
            if (path == "-" && dryPath == "-")
                throw new UsageException("Both sounds cannot come from standard input. Name a file for one of them.");
            if (parsed.GetValue(noPicture) && parsed.GetValue(picture) is not null)
                throw new UsageException("--picture and --no-picture do not go together. Leave one of them out.");
            var character = Character.Of(parsed.GetValue(profile));
            Analysis wet = Analysis.Of(path, parsed.GetValue(format), cancellation);
            Analysis? dry = dryPath is null ? null : Analysis.Of(dryPath, null, cancellation);
            AnalysisRow row = AnalysisRow.Of(wet, character, dry is null ? null : AgainstRow.Of(dry, wet, character));
            if (!parsed.GetValue(noPicture))
                row = row with { Picture = Draw(wet, dry, character, row, path, parsed.GetValue(picture)) };
            if (parsed.GetValue(json))
                Json.Write(row);
            else
                AnalysisText.Write(row);
            return ExitCode.Done;
        });
        return verb;
    }

    private static string? Draw(
        Analysis wet, Analysis? dry, Character character, AnalysisRow row, string path, string? named)
    {
        if (named is null && path == "-")
            return null;
        Canvas canvas = AnalysisPicture.Draw(wet, dry, character, AnalysisText.Figures(row));
        // Never beside the sound: its folder is often somebody else's, or a collection that is read whole.
        string drawn = named ?? Path.GetFileName(path) + ".png";
        try
        {
            Save(canvas, drawn);
            return drawn;
        }
        catch (IOException e) when (named is null)
        {
            // Nobody asked for it there: in a read-only folder a sound can still be measured.
            Messages.Warning($"The picture was not drawn. {e.Message}");
            return null;
        }
    }

    private static void Save(Canvas canvas, string path)
    {
        using OutputFile file = OutputFile.Open(path);
        canvas.Save(file.Stream);
        file.Keep();
    }
}
