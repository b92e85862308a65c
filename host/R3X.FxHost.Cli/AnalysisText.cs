using System;
using System.Collections.Generic;
using System.Globalization;

namespace R3X.FxHost.Cli;

/// <summary>What <c>analyze</c> says to people: a table, and the line of figures on the picture.</summary>
internal static class AnalysisText
{
    private const string Nothing = "-";

    // A score of less speech says little.
    private const double LeastSeconds = 2;

    public static void Write(AnalysisRow row)
    {
        var table = new Listing("measure", "value", "what it is");
        string channels = row.Channels == 1 ? "mono" : row.Channels == 2 ? "stereo" : $"{row.Channels} channels";
        table.Add("length", Say(row.Seconds, "0.00", " s"), $"{row.File}, {row.SampleRate} Hz, {channels}");
        table.Add("loudness", Say(row.IntegratedLufs, "0.0", " LUFS"), "integrated, pauses left out (BS.1770)");
        table.Add("loudest 3 s", Say(row.MaximumShortTermLufs, "0.0", " LUFS"), "short-term loudness");
        table.Add("loudest 400 ms", Say(row.MaximumMomentaryLufs, "0.0", " LUFS"), "momentary loudness");
        table.Add("loudness range", Say(row.LoudnessRangeLu, "0.0", " LU"), "softest tenth to loudest twentieth");
        table.Add("true peak", Say(row.TruePeakDbtp, "0.00", " dBTP"), "the waveform between samples");
        table.Add("sample peak", Say(row.SamplePeakDbfs, "0.00", " dBFS"), "the highest sample");
        table.Add("RMS", Say(row.RmsDbfs, "0.0", " dBFS"), "root of the mean square");
        table.Add("crest factor", Say(row.CrestFactorDb, "0.0", " dB"), "sample peak over RMS");
        AddLikeness(table, row);
        if (row.Against is { } against)
        {
            table.Add("intelligibility", Say(against.Stoi, "0.000", ""), "STOI; 1 is as clear as before");
            table.Add("delay", Say(against.DelayMs, "0.00", " ms"), "found by cross-correlation, taken out for STOI");
            table.Add(
                "loudness change", Say(against.LoudnessDifferenceLu, "+0.0;-0.0;0.0", " LU"), "after less before");
            table.Add("RMS change", Say(against.RmsDifferenceDb, "+0.0;-0.0;0.0", " dB"), "after less before");
        }

        table.Write();
        if (row.Picture is not null)
            Console.Out.WriteLine($"Drawn: {row.Picture}");
    }

    public static List<string> Figures(AnalysisRow row)
    {
        List<string> figures =
        [
            Say(row.Seconds, "0.00", " s") + ", " + Say(row.SampleRate / 1_000.0, "0.###", " kHz"),
            Say(row.IntegratedLufs, "0.0", " LUFS"),
            Say(row.TruePeakDbtp, "0.0", " dBTP"),
            "crest " + Say(row.CrestFactorDb, "0.0", " dB"),
        ];
        if (row.Likeness is { } likeness)
            figures.Add($"{likeness.Character} " + Beside(row, of => of.Sound, "0.00", ""));
        if (row.Against is { } against)
            figures.Add("STOI " + Say(against.Stoi, "0.00", ""));
        return figures;
    }

    // Parts first, then the whole: an equaliser's part, a comb's, and what the others do to a voice.
    private static void AddLikeness(Listing table, AnalysisRow row)
    {
        string name = row.Likeness?.Character ?? row.Against?.Likeness?.Character ?? "the character";
        string enough = row.Seconds < LeastSeconds ? "; say 2 s or more to be judged" : "";
        table.Add("tone", Beside(row, of => of.Tone, "0.00", ""), $"the colour; 1 is {name}, more is further away");
        table.Add("metal", Beside(row, of => of.Metal, "0.00", ""), "the tube: peaks and dips at even distances");
        table.Add("texture", Beside(row, of => of.Texture, "0.00", ""), "crest, level, hum, decay: what effects spoil");
        table.Add(
            "likeness", Beside(row, of => of.Sound, "0.00", ""), $"the whole; 1 is a recording of {name}{enough}");
        table.Add(
            "pitch", Beside(row, of => of.PitchHz, "0", " Hz"), "median; the speaker's own, not part of the likeness");
        table.Add("melody", Beside(row, of => of.MelodySemitones, "0.0", " semitones"), "standard deviation; likewise");
    }

    private static string Beside(AnalysisRow row, Func<LikenessRow, double?> of, string format, string unit)
    {
        string now = Say(row.Likeness is { } likeness ? of(likeness) : null, format, unit);
        return row.Against is { } against
            ? $"{now}, before {Say(against.Likeness is { } before ? of(before) : null, format, "")}"
            : now;
    }

    private static string Say(double? value, string format, string unit) =>
        value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) + unit : Nothing;
}
