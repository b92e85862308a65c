using System;
using System.Globalization;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets.Yaml;

/// <summary>
/// Characters that the YAML parser reports at 1:1, or not at all: tabs and other blanks in front of a line, control
/// characters. They are looked for beforehand, so that each is named where it stands.
/// </summary>
internal static class OddCharacters
{
    /// <summary>How many characters in front of a line are blanks of any kind.</summary>
    public static int BlanksOf(ReadOnlySpan<char> line)
    {
        int i = 0;
        while (i < line.Length && char.IsWhiteSpace(line[i]))
            i++;
        return i;
    }

    /// <summary>Whether a character does not belong into a text at all.</summary>
    public static bool IsControl(char c) => char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\u0085');

    /// <returns>Whether the depth of some lines is a guess from here on.</returns>
    public static bool Report(SourceText source, DiagnosticBag diagnostics)
    {
        for (int i = 0; i < source.Text.Length; i++)
        {
            if (IsControl(source.Text[i]))
            {
                diagnostics.Error(
                    source.SpanAt(i),
                    string.Create(CultureInfo.InvariantCulture,
                        $"A character that cannot be seen stands here (U+{(int)source.Text[i]:X4})."),
                    "Delete it.");
            }
        }

        return ReportIndents(source, diagnostics);
    }

    private static bool ReportIndents(SourceText source, DiagnosticBag diagnostics)
    {
        int first = -1;
        int lines = 0;
        for (int line = 1; line <= source.LineCount; line++)
        {
            int start = source.StartOf(line);
            ReadOnlySpan<char> text = source.Text.AsSpan(start, source.EndOf(line) - start);
            ReadOnlySpan<char> blanks = text[..BlanksOf(text)];
            int odd = 0;
            while (odd < blanks.Length && blanks[odd] == ' ')
                odd++;
            if (odd == blanks.Length || blanks.Length == text.Length || text[blanks.Length] == '#')
                continue;
            if (lines++ == 0)
                first = start + odd;
        }

        if (lines == 0)
            return false;
        bool tab = source.Text[first] == '\t';
        string what = tab ? "tabs"
            : $"blanks that are not spaces; the first is {UnseenCharacters.NameOf(source.Text[first])}";
        string subject = lines == 1
            ? "This line is" : string.Create(CultureInfo.InvariantCulture, $"This line and {lines - 1} more are");
        diagnostics.Error(
            source.SpanAt(first),
            $"{subject} indented with {what}; only spaces count.",
            tab ? "Replace each tab by two spaces." : "Replace them by spaces.");
        return true;
    }
}
