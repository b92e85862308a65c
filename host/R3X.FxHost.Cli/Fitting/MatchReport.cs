using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using R3X.FxHost.Matching;

namespace R3X.FxHost.Cli.Fitting;

/// <summary>What a fit came to, for people.</summary>
internal static class MatchReport
{
    public static void Write(TextWriter to, MatchResult result, SoughtCharacter sought, string file)
    {
        var table = new Listing("voice", "lines", "dry", result.Against, "match", "worst line", "least STOI");
        foreach (var group in result.Lines.GroupBy(line => (line.Voice, line.IsHeldBack)))
        {
            MatchedLine worst = group.MaxBy(line => line.Match)!;
            table.Add(
                group.Key.Voice,
                $"{group.Count()} {(group.Key.IsHeldBack ? "held back" : "fitted")}",
                Say(Median(group, line => line.Dry)),
                Say(Median(group, line => line.Against)),
                result.Text is null ? "-" : Say(Median(group, line => line.Match)),
                result.Text is null ? "-" : $"{Say(worst.Match)} {worst.Name}",
                result.Text is null ? "-" : Say(group.Min(line => line.Stoi)));
        }

        table.Write(to);
        to.WriteLine("Likeness, median over lines: 1.00 is what a recording of the character scores; less is nearer.");
        to.WriteLine(FormattableString.Invariant($"Fitted to {result.SecondsFitted:0.0} s of voice. ")
            + (result.TubeMs > 0
                ? FormattableString.Invariant($"The character speaks through a tube of {result.TubeMs:0.00} ms.")
                : "There is no tube."));
        if (!result.Lines.Any(line => line.IsHeldBack))
        {
            to.WriteLine("No line was held back: that takes 12 s of voice in three lines. "
                + "How close other words come is not known.");
        }

        if (sought.Recordings is { } recordings)
        {
            to.WriteLine(FormattableString.Invariant(
                $"Recordings: {recordings.Used.Count} pieces used, {recordings.Rejected.Count} left out; ")
                + FormattableString.Invariant($"expect an error of {recordings.ExpectedErrorDb:0.0} dB."));
        }

        to.WriteLine("No score hears a performance: pitch, melody and acting are the speaker's. Listen first.");
        to.WriteLine(result.Verdict);
        if (result.Text is not null && file != "-")
            to.WriteLine($"Written: {file}");
    }

    private static string Say(double value) =>
        double.IsFinite(value) ? value.ToString("0.00", CultureInfo.InvariantCulture) : "-";

    private static double Median(IEnumerable<MatchedLine> lines, Func<MatchedLine, double> of)
    {
        double[] sorted = [.. lines.Select(of).Where(double.IsFinite).Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
