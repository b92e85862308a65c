using System;
using System.Collections.Generic;
using System.Text;

namespace R3X.FxHost.Presets.Diagnostics;

/// <summary>What is wrong and what to do about it, before it is known where.</summary>
/// <param name="Message">What is wrong, a sentence.</param>
/// <param name="Fix">What to do, a sentence.</param>
/// <param name="Rule">What kind of mistake it is; null leaves that to whoever says where it is.</param>
internal readonly record struct Diagnostic(string Message, string Fix, DiagnosticRule? Rule = null)
{
    private const int LongestQuote = 48;

    /// <summary>Text from a file, in quotes, on one line and of bearable length.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in UnseenCharacters.Shown(text.AsSpan(0, Math.Min(text.Length, LongestQuote))))
            quoted.Append(char.IsControl(c) ? ' ' : c);
        return quoted.Append(text.Length > LongestQuote ? "…\"" : "\"").ToString();
    }

    /// <summary>A fix that may be any of several: <c>Write "a", "b" or "c".</c></summary>
    /// <param name="ways">What may be written; at least one.</param>
    public static string FixOf(IReadOnlyList<string> ways)
    {
        var fix = new StringBuilder("Write ");
        for (int i = 0; i < ways.Count; i++)
            fix.Append(i == 0 ? "" : i == ways.Count - 1 ? " or " : ", ").Append('"').Append(ways[i]).Append('"');
        return fix.Append('.').ToString();
    }

    /// <summary>A fix that shows the right spelling where it can be guessed and then what there is to choose from.</summary>
    /// <param name="nearest">The likely spelling, or null.</param>
    /// <param name="owner">What owns the names, with its verb: <c>comb has</c>.</param>
    /// <param name="names">The names there are; at least one.</param>
    public static string FixFor(string? nearest, string owner, IEnumerable<string> names)
    {
        string list = $"{owner}: {string.Join(", ", names)}.";
        return nearest is null ? list : $"Write \"{nearest}\". {list}";
    }
}
