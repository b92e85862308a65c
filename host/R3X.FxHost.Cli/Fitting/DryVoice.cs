using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using R3X.FxHost.Matching;
using R3X.FxHost.Metering.Likeness;

namespace R3X.FxHost.Cli.Fitting;

/// <summary>The dry lines of a voice, as the command line names them.</summary>
internal static class DryVoice
{
    private const double Least = 2;
    private const double Usable = 5;
    private const double LongLine = 12;

    /// <exception cref="UsageException">A file that cannot be used, or too little in all.</exception>
    public static MatchVoice Of(IReadOnlyList<string> files, CancellationToken cancellation)
    {
        if (files.Count == 0)
            throw new UsageException("--voice names no line. Write its dry lines behind it: --voice a1.mp3 a2.mp3.");
        var lines = new List<MatchLine>();
        foreach (string file in files)
        {
            var sound = Analysis.Of(file, null, cancellation);
            var line = new MatchLine(sound.Name, sound.Mono, sound.Format.SampleRate);
            if (sound.MonoSeconds > LongLine)
                lines.AddRange(Pieces(line));
            else
                lines.Add(line);
        }

        string name = files.Count == 1 ? Path.GetFileNameWithoutExtension(files[0]) : CommonName(files);
        double seconds = lines.Sum(line => (double)line.Samples.Length / line.SampleRate);
        if (seconds < Least)
            throw new UsageException($"{name}: {seconds:0.0} s of voice say too little of it. Give 8 s or more, dry.");
        if (seconds < Usable)
            Messages.Warning($"{name}: {seconds:0.0} s of voice are little. From 8 to 12 s on a fit has settled.");
        return new MatchVoice(name, lines);
    }

    // As recordings are cut: at pauses, some 3 s of speech each.
    private static IEnumerable<MatchLine> Pieces(MatchLine line)
    {
        var cut = new CharacterRecordings { KeepsNoise = true };
        cut.Add(line.Name, line.Samples, line.SampleRate);
        RecordingPiece[] pieces = [.. cut.Used.Concat(cut.Rejected).Where(piece =>
            piece.Length.TotalSeconds >= 1).OrderBy(piece => piece.Start)];
        return pieces.Length == 0 ? [line] : pieces.Select(piece =>
        {
            int from = (int)(piece.Start.TotalSeconds * line.SampleRate);
            int to = Math.Min(line.Samples.Length, from + (int)(piece.Length.TotalSeconds * line.SampleRate));
            string name = FormattableString.Invariant($"{line.Name} from {piece.Start.TotalSeconds:0.0} s");
            return line with { Name = name, Samples = line.Samples[from..to] };
        });
    }

    // Files of one folder are a voice of its name; others what their names begin with alike.
    private static string CommonName(IReadOnlyList<string> files)
    {
        string[] names = [.. files.Select(file => Path.GetFileNameWithoutExtension(file)!)];
        int same = 0;
        while (names.All(name => same < name.Length && name[same] == names[0][same]))
            same++;
        string common = names[0][..same].TrimEnd('-', '_', ' ', '.', '0');
        if (common.Length > 1)
            return common;
        string? folder = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(files[0])));
        return string.IsNullOrEmpty(folder) ? names[0] : folder;
    }
}
