using System;
using System.Globalization;
using System.Text;

namespace R3X.FxHost.Cli.PresetFiles;

/// <summary>What a patch changes in a text, as <c>diff -u</c> shows it: one hunk from the first changed line to the
/// last.</summary>
// Not DiffPlex: its differences of texts with CRLF are empty.
internal static class TextDiff
{
    private const int Context = 3;

    /// <summary>The difference; empty when there is none.</summary>
    public static string Of(string before, string after, string name)
    {
        string[] old = LinesOf(before);
        string[] now = LinesOf(after);
        int same = 0;
        while (same < Math.Min(old.Length, now.Length) && old[same] == now[same])
            same++;
        int sameAtEnd = 0;
        while (sameAtEnd < Math.Min(old.Length, now.Length) - same && old[^(sameAtEnd + 1)] == now[^(sameAtEnd + 1)])
            sameAtEnd++;
        if (same == old.Length && same == now.Length)
            return "";
        int from = Math.Max(0, same - Context);
        int lastContext = Math.Min(Context, sameAtEnd);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"--- {name}\n+++ {name}\n@@ -{Place(from, old.Length - sameAtEnd + lastContext)} "
            + $"+{Place(from, now.Length - sameAtEnd + lastContext)} @@\n");
        Append(text, ' ', old.AsSpan(from..same));
        Append(text, '-', old.AsSpan(same..^sameAtEnd));
        Append(text, '+', now.AsSpan(same..^sameAtEnd));
        Append(text, ' ', old.AsSpan(^sameAtEnd..^(sameAtEnd - lastContext)));
        return text.ToString();
    }

    private static void Append(StringBuilder text, char mark, ReadOnlySpan<string> lines)
    {
        foreach (string line in lines)
        {
            text.Append(mark).Append(line.TrimEnd('\r', '\n')).Append('\n');
            if (!line.EndsWith('\n') && !line.EndsWith('\r'))
                text.Append("\\ No newline at end of file\n");
        }
    }

    private static string Place(int from, int to) =>
        string.Create(CultureInfo.InvariantCulture, $"{(to > from ? from + 1 : from)},{to - from}");

    // Each with the break that ends it, so that a changed break is a changed line.
    private static string[] LinesOf(string text)
    {
        var lines = new System.Collections.Generic.List<string>();
        for (int start = 0; start < text.Length;)
        {
            int end = text.AsSpan(start).IndexOf('\n');
            end = end < 0 ? text.Length : start + end + 1;
            lines.Add(text[start..end]);
            start = end;
        }

        return [.. lines];
    }
}
