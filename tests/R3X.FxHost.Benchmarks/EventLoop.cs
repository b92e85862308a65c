using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;

namespace R3X.FxHost.Benchmarks;

/// <summary>How late a 5 ms ticker is while lines play, beside the same ticker with nothing playing,
/// alternating.</summary>
internal static class EventLoop
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    public static async Task MeasureAsync(string file, string device)
    {
        await using FxHost host = FxHost.Create(new FxHostOptions { Device = device });
        await host.ProcessAndPlayAsync(file);
        for (int round = 1; round <= 3; round++)
        {
            Print($"round {round}, nothing playing", Ticks(() => false));
            Task<SpeechReport> line = host.ProcessAndPlayAsync(file);
            Print($"round {round}, a line playing", Ticks(() => line.IsCompleted));
            await line;
        }
    }

    // The loop runs on this thread and asks for each line from it, as an assistant's event loop would.
    private static LatencyHistogram Ticks(Func<bool> isOver)
    {
        var lateness = new LatencyHistogram();
        using var never = new ManualResetEventSlim(false, 0);
        long start = Stopwatch.GetTimestamp();
        for (int tick = 1; tick <= 400 && !isOver(); tick++)
        {
            TimeSpan left = (Tick * tick) - Stopwatch.GetElapsedTime(start);
            if (left > TimeSpan.Zero)
                never.Wait(left);
            lateness.Record(Stopwatch.GetElapsedTime(start) - (Tick * tick));
        }

        return lateness;
    }

    private static void Print(string name, LatencyHistogram lateness) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-28} {lateness.Count} ticks, late by p50 {lateness.Percentile(0.5).TotalMilliseconds:F2} ms, p99 "
            + $"{lateness.Percentile(0.99).TotalMilliseconds:F2} ms, max {lateness.Max.TotalMilliseconds:F2} ms"));
}
