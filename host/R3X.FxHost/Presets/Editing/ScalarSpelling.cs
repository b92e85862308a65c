using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace R3X.FxHost.Presets.Editing;

/// <summary>Ways to write one value in YAML, the most fitting first. Which of them hold in their place is seen by
/// reading them back.</summary>
internal static class ScalarSpelling
{
    private static readonly string[] OtherMeanings = ["true", "false", "yes", "no", "on", "off", "null", "y", "n",
        "nan", ".nan", ".inf"];

    /// <param name="before">What is written now; null when nothing is. Its quotes are kept.</param>
    /// <param name="isProse">Whether it is a name or a sentence, which other programs must not take for a number or a
    /// switch.</param>
    public static IEnumerable<string> Of(string value, string? before, bool isProse)
    {
        if (before is ['\'', ..] && !value.AsSpan().ContainsAny('\r', '\n'))
            yield return SingleQuoted(value);
        if (before is not ['"', ..] && IsPlain(value, isProse))
            yield return value;
        yield return DoubleQuoted(value);
    }

    private static bool IsPlain(string value, bool isProse) =>
        value.Length > 0 && value == value.Trim() && !value.Any(char.IsControl)
        && (!isProse || (char.IsLetter(value[0]) && !OtherMeanings.Contains(value, StringComparer.OrdinalIgnoreCase)));

    private static string SingleQuoted(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string DoubleQuoted(string value)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in value)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' =>
                    quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
