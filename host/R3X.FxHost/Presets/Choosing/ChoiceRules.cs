using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using R3X.FxHost.Chains;

namespace R3X.FxHost.Presets.Choosing;

/// <summary>When a preset is to be used: its <c>use-when</c> and its <c>priority</c>. Immutable.</summary>
/// <param name="Entries">The entries; any one may match.</param>
/// <param name="Priority">Decides between presets that match as much; 0 unless written.</param>
internal sealed record ChoiceRules(IReadOnlyList<UseWhenEntry> Entries, int Priority)
{
    /// <summary>The matching entry with the most conditions, the first of several; null when none matches.</summary>
    public UseWhenEntry? Best(MatchedLine line, string presetId)
    {
        UseWhenEntry? best = null;
        foreach (UseWhenEntry entry in Entries)
        {
            if ((best is null || entry.Conditions.Count > best.Conditions.Count) && entry.Matches(line, presetId))
                best = entry;
        }

        return best;
    }

    /// <summary>What kept the entry that came nearest from matching; for rules without a match.</summary>
    public string WhyNot(MatchedLine line, string presetId) =>
        Entries.MaxBy(entry => entry.Holding(line) - entry.Conditions.Count)?.WhyNot(line, presetId)
            ?? "it has no use-when";
}

/// <summary>One entry under <c>use-when:</c>: all of its conditions must hold. Immutable.</summary>
/// <param name="Index">Its place in the list, from 0.</param>
/// <param name="Chance">How often it may match when they hold, in percent; null for always.</param>
internal sealed record UseWhenEntry(int Index, IReadOnlyList<Condition> Conditions, double? Chance)
{
    /// <summary>Whether it matches a line. Its score is the number of its conditions.</summary>
    public bool Matches(MatchedLine line, string presetId)
    {
        foreach (Condition condition in Conditions)
        {
            if (!condition.Holds(line))
                return false;
        }

        return ChanceHolds(line, presetId);
    }

    /// <summary>The conditions that hold, as people read them.</summary>
    public string Said
    {
        get
        {
            IEnumerable<string> said = Conditions.Select(condition => condition.Said);
            return string.Join(", ", Chance is { } chance
                ? said.Append(string.Create(CultureInfo.InvariantCulture, $"chance: {chance}%")) : said);
        }
    }

    public int Holding(MatchedLine line) => Conditions.Count(condition => condition.Holds(line));

    /// <summary>The first thing that keeps it from matching, or null.</summary>
    public string? WhyNot(MatchedLine line, string presetId)
    {
        if (Conditions.FirstOrDefault(condition => !condition.Holds(line)) is { } missed)
            return missed.WhyNot(line);
        return ChanceHolds(line, presetId) ? null : string.Create(
            CultureInfo.InvariantCulture, $"the chance of {Chance}% was not drawn with seed {line.Traits.Seed}");
    }

    private bool ChanceHolds(MatchedLine line, string presetId) =>
        Chance is not { } percent
            || 100 * SeededRandom.Share(line.Traits.Seed, $"{presetId}/use-when/{Index}") < percent;
}
