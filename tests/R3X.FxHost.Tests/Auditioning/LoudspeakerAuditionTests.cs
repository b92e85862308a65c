using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Auditioning;
using R3X.FxHost.Playback;
using R3X.FxHost.Presets;
using R3X.FxHost.Tests.Listening;
using R3X.FxHost.Tests.Playback;
using Xunit;

namespace R3X.FxHost.Tests.Auditioning;

/// <summary>What a sound server's null sink sounds of an audition.</summary>
[Collection(LoudspeakerTests.Name)]
public sealed class LoudspeakerAuditionTests(PulseServer server)
{
    private const int Rate = 48_000;

    // Of the tone.
    private const int Period = 100;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_setting_is_heard_at_the_loudspeaker_within_200_ms()
    {
        await using FxHost host = FxHost.Create(new FxHostOptions
        {
            PresetFolder = Repository.PathOf("presets"),
            Device = "r3x",
            DeviceOptions = new OutputDeviceOptions { PulseServer = server.Address },
        });
        byte[] line = new byte[20 * Rate * sizeof(float)];
        Buffer.BlockCopy(TestSignal.Sine((double)Rate / Period, -12, Rate, 20 * Rate), 0, line, 0, line.Length);
        Preset Level(int decibels) => host.Presets.Read(
            $"preset: 1\nchain:\n  - gain: {{ level: {decibels} dB }}\n", "test.yaml").Preset!;
        using Audition audition = await host.AuditionAsync(
            SpeechAudio.FromBytes(line, $"f32_{Rate}"), Level(0), Level(0), Cancellation);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var meters = new List<(AuditionMeters Meters, TimeSpan Delay)>();
        long from = server.Default.Position;
        Task playing = host.PlayAuditionAsync(audition, (now, delay) =>
        {
            lock (meters)
                meters.Add((now, delay));
        }, end.Token);
        long at = server.Default.WaitForSound(from) + (Rate / 2);
        int level = 0;
        double best = double.PositiveInfinity;
        for (int attempt = 0; attempt < BestOf.Tries && best > 0.2; attempt++)
        {
            while (!audition.IsSettled)
                await Task.Delay(5, Cancellation);
            // Until it is as loud as it was, nothing is to be told from it.
            server.Default.WaitUntil(Math.Max(at, server.Default.Position + Rate));
            long offered = Stopwatch.GetTimestamp();
            long offeredAt = server.Default.Position;
            audition.Offer(AuditionSource.Edited, Level(level = level == 0 ? -12 : 0));
            at = offeredAt + Rate;
            server.Default.WaitUntil(at);
            float[] heard = server.Default.Channel(0, offeredAt - Period, at);
            int changed = Enumerable.Range(Period, Rate).First(i => Math.Abs(heard[i] - heard[i - Period]) > 1e-3);
            best = Math.Min(best, Stopwatch.GetElapsedTime(
                offered, server.Default.HeardAt(offeredAt - Period + changed)).TotalSeconds);
        }

        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => playing);
        TestContext.Current.SendDiagnosticMessage("heard after {0:0} ms", best * 1000);
        Assert.InRange(best, 0, 0.2);
        lock (meters)
            Assert.All(meters, one => Assert.InRange(one.Delay.TotalSeconds, 0, 1));
    }
}
