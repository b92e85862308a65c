using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using R3X.FxHost.Cli.Terminals;

namespace R3X.FxHost.Cli;

/// <summary>
/// A table, as every listing draws it: wrapped at words to fit a terminal; in a pipe plain, one row a line, columns
/// aligned.
/// </summary>
internal sealed class Listing(params string[] columns)
{
    private const int Gap = 2;
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Writes it to standard output.</summary>
    public void Write() => Write(Console.Out);

    /// <summary>Writes it to standard output or standard error.</summary>
    public void Write(TextWriter to)
    {
        if (to != Console.Out || Console.IsOutputRedirected)
            to.Write(Plain());
        else
            Draw();
    }

    /// <summary>A word of an enumeration, as presets spell it.</summary>
    public static string Word<T>(T word)
        where T : struct, Enum => string.Create(null, $"{word}").ToUpperInvariant() is var upper
            ? string.Create(upper.Length, upper, static (span, text) => text.AsSpan().ToLowerInvariant(span))
            : "";

    private string Plain()
    {
        int[] widths =
            [.. columns.Select((column, i) => _rows.Select(row => row[i].Length).Append(column.Length).Max())];
        var text = new StringBuilder();
        foreach (string[] row in _rows.Prepend(columns))
        {
            var line = new StringBuilder();
            for (int i = 0; i < row.Length; i++)
                line.Append(row[i].PadRight(widths[i] + Gap));
            text.AppendLine(line.ToString().TrimEnd());
        }

        return text.ToString();
    }

    private void Draw() => Console.Out.Write(WrappedTable.Draw(columns, _rows, Terminal.Columns));
}
