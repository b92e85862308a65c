using System;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Encoding;

namespace R3X.FxHost.Benchmarks;

/// <summary>
/// Added latency as the design defines it: from the arrival of the bytes that complete a frame to its being processed,
/// and the chain's own latency. The first line is shown apart: it pays for compilation.
/// </summary>
internal static class AddedLatency
{
    public static async Task MeasureAsync(string file, string? format)
    {
        byte[] bytes = await File.ReadAllBytesAsync(file);
        using FxHost host = FxHost.Create();
        SpeechReport whole = await RunAsync(host, SpeechAudio.FromBytes(bytes, format));
        double bytesPerSecond = bytes.Length / whole.InputDuration.TotalSeconds;
        Console.WriteLine($"{Path.GetFileName(file)}  {format ?? "(by its bytes)"}  {whole.Format}");
        for (int run = 1; run <= 5; run++)
            Print(run == 1 ? "first paced line" : $"line {run}",
                await RunAsync(host, SpeechAudio.FromChunks(PacedFeed.OfAsync(bytes, bytesPerSecond), format)));
    }

    private static Task<SpeechReport> RunAsync(FxHost host, SpeechAudio audio) =>
        host.RenderAsync(audio, Stream.Null, OutputFormat.Of("wav", null, SampleFormat.Float32),
            SpeechSelection.OfPreset("neutral"));

    private static void Print(string name, SpeechReport report) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"  {name,-18} p50 {report.AddedLatencyMedian.TotalMilliseconds:F2} ms  p99 "
            + $"{report.AddedLatencyP99.TotalMilliseconds:F2} ms  max {report.AddedLatencyMax.TotalMilliseconds:F2} ms "
            + $" (effects {report.EffectLatency.TotalMilliseconds:F2} ms)"));
}
