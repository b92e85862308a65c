using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace R3X.FxHost.Cli.Terminals;

/// <summary>
/// A table in a terminal: columns as wide as their cells where that fits; else the widest are narrowed and wrap at
/// words. In a terminal that is too narrow for columns of words, each row becomes a paragraph.
/// </summary>
internal static class WrappedTable
{
    private const int Gap = 2;

    // Longer ones, such as paths, may be cut.
    private const int LongestWholeWord = 20;

    /// <summary>The table's rows, each broken into as many lines as it takes.</summary>
    /// <param name="columns">The heads.</param>
    /// <param name="rows">The cells, as many a row as there are heads.</param>
    /// <param name="width">Letters in a row of the terminal.</param>
    public static string Draw(string[] columns, IReadOnlyList<string[]> rows, int width)
    {
        var text = new StringBuilder();
        if (Fit(columns, rows, width - (Gap * (columns.Length - 1))) is not { } widths)
        {
            foreach (string[] row in rows)
                AppendParagraph(text, columns, row, width);
            return text.ToString();
        }

        Append(text, columns, widths);
        text.AppendLine(new string('─', Math.Max(1, widths.Sum() + (Gap * (widths.Length - 1)))));
        foreach (string[] row in rows)
            Append(text, row, widths);
        return text.ToString();
    }

    /// <summary>A text in lines of at most so many letters, broken between words; a longer word is cut.</summary>
    public static List<string> Wrap(string text, int width)
    {
        List<string> lines = [];
        string line = "";
        foreach (string word in text.Split(' '))
        {
            string rest = word;
            if (line.Length > 0 && WidthOf(line) + 1 + WidthOf(rest) <= width)
            {
                line += " " + rest;
                continue;
            }

            if (line.Length > 0)
                lines.Add(line.TrimEnd());
            for (int cut = Fitting(rest, width); cut < rest.Length; cut = Fitting(rest, width))
            {
                lines.Add(rest[..cut]);
                rest = rest[cut..];
            }

            line = rest;
        }

        lines.Add(line.TrimEnd());
        return lines;
    }

    // Null where words would have to be cut.
    private static int[]? Fit(string[] columns, IReadOnlyList<string[]> rows, int width)
    {
        rows = [columns, .. rows];
        int[] widths = [.. columns.Select((_, i) => rows.Max(row => WidthOf(row[i])))];
        int[] words = [.. columns.Select((_, i) => rows.Max(row => LongestWord(row[i])))];
        Narrow(widths, words, width);
        Narrow(widths, [.. words.Select(word => Math.Min(word, LongestWholeWord))], width);
        return widths.Sum() <= width ? widths : null;
    }

    // The widest gives way first, so that short columns stay as they are.
    private static void Narrow(int[] widths, int[] least, int width)
    {
        while (widths.Sum() > width)
        {
            int widest = -1;
            for (int i = 0; i < widths.Length; i++)
            {
                if (widths[i] > least[i] && (widest < 0 || widths[i] > widths[widest]))
                    widest = i;
            }

            if (widest < 0)
                return;
            widths[widest]--;
        }
    }

    private static void Append(StringBuilder text, string[] cells, int[] widths)
    {
        List<string>[] wrapped = [.. cells.Select((cell, i) => Wrap(cell, widths[i]))];
        for (int line = 0; line < wrapped.Max(cell => cell.Count); line++)
        {
            var row = new StringBuilder();
            for (int i = 0; i < cells.Length; i++)
            {
                string part = line < wrapped[i].Count ? wrapped[i][line] : "";
                row.Append(part).Append(' ', Math.Max(0, widths[i] - WidthOf(part)) + Gap);
            }

            text.AppendLine(row.ToString().TrimEnd());
        }
    }

    // The first cell, and below it the others, each behind its column's head.
    private static void AppendParagraph(StringBuilder text, string[] columns, string[] row, int width)
    {
        for (int i = 0; i < row.Length; i++)
        {
            string indent = i == 0 ? "" : "  ";
            string head = i == 0 || columns[i].Length == 0 ? "" : columns[i] + ": ";
            foreach (string line in row[i].Length == 0 ? [] : Wrap(head + row[i], Math.Max(1, width - indent.Length)))
                text.Append(indent).AppendLine(line);
        }
    }

    private static int LongestWord(string text) => text.Split(' ').Max(WidthOf);

    private static int Fitting(string word, int width)
    {
        int cells = 0;
        int at = 0;
        foreach (Rune rune in word.EnumerateRunes())
        {
            cells += WidthOf(rune.ToString());
            if (cells > width && at > 0)
                return at;
            at += rune.Utf16SequenceLength;
        }

        return word.Length;
    }

    // Letters that are written over the one before take no room of their own; those of East Asia take two.
    private static int WidthOf(string text) => text.EnumerateRunes().Sum(rune => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => IsWide(rune.Value) ? 2 : 1,
    });

    private static bool IsWide(int letter) => letter
        is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF00 and <= 0xFF60) or (>= 0x1F300 and <= 0x1FAFF)
        or (>= 0x20000 and <= 0x3FFFD);
}
