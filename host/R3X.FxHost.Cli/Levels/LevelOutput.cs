using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using R3X.FxHost.Cli.Terminals;
using R3X.FxHost.Lights;
using R3X.FxHost.Metering;

namespace R3X.FxHost.Cli.Levels;

/// <summary>Levels on standard output, while they are heard: drawn on a terminal, as text for whoever reads a
/// pipe.</summary>
internal static class LevelOutput
{
    public const string Bars = "bars";
    public const string Table = "table";
    public const string Serial = "serial";

    /// <summary>Writes levels until there are no more.</summary>
    /// <param name="levels">The levels.</param>
    /// <param name="form"><see cref="Bars"/>, <see cref="Table"/> or <see cref="Serial"/>; null draws on a terminal and
    /// writes the table to a pipe.</param>
    /// <exception cref="IOException">Standard output cannot be written.</exception>
    public static async Task WriteAsync(IAsyncEnumerable<SpeechLevel> levels, string? form)
    {
        await using NamedOutput output = NamedOutput.OpenStandardOutput();
        // Every line at once: they are worth nothing later.
        await using var text = new StreamWriter(output,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true, NewLine = "\n" };
        switch (form ?? (Console.IsOutputRedirected ? Table : Bars))
        {
            case Bars:
                await DrawAsync(levels, text);
                break;
            case Table:
                await text.WriteLineAsync(LevelTable.Names);
                await foreach (SpeechLevel level in levels)
                    await text.WriteLineAsync(LevelTable.Row(level));
                break;
            default:
                await foreach (string line in levels.AsLines())
                    await text.WriteLineAsync(line);
                break;
        }
    }

    private static async Task DrawAsync(IAsyncEnumerable<SpeechLevel> levels, StreamWriter text)
    {
        var bars = new LevelBars();
        try
        {
            await foreach (SpeechLevel level in levels)
                await text.WriteAsync(StatusLine.Of(bars.Draw(level, Terminal.Columns)));
        }
        finally
        {
            await text.WriteAsync(StatusLine.Clear);
        }
    }
}
