using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace R3X.FxHost.Presets.Diagnostics;

/// <summary>
/// Writes diagnostics the way people read them: the place and what is wrong, the source line with a caret under the
/// offending text, and the fix. Lines end in <c>\n</c>; there is none after the last.
/// </summary>
public static class DiagnosticText
{
    private const int WidestExcerpt = 160;
    private const int ContextBefore = 60;

    /// <summary>Writes one diagnostic.</summary>
    public static string Format(PresetDiagnostic diagnostic)
    {
        var text = new StringBuilder();
        text.Append(diagnostic.File);
        if (diagnostic.Line > 0)
            text.Append(CultureInfo.InvariantCulture, $":{diagnostic.Line}:{diagnostic.Column}");
        text.Append("  ");
        if (diagnostic.Severity == DiagnosticSeverity.Warning)
            text.Append("Warning: ");
        text.Append(diagnostic.Message).Append('\n');
        if (diagnostic.SourceLine is { } line)
            AppendExcerpt(text, diagnostic, line);
        return text.Append(' ').Append(diagnostic.Fix).ToString();
    }

    /// <summary>Writes several, with an empty line between them.</summary>
    public static string Format(IEnumerable<PresetDiagnostic> diagnostics)
    {
        var text = new StringBuilder();
        foreach (PresetDiagnostic diagnostic in diagnostics)
        {
            if (text.Length > 0)
                text.Append("\n\n");
            text.Append(Format(diagnostic));
        }

        return text.ToString();
    }

    private static void AppendExcerpt(StringBuilder text, PresetDiagnostic diagnostic, string line)
    {
        int start = Math.Clamp(diagnostic.Column - 1, 0, line.Length);
        int end = Math.Clamp(start + diagnostic.Length, start, line.Length);
        int from = line.Length > WidestExcerpt ? Math.Max(0, start - ContextBefore) : 0;
        int to = Math.Min(line.Length, from + WidestExcerpt);
        if (from > 0 && char.IsLowSurrogate(line[from]))
            from--;
        end = Math.Min(end, to);
        string before = from > 0 ? "…" : "";
        string after = to < line.Length ? "…" : "";
        string number = diagnostic.Line > 0 ? diagnostic.Line.ToString(CultureInfo.InvariantCulture) : "";
        text.Append(' ').Append(number).Append(" | ").Append(before);
        line = UnseenCharacters.Shown(line);
        AppendPrintable(text, line.AsSpan(from, to - from));
        text.Append(after).Append('\n');
        text.Append(' ', number.Length + 1).Append(" | ").Append(' ', before.Length);
        AppendBlanks(text, line.AsSpan(from, start - from));
        text.Append('^').Append('~', Math.Max(0, DisplayWidth.Of(line.AsSpan(start, end - start)) - 1)).Append('\n');
    }

    // A control character must not reach a terminal; a tab is kept, and kept in the caret's line too.
    private static void AppendPrintable(StringBuilder text, ReadOnlySpan<char> part)
    {
        foreach (char c in part)
            text.Append(char.IsControl(c) && c != '\t' ? '\uFFFD' : c);
    }

    private static void AppendBlanks(StringBuilder text, ReadOnlySpan<char> part)
    {
        foreach (Rune rune in part.EnumerateRunes())
        {
            if (rune.Value == '\t')
                text.Append('\t');
            else
                text.Append(' ', DisplayWidth.Of(rune));
        }
    }
}

/// <summary>
/// How many cells of a terminal text takes: two for East Asian wide characters and emoji, none for combining marks
/// (the blocks of Unicode Standard Annex 11 that are wide throughout), one for the rest.
/// </summary>
internal static class DisplayWidth
{
    public static int Of(ReadOnlySpan<char> text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
            width += Of(rune);
        return width;
    }

    public static int Of(Rune rune)
    {
        if (rune.Value < 0x300)
            return 1;
        if (rune.Value is 0x200B or 0x200D or (>= 0xFE00 and <= 0xFE0F))
            return 0;
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
            return 0;
        return IsWide(rune.Value) ? 2 : 1;
    }

    private static bool IsWide(int c) => c
        is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6)
        or (>= 0x1F300 and <= 0x1F64F)
            or (>= 0x1F680 and <= 0x1F6FF) or (>= 0x1F900 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);
}
