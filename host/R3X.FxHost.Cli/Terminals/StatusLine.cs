using System.IO;

namespace R3X.FxHost.Cli.Terminals;

/// <summary>One line of a terminal that is written over again and again, whatever the terminal's width.</summary>
internal static class StatusLine
{
    /// <summary>Back to the line's beginning, and away with what stands there.</summary>
    public const string Clear = "\r\e[K";

    // A line that goes on in the next row could not be cleared: what does not fit is cut by the terminal as well.
    private const string WithoutWrapping = "\e[?7l";
    private const string Wrapping = "\e[?7h";

    /// <summary>The line with a text in it, in place of what it said.</summary>
    /// <param name="text">The text; cut to the terminal's width.</param>
    public static string Of(string text) => Clear + WithoutWrapping + Cut(text, Terminal.Columns) + Wrapping;

    /// <summary>Writes the line with a text in it.</summary>
    /// <param name="to">The terminal.</param>
    /// <param name="text">The text.</param>
    public static void Write(TextWriter to, string text) => to.Write(Of(text));

    private static string Cut(string text, int columns) =>
        text.Length < columns ? text : columns < 2 ? "" : text[..(columns - 2)] + "…";
}
