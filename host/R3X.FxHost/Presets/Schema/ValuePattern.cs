using System.Collections.Generic;
using System.Linq;
using System.Text;
using R3X.FxHost.Presets.Values;

namespace R3X.FxHost.Presets.Schema;

/// <summary>
/// Regular expressions for what <see cref="ValueReader"/> and <see cref="ModulationReader"/> accept, so that an editor
/// underlines what a check would refuse.
/// </summary>
internal static class ValuePattern
{
    /// <summary>A value with its unit, without anchors.</summary>
    public static string Of(ValueRange range)
    {
        List<string> spellings = [];
        foreach (UnitSpelling unit in UnitSpelling.ProperFor(range.Quantity))
        {
            decimal step = 1;
            for (int i = 0; i < unit.Shift; i++)
                step *= 10;
            string number = NumberPattern.Between((decimal)range.Minimum / step, (decimal)range.Maximum / step);
            string name = unit.Text.StartsWith(':') ? @":\s*" + unit.Text[1..] : AnyCase(unit.Text);
            spellings.Add(unit.Text.Length == 0 ? number : $@"{number}\s*{name}");
        }

        return $"(?:{string.Join('|', spellings)})";
    }

    /// <summary>Any of the sentences that move a setting, without anchors.</summary>
    public static string OfModulation(ValueRange setting) =>
        string.Join('|', ModulationForm.All.Select(form => Of(form, setting)));

    /// <summary>A word in any case.</summary>
    public static string AnyCase(string word)
    {
        var pattern = new StringBuilder();
        foreach (char c in word)
        {
            if (char.IsAsciiLetter(c))
                pattern.Append('[').Append(char.ToUpperInvariant(c)).Append(char.ToLowerInvariant(c)).Append(']');
            else
                pattern.Append(c);
        }

        return pattern.ToString();
    }

    private static string Of(ModulationForm form, ValueRange setting)
    {
        var pattern = new StringBuilder(AnyCase(form.Keyword));
        for (int i = 0; i < form.Words.Length; i++)
        {
            string word = form.WordBefore(i);
            string part = (word.Length > 0 ? @"\s+" + AnyCase(word) : "") + @"\s+" + Of(form.RangeOf(i, setting));
            pattern.Append(form.IsOpen && i == form.Words.Length - 1 ? $"(?:{part})+" : part);
        }

        return pattern.ToString();
    }
}
