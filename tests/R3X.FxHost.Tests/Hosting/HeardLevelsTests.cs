using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Metering;
using R3X.FxHost.Speaking;
using R3X.FxHost.Tests.Playback;
using R3X.FxHost.Tests.Speaking.Utterances;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

/// <summary>When levels are told, beside what the loudspeaker sounds at that moment.</summary>
[Collection(LoudspeakerTests.Name)]
public sealed class HeardLevelsTests(PulseServer server)
{
    private const int Rate = 48_000;
    private const int Burst = Rate / 10;

    [Fact]
    public async Task A_level_is_told_when_it_is_heard()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using FxHost host = TestHost.Create("r3x", server.Address);
        // 100 ms of sound, 100 ms of silence, each time a little louder.
        float[] line = [.. Enumerable.Range(0, 30 * Burst).Select(i => i / Burst % 2 == 0 ? 0.1f + (0.01f * (i / Burst)) : 0)];
        Task<List<(SpeechLevel Level, long At)>> listening = ListenAsync(host.Levels(cancellation));
        long from = server.Default.Position;
        await host.ProcessAndPlayAsync(SpeechAudio.FromBytes(FloatWav.Of(line, Rate)), SpeechSelection.WithoutEffects with { KeepsLevel = true }, cancellation);
        (long start, _) = server.Default.WaitForSoundToEnd(from, 300);
        List<(SpeechLevel Level, long At)> told = await listening;

        Assert.Equal(150, told.Count(one => one.Level.Mark != LevelMark.Silence));
        foreach ((SpeechLevel level, _) in told.SkipLast(1))
            Assert.Equal(line[(int)level.Middle], level.Rms, 0.001);
        // The recorder hears some 5 ms late; a busy machine may hold up either now and then.
        double[] late = [.. told.Select(one => Stopwatch.GetElapsedTime(server.Default.HeardAt(start + one.Level.Middle), one.At).TotalMilliseconds).Order()];
        TestContext.Current.SendDiagnosticMessage($"late by {late[0]:0.0}, {late[late.Length / 20]:0.0}, {late[late.Length / 2]:0.0}, {late[late.Length * 19 / 20]:0.0}, {late[^1]:0.0} ms");
        Assert.InRange(late[late.Length / 2], -10, 10);
        Assert.InRange(late[late.Length / 20], -15, 10);
        Assert.InRange(late[late.Length * 19 / 20], -15, 10);
    }

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
