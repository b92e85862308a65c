using System;
using System.Linq;
using System.Runtime.CompilerServices;

namespace R3X.FxHost.Cli.Bench.Serving;

/// <summary>The figures as people read them, while they come.</summary>
internal static class ServeReport
{
    private const int Narrowest = 7;

    private static readonly string[] Columns =
    [
        "streams", "blocks", "late", "failed", "short", "first sound ms", "p99", "median ms", "p99", "longest",
        "sent late ms", "server cores", "bench cores", "MB", "beside them",
    ];

    /// <summary>A row of the table.</summary>
    public static void Print(LoadRow row, bool isFirst)
    {
        if (isFirst)
            Line(Columns);
        Line(Text($"{row.Streams}"), Text($"{row.Blocks:N0}"), Text($"{row.Late}"), Text($"{row.Failed}"),
            Text($"{row.Short}"), Text($"{row.FirstMedianMs:0.0}"), Text($"{row.FirstP99Ms:0.0}"),
            Text($"{row.MedianMs:0.0}"), Text($"{row.P99Ms:0.0}"), Text($"{row.MaxMs:0.0}"),
            Text($"{row.SentLateMs:0.0}"), Text($"{row.ServerCores:0.00}"), Text($"{row.BenchCores:0.00}"),
            Text($"{row.Megabytes:0}"), row.Beside + (row.Shed > 0 ? Text($" ({row.Shed:N0} shed)") : ""));
    }

    /// <summary>The sum of it.</summary>
    public static void Print(ServeRow row)
    {
        Console.Out.WriteLine();
        var table = new Listing("what", "measured", "aim");
        table.Add("real-time streams at once, MP3 in, PCM out", Text($"{row.Sustained}"), "800 (at least 300)");
        table.Add(Text($"added latency of 99 % of the blocks, {row.Working.Streams} streams"),
            Text($"{row.Working.P99Ms:0.0} ms"), "under 20 ms");
        table.Write();
    }

    private static void Line(params string[] cells) => Console.Out.WriteLine(string.Join("  ", cells.Select(
        static (cell, i) => i == Columns.Length - 1 ? cell : cell.PadLeft(Math.Max(Columns[i].Length, Narrowest)))));

    private static string Text(DefaultInterpolatedStringHandler text) => text.ToStringAndClear();
}
