using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Decoding;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Playback;
using R3X.FxHost.Tests.Lines;
using R3X.FxHost.Tests.Playback;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

/// <summary>What the loudspeaker really sounds, recorded from a sound server's null sink.</summary>
[Collection(LoudspeakerTests.Name)]
public sealed class PlayTests(PulseServer server)
{
    private static readonly SpeechSelection Neutral = SpeechSelection.OfPreset("neutral") with { Seed = 7 };

    [Fact]
    public async Task What_is_heard_is_what_is_rendered_on_both_sides_and_the_task_ends_when_it_was_heard()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        SinkRecording recording = server.AddSink("line44", 44_100, 2, "At the line's rate");
        await using FxHost host = TestHost.Create("line44", server.Address);
        string line = SpokenLine.InFormat("mp3_44100_128");
        using var rendered = new MemoryStream();
        await host.RenderAsync(SpeechAudio.FromFile(line), rendered, TestHost.Float, Neutral, cancellation);
        float[] expected = TestHost.Samples(rendered.ToArray());

        int sounding = expected.AsSpan().LastIndexOfAnyExcept(0f) + 1 - expected.AsSpan().IndexOfAnyExcept(0f);
        (long start, long end, long ended) = (0, 0, 0);
        // A machine that is busy with other things may starve the loudspeaker; such a recording is longer and says
        // nothing.
        for (int attempt = 0; attempt < BestOf.Tries && end - start != sounding; attempt++)
        {
            long from = recording.Position;
            await host.ProcessAndPlayAsync(line, Neutral, cancellation);
            ended = Stopwatch.GetTimestamp();
            (start, end) = recording.WaitForSoundToEnd(from);
        }

        foreach (int channel in (int[])[0, 1])
            Assert.InRange(Residual.Of(expected, recording.Channel(channel, start, end)), double.NegativeInfinity, -60);
        // Not before the last sample was heard, as exactly as a busy server states it, and soon after.
        Assert.InRange(Stopwatch.GetElapsedTime(recording.HeardAt(end - 1), ended).TotalMilliseconds, -15, 5_000);
        server.RemoveSink("line44");
    }

    [Fact]
    public async Task A_line_at_another_rate_is_heard_resampled()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using FxHost host = TestHost.Create("r3x", server.Address);
        long from = server.Default.Position;
        SpeechReport report = await host.ProcessAndPlayAsync(
            SpeechAudio.FromFile(SpokenLine.InFormat("pcm_24000"), "pcm_24000"), Neutral, cancellation);
        (long start, long end) = server.Default.WaitForSoundToEnd(from, 400);
        Assert.Equal(24_000, report.Format.SampleRate);
        Assert.Equal(report.OutputDuration.TotalSeconds, (end - start) / 48_000.0, 0.15);
    }

    [Fact]
    public async Task A_line_sounds_while_its_bytes_are_still_arriving_and_the_caller_is_free()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using FxHost host = TestHost.Create("r3x", server.Address);
        byte[] bytes = await File.ReadAllBytesAsync(SpokenLine.InFormat("pcm_24000"), cancellation);
        var rest = new TaskCompletionSource();
        long from = server.Default.Position;
        Task<SpeechReport> line = host.ProcessAndPlayAsync(SpeechAudio.FromChunks(HalfThenRestAsync(bytes, rest.Task,
            cancellation), "pcm_24000"), Neutral, cancellation);
        // The source gives the second half only after the first was heard: a host that waits for the end would hang
        // here.
        server.Default.WaitForSound(from);
        Assert.False(line.IsCompleted);
        rest.SetResult();
        SpeechReport report = await line;
        Assert.Equal(bytes.Length / 2 / 24_000.0, report.InputDuration.TotalSeconds, 0.001);
    }

    [Fact]
    public async Task A_source_that_blocks_its_thread_does_not_block_the_caller()
    {
        await using FxHost host = TestHost.Create("null");
        using var gate = new ManualResetEventSlim();
        Task<SpeechReport> line = host.ProcessAndPlayAsync(
            new BlockingStream(gate), cancellation: TestContext.Current.CancellationToken);
        // Reached although the source has not given a byte yet.
        Assert.False(line.IsCompleted);
        gate.Set();
        await Assert.ThrowsAsync<UnreadableAudioException>(() => line);
    }

    [Fact]
    public async Task Two_lines_at_once_are_heard_one_after_the_other()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using FxHost host = TestHost.Create("r3x", server.Address);
        string file = SpokenLine.InFormat("wav_44100");
        long from = server.Default.Position;
        SpeechReport[] reports = await Task.WhenAll(host.ProcessAndPlayAsync(file, Neutral, cancellation),
            host.ProcessAndPlayAsync(file, Neutral, cancellation));
        (long start, long end) = server.Default.WaitForSoundToEnd(from, 400);
        Assert.InRange((end - start) / 48_000.0, reports[0].InputDuration.TotalSeconds * 1.8,
            reports[0].OutputDuration.TotalSeconds * 2.3);
    }

    [Fact]
    public async Task Cancelling_silences_a_line_at_once_and_the_next_one_is_heard()
    {
        await using FxHost host = TestHost.Create("r3x", server.Address);
        using var stop = new CancellationTokenSource();
        string file = SpokenLine.InFormat("wav_44100");
        long from = server.Default.Position;
        Task<SpeechReport> line = host.ProcessAndPlayAsync(file, Neutral, stop.Token);
        long start = server.Default.WaitForSound(from);
        server.Default.WaitUntil(start + 9_600);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => line);
        (_, long end) = server.Default.WaitForSoundToEnd(from, 300);
        Assert.InRange((end - start) / 48_000.0, 0.2, 1.0);
        long next = server.Default.Position;
        await host.ProcessAndPlayAsync(file, Neutral, TestContext.Current.CancellationToken);
        server.Default.WaitForSound(next);
    }

    [Fact]
    public async Task Disposing_in_mid_line_ends_it_and_those_behind_it_at_once()
    {
        FxHost host = TestHost.Create("r3x", server.Address);
        string file = SpokenLine.InFormat("wav_44100");
        long from = server.Default.Position;
        Task<SpeechReport>[] lines = [host.ProcessAndPlayAsync(file, Neutral, TestContext.Current.CancellationToken),
            host.ProcessAndPlayAsync(file, Neutral, TestContext.Current.CancellationToken)];
        server.Default.WaitForSound(from);
        await host.DisposeAsync();
        foreach (Task<SpeechReport> line in lines)
            await Assert.ThrowsAnyAsync<Exception>(
                () => line.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
        Assert.All(lines, line => Assert.True(line.IsCompleted));
        (long start, long end) = server.Default.WaitForSoundToEnd(from, 300);
        Assert.InRange((end - start) / 48_000.0, 0, 1.0);
    }

    [Fact]
    public async Task Muted_a_line_takes_its_time_in_silence()
    {
        await using FxHost host = TestHost.Create("r3x", server.Address);
        host.IsMuted = true;
        long from = server.Default.Position;
        SpeechReport report = await host.ProcessAndPlayAsync(
            SpokenLine.InFormat("wav_44100"), Neutral, TestContext.Current.CancellationToken);
        server.Default.WaitUntil(from + (long)(report.OutputDuration.TotalSeconds * 48_000));
        float[] heard = server.Default.Channel(0, from, server.Default.Position);
        Assert.All(heard, sample => Assert.Equal(0, sample));
    }

    [Fact]
    public async Task Without_a_loudspeaker_playing_says_so_and_rendering_works()
    {
        await using FxHost host = TestHost.Create("nowhere", server.Address);
        DeviceException thrown = await Assert.ThrowsAsync<DeviceException>(() =>
            host.ProcessAndPlayAsync(SpokenLine.InFormat("wav_44100"), Neutral, TestContext.Current.CancellationToken));
        Assert.Contains("nowhere", thrown.Message, StringComparison.Ordinal);
        SpeechReport report = await host.RenderAsync(SpeechAudio.FromFile(SpokenLine.InFormat("wav_44100")),
            Stream.Null, OutputFormat.Wav, Neutral, TestContext.Current.CancellationToken);
        Assert.True(report.OutputDuration > TimeSpan.FromSeconds(1));
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> HalfThenRestAsync(
        byte[] bytes, Task rest, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        yield return bytes.AsMemory(0, bytes.Length / 4 * 2);
        await rest.WaitAsync(cancellation);
        yield return bytes.AsMemory(bytes.Length / 4 * 2);
    }

    private sealed class BlockingStream(ManualResetEventSlim gate) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            gate.Wait(cancellationToken);
            return new ValueTask<int>(0);
        }
    }
}
