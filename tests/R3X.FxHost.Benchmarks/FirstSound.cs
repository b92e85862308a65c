using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Decoding;
using R3X.FxHost.Queue;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Benchmarks;

/// <summary>
/// From the chunk that completes the first codec frame of a bursting stream to the first sound handed to the device:
/// through the host's queue and the neutral chain, beside a bare loop that decodes and plays. The two take turns.
/// </summary>
internal static class FirstSound
{
    private const int Lines = 300;
    private const int ChunkBytes = 1_024;

    public static async Task MeasureAsync(string file)
    {
        byte[] bytes = await File.ReadAllBytesAsync(file);
        using var device = new StampingDevice();
        await using FxHost host = FxHost.Create(new FxHostOptions { OpenDevice = () => device });
        List<double> ours = [];
        List<double> bare = [];
        for (int line = 0; line < Lines + 20; line++)
        {
            double throughHost = await SpeakAsync(host, device, bytes);
            double alone = Play(bytes);
            // The first lines pay for compilation.
            if (line < 20)
                continue;
            ours.Add(throughHost);
            bare.Add(alone);
        }

        Print("the host, neutral", ours);
        Print("decode and play", bare);
    }

    private static async Task<double> SpeakAsync(FxHost host, StampingDevice device, byte[] bytes)
    {
        device.Restart();
        long completed = 0;
        Utterance utterance = host.Queue.Speak(
            SpeechAudio.FromChunks(BurstAsync()), SpeechSelection.OfPreset("neutral"));
        while (device.First == 0)
            await Task.Delay(1);
        utterance.Interrupt();
        await utterance.Finished;
        return Stopwatch.GetElapsedTime(Volatile.Read(ref completed), device.First).TotalMilliseconds;

        async IAsyncEnumerable<ReadOnlyMemory<byte>> BurstAsync()
        {
            await Task.Yield();
            Volatile.Write(ref completed, Stopwatch.GetTimestamp());
            for (int at = 0; at < bytes.Length; at += ChunkBytes)
                yield return bytes.AsMemory(at, Math.Min(ChunkBytes, bytes.Length - at));
        }
    }

    // The least that plays a line: bytes to samples, samples to a device of the line's own format.
    private static double Play(byte[] bytes)
    {
        using var device = new StampingDevice();
        var mono = new AudioBuffer(1, 1_024);
        var stereo = new AudioBuffer(2, 1_024);
        long completed = Stopwatch.GetTimestamp();
        using var reader = new LineReader(SpeechAudio.FromBytes(bytes));
        reader.Open();
        int frames = reader.Read(mono.Block(1_024));
        mono[0][..frames].CopyTo(stereo[0]);
        mono[0][..frames].CopyTo(stereo[1]);
        device.Write(stereo.Block(frames));
        return Stopwatch.GetElapsedTime(completed, device.First).TotalMilliseconds;
    }

    private static void Print(string name, List<double> milliseconds)
    {
        milliseconds.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {name,-18} p50 {milliseconds[milliseconds.Count / 2]:F2} ms  p99 "
                + $"{milliseconds[milliseconds.Count * 99 / 100]:F2} ms  max {milliseconds[^1]:F2} ms"));
    }
}
