using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Metering.Likeness;

namespace R3X.FxHost.Matching;

/// <summary>What lines score, and what that says.</summary>
internal static class MatchTable
{
    // Smaller differences are not seen in the report.
    private const double Slack = 0.005;

    /// <summary>
    /// The median over lines; of those held back where there are any, for the others were fitted. NaN where none could
    /// be measured.
    /// </summary>
    public static double Median(IReadOnlyList<MatchedLine> lines, Func<MatchedLine, double> of)
    {
        bool isAnyHeldBack = lines.Any(line => line.IsHeldBack);
        return Percentile.Median(
            [.. lines.Where(line => line.IsHeldBack == isAnyHeldBack).Select(of).Where(double.IsFinite)]);
    }

    /// <summary>The median score of the match.</summary>
    public static double MatchMedian(IReadOnlyList<MatchedLine> lines) => Median(lines, line => line.Match);

    /// <summary>
    /// Whether the match is no worse than the preset that is compared with, neither on the lines that were fitted nor
    /// on those that were not.
    /// </summary>
    public static bool IsNoWorse(IReadOnlyList<MatchedLine> lines) => IsBelow(lines, line => line.Against, -Slack);

    /// <summary>Whether it is better than the dry voice, by a margin, on both as well.</summary>
    public static bool IsBetterThanDry(IReadOnlyList<MatchedLine> lines, double margin) =>
        IsBelow(lines, line => line.Dry, margin);

    private static bool IsBelow(IReadOnlyList<MatchedLine> lines, Func<MatchedLine, double> of, double margin) =>
        lines.GroupBy(line => line.IsHeldBack).All(group =>
            MatchMedian([.. group]) < Median([.. group], of) - margin);
}
