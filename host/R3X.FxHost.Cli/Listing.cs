using System;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace R3X.FxHost.Cli;

/// <summary>Tables as every listing draws them.</summary>
internal static class Listing
{
    // Piped output has no window; this is wide enough for any listing here without breaking lines.
    private const int PipeWidth = 200;

    public static Table Table(params string[] columns)
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = PipeWidth;
        var table = new Table { Border = TableBorder.Simple };
        foreach (string column in columns)
            table.AddColumn(column);
        return table;
    }

    /// <summary>Text as it is: brackets in it are no markup.</summary>
    public static IRenderable Cell(string text) => new Text(text);

    /// <summary>A word of an enumeration, as presets spell it.</summary>
    public static IRenderable Cell<T>(T word)
        where T : struct, Enum => new Text(Word(word));

    public static string Word<T>(T word)
        where T : struct, Enum => word.ToString().ToUpperInvariant() is var upper ? string.Create(upper.Length, upper, static (span, u) => u.AsSpan().ToLowerInvariant(span)) : "";
}
