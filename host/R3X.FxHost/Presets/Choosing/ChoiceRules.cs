using System.Collections.Generic;
using System.Linq;

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
        Entries.MaxBy(entry => entry.Holding(line) - entry.Conditions.Count)?.WhyNot(line, presetId) ?? "it has no use-when";
}
