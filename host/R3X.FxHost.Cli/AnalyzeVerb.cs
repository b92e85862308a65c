using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using R3X.FxHost.Cli.Pictures;

namespace R3X.FxHost.Cli;

/// <summary><c>r3x analyze</c>: how loud a sound is, what colour it has, how much is left to understand; and a picture of it.</summary>
internal static class AnalyzeVerb
{
    private const string Nothing = "-";

    public static Command Create()
    {
        var verb = new Verb(
            "analyze",
            "Measures a sound: loudness, peaks, spectrum, intelligibility; draws its spectrum and spectrogram.",
            "r3x analyze out.wav                                  prints the figures, draws out.wav.png",
            "r3x analyze out.wav --against line.mp3               what the effects did to a line",
            "r3x analyze out.wav --picture pictures/out.png",
            "r3x render line.mp3 -o - | r3x analyze - --json");
        var file = new Argument<string>("FILE") { Description = "The sound; - is standard input." };
        var against = new Option<string?>("--against") { Description = "The sound it was made from.", HelpName = "DRY" };
        var picture = new Option<string?>("--picture") { Description = "The PNG file to draw into. Without it, FILE.png; of standard input, none.", HelpName = "OUT.png" };
        var noPicture = new Option<bool>("--no-picture") { Description = "Draw nothing." };
        var format = new Option<string?>("--input-format") { Description = "The format of FILE where it has no header, such as pcm_24000.", HelpName = "FORMAT" };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        file.NoOptions();
        verb.Arguments.Add(file);
        verb.Options.Add(against);
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
            Analysis wet = Analysis.Of(path, parsed.GetValue(format), cancellation);
            Analysis? dry = dryPath is null ? null : Analysis.Of(dryPath, null, cancellation);
            AnalysisRow row = AnalysisRow.Of(wet, dry is null ? null : AgainstRow.Of(dry, wet));
            if (!parsed.GetValue(noPicture))
                row = row with { Picture = Draw(wet, dry, row, path, parsed.GetValue(picture)) };
            if (parsed.GetValue(json))
                Json.Write(row);
            else
                Print(row);
            return ExitCode.Done;
        });
        return verb;
    }

    private static string? Draw(Analysis wet, Analysis? dry, AnalysisRow row, string path, string? named)
    {
        if (named is null && path == "-")
            return null;
        Canvas canvas = AnalysisPicture.Draw(wet, dry, Figures(row));
        try
        {
            Save(canvas, named ?? path + ".png");
            return named ?? path + ".png";
        }
        catch (IOException e) when (named is null)
        {
            // Nobody asked for it there: a read-only folder of recordings can still be measured.
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

    private static void Print(AnalysisRow row)
    {
        var table = new Listing("measure", "value", "what it is");
        table.Add("length", Say(row.Seconds, "0.00", " s"), $"{row.File}, {row.SampleRate} Hz, {(row.Channels == 1 ? "mono" : row.Channels == 2 ? "stereo" : $"{row.Channels} channels")}");
        table.Add("loudness", Say(row.IntegratedLufs, "0.0", " LUFS"), "integrated, pauses left out (BS.1770)");
        table.Add("loudest 3 s", Say(row.MaximumShortTermLufs, "0.0", " LUFS"), "short-term loudness");
        table.Add("loudest 400 ms", Say(row.MaximumMomentaryLufs, "0.0", " LUFS"), "momentary loudness");
        table.Add("loudness range", Say(row.LoudnessRangeLu, "0.0", " LU"), "from the softest tenth to the loudest twentieth");
        table.Add("true peak", Say(row.TruePeakDbtp, "0.00", " dBTP"), "the waveform between samples");
        table.Add("sample peak", Say(row.SamplePeakDbfs, "0.00", " dBFS"), "the highest sample");
        table.Add("RMS", Say(row.RmsDbfs, "0.0", " dBFS"), "root of the mean square");
        table.Add("crest factor", Say(row.CrestFactorDb, "0.0", " dB"), "sample peak over RMS");
        table.Add("from DJ R-3X", Say(row.VoiceProfileDistanceDb, "0.00", " dB"), "distance of the spectra; a clip of the character is 2.8 dB from the others");
        if (row.Against is { } against)
        {
            table.Add("before: from DJ R-3X", Say(against.VoiceProfileDistanceDb, "0.00", " dB"), against.File);
            table.Add("intelligibility", Say(against.Stoi, "0.000", ""), "STOI; 1 is as clear as before");
            table.Add("delay", Say(against.DelayMs, "0.00", " ms"), "found by cross-correlation, taken out for STOI");
            table.Add("loudness change", Say(against.LoudnessDifferenceLu, "+0.0;-0.0;0.0", " LU"), "after less before");
            table.Add("RMS change", Say(against.RmsDifferenceDb, "+0.0;-0.0;0.0", " dB"), "after less before");
        }

        table.Write();
        if (row.Picture is not null)
            Console.Out.WriteLine($"Drawn: {row.Picture}");
    }

    private static List<string> Figures(AnalysisRow row)
    {
        List<string> figures =
        [
            Say(row.Seconds, "0.00", " s") + ", " + Say(row.SampleRate / 1_000.0, "0.###", " kHz"),
            Say(row.IntegratedLufs, "0.0", " LUFS"),
            Say(row.TruePeakDbtp, "0.0", " dBTP"),
            "crest " + Say(row.CrestFactorDb, "0.0", " dB"),
            Say(row.VoiceProfileDistanceDb, "0.0", " dB from DJ R-3X") + (row.Against is { VoiceProfileDistanceDb: { } before } ? Say(before, "0.0", " before").Insert(0, ", ") : ""),
        ];
        if (row.Against is { } against)
            figures.Add("STOI " + Say(against.Stoi, "0.00", ""));
        return figures;
    }

    private static string Say(double? value, string format, string unit) =>
        value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) + unit : Nothing;
}
