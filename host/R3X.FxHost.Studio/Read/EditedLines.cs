using System;
using System.Collections.Generic;
using System.Linq;

namespace R3X.FxHost.Studio.Read;

/// <summary>A text that was edited by a program that knows one kind of line ending only.</summary>
internal static class EditedLines
{
    /// <summary>The edited text, with the line endings of the text that it was made of wherever a line stayed, and new
    /// lines ended as most of its lines are.</summary>
    /// <param name="basis">The text before.</param>
    /// <param name="lines">The text after, its lines ended by <c>\n</c>.</param>
    public static string Into(string basis, string lines)
    {
        List<string> before = Split(basis);
        List<string> after = Split(lines);
        int most = Math.Min(before.Count, after.Count);
        int head = 0;
        while (head < most && IsSame(before[head], after[head]))
            head++;
        int tail = 0;
        while (tail < most - head && IsSame(before[^(tail + 1)], after[^(tail + 1)]))
            tail++;
        string ending = before.Select(EndingOf).Where(end => end.Length > 0).GroupBy(end => end)
            .MaxBy(group => group.Count())?.Key ?? "\n";
        string edited = string.Concat(before.Take(head))
            + string.Concat(after.Skip(head).Take(after.Count - head - tail).Select(line => Ended(line, ending)))
            + string.Concat(before.TakeLast(tail));
        // A return that comes to stand in front of a line feed would be one ending with it.
        return Split(edited).Count == after.Count ? edited : string.Concat(after.Select(line => Ended(line, ending)));
    }

    private static bool IsSame(string before, string after) =>
        before.Length - EndingOf(before).Length == after.Length - EndingOf(after).Length
        && (EndingOf(before).Length > 0) == (EndingOf(after).Length > 0)
        && before.AsSpan(0, before.Length - EndingOf(before).Length)
            .SequenceEqual(after.AsSpan(0, after.Length - EndingOf(after).Length));

    private static string Ended(string line, string ending) =>
        line.EndsWith('\n') ? string.Concat(line.AsSpan(0, line.Length - 1), ending) : line;

    private static string EndingOf(string line) =>
        line.EndsWith("\r\n", StringComparison.Ordinal) ? "\r\n" : line.EndsWith('\n') ? "\n"
        : line.EndsWith('\r') ? "\r" : "";

    // Each line with its ending; the last may have none.
    private static List<string> Split(string text)
    {
        List<string> lines = [];
        int start = 0;
        while (start < text.Length)
        {
            int end = text.IndexOfAny(['\r', '\n'], start);
            int next = end < 0 ? text.Length : text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n'
                ? end + 2 : end + 1;
            lines.Add(text[start..next]);
            start = next;
        }

        return lines;
    }
}
