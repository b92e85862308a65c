using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;

namespace R3X.FxHost.Benchmarks;

/// <summary>Bytes handed out as a network would: a chunk every 20 ms, on an absolute schedule.</summary>
internal static class PacedFeed
{
    public const double ChunkMilliseconds = 20;

    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> OfAsync(
        ReadOnlyMemory<byte> bytes, double bytesPerSecond)
    {
        int chunk = Math.Max(1, (int)(bytesPerSecond * ChunkMilliseconds / 1000));
        long start = Stopwatch.GetTimestamp();
        for (int at = 0, index = 0; at < bytes.Length; at += chunk, index++)
        {
            TimeSpan left = TimeSpan.FromMilliseconds(index * ChunkMilliseconds) - Stopwatch.GetElapsedTime(start);
            if (left > TimeSpan.Zero)
                await Task.Delay(left);
            yield return bytes.Slice(at, Math.Min(chunk, bytes.Length - at));
        }
    }
}
