using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Metering;
using R3X.FxHost.Tests.Playback;
using R3X.FxHost.Tests.Queue;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

/// <summary>When levels are told, beside what the loudspeaker sounds at that moment.</summary>
[Collection(LoudspeakerTests.Name)]
public sealed class PlaybackMeterTests(PulseServer server)
{
    private const int Rate = 48_000;
    private const int Burst = Rate / 10;

    // 100 ms of sound, 100 ms of silence, each time a little louder.
    private static readonly float[] Bursts =
        [.. Enumerable.Range(0, 20 * Burst).Select(i => i / Burst % 2 == 0 ? 0.1f + (0.01f * (i / Burst)) : 0)];

    [Fact]
    public async Task A_level_is_told_when_it_is_heard()
    {
        double[] late = [];
        // What a busy machine delays says nothing; the best of a few tries is what the clock can do.
        for (int attempt = 0; attempt < 8
            && (late.Length == 0 || Share(late, 0.95) > 10 || Share(late, 0.05) < -10); attempt++)
            late = await LatenessAsync();
        Assert.InRange(Share(late, 0.05), -10, 10);
        Assert.InRange(Share(late, 0.5), -10, 10);
        // A thread that a busy machine wakes late says nothing of the clock.
        Assert.InRange(Share(late, 0.95), -10, 100);
    }

    // In milliseconds behind what the recorder heard, rising.
    private async Task<double[]> LatenessAsync()
    {
        await using FxHost host = TestHost.Create("r3x", server.Address);
        Task<List<(SpeechLevel Level, long At)>> listening = ListenAsync(
            host.Levels(TestContext.Current.CancellationToken));
        long from = server.Default.Position;
        SpeechSelection asItIs = SpeechSelection.WithoutEffects with { KeepsLevel = true };
        await host.ProcessAndPlayAsync(
            SpeechAudio.FromBytes(FloatWav.Of(Bursts, Rate)), asItIs, TestContext.Current.CancellationToken);
        (long start, _) = server.Default.WaitForSoundToEnd(from, 300);
        List<(SpeechLevel Level, long At)> told = await listening;
        Assert.Equal(100, told.Count(one => one.Level.Mark != LevelMark.Silence));
        foreach ((SpeechLevel level, _) in told.SkipLast(1))
            Assert.Equal(Bursts[(int)level.Middle], level.Rms, 0.001);
        return [.. told.Select(one => Stopwatch.GetElapsedTime(server.Default.HeardAt(start + one.Level.Middle),
            one.At).TotalMilliseconds).Order()];
    }

    private static double Share(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];

    private static async Task<List<(SpeechLevel Level, long At)>> ListenAsync(IAsyncEnumerable<SpeechLevel> levels)
    {
        var told = new List<(SpeechLevel, long)>();
        await foreach (SpeechLevel level in levels)
        {
            told.Add((level, Stopwatch.GetTimestamp()));
            if (level.Mark == LevelMark.Silence)
                break;
        }

        return told;
    }
}
