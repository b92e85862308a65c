using System;
using R3X.FxHost.Presets.Choosing;

namespace R3X.FxHost.Presets;

/// <summary>A preset in the choice for one line.</summary>
/// <param name="Id">The preset.</param>
/// <param name="File">Its file.</param>
/// <param name="Rules">What it competes with; null when that never could be read.</param>
/// <param name="Best">The entry that matched; null when none did.</param>
internal sealed record Contender(string Id, string File, ChoiceRules? Rules, UseWhenEntry? Best) : IComparable<Contender>
{
    /// <summary>How many conditions matched.</summary>
    public int Score => Best?.Conditions.Count ?? -1;

    /// <summary>Below 0 when it comes in front of another: more conditions, then the higher priority, then the id.</summary>
    public int CompareTo(Contender? other)
    {
        if (other is null)
            return -1;
        int order = other.Score.CompareTo(Score);
        if (order == 0)
            order = (other.Rules?.Priority ?? 0).CompareTo(Rules?.Priority ?? 0);
        return order != 0 ? order : string.CompareOrdinal(Id, other.Id);
    }
}
