using System;
using System.Threading.Tasks;

namespace R3X.FxHost.Benchmarks;

/// <summary>Prints figures; judges nothing. Each measurement runs beside something it can be compared with.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["added-latency", string file, ..]:
                await AddedLatency.MeasureAsync(file, arguments.Length > 2 ? arguments[2] : null);
                return 0;
            case ["event-loop", string file, ..]:
                await EventLoop.MeasureAsync(file, arguments.Length > 2 ? arguments[2] : "null");
                return 0;
            default:
                await Console.Error.WriteLineAsync("""
                    Measurements:
                      added-latency FILE [FORMAT]   a feed paced in real time in 20 ms chunks; p50, p99, max
                      event-loop FILE [DEVICE]      lateness of a 5 ms ticker while lines play, beside the same ticker alone
                    """);
                return 2;
        }
    }
}
