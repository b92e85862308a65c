using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Playout;
using R3X.FxHost.Queue;
using R3X.FxHost.Tests.Listening;
using R3X.FxHost.Tests.Simulation;
using Xunit;

namespace R3X.FxHost.Tests.Queue;

/// <summary>When things are heard and told, to the frame, as a virtual loudspeaker sounds them.</summary>
public sealed class PlaybackTimeTests : IDisposable
{
    private const int Rate = 48_000;

    private readonly VirtualHost _host = new();

    private VirtualTime Time => _host.Time;

    private VirtualSink Sink => _host.Sink;

    private SpeechQueue Queue => _host.Queue;

    public void Dispose() => _host.Dispose();

    [Fact]
    public void It_has_started_when_its_first_sample_was_heard_and_finished_when_its_last_was()
    {
        Utterance utterance = _host.Say(0.7);
        PlaybackMoment started = Time.Run(utterance.Started);
        TimeSpan toldStart = Time.Now;
        UtteranceEnd end = Time.Run(utterance.Finished);
        TimeSpan toldEnd = Time.Now;
        (long first, long last) = Assert.Single(Sink.Stretches());
        Assert.Equal(0.7, end.Heard.TotalSeconds, 0.0001);
        Assert.Equal(0.7, (end.Moment.DeviceTime - started.DeviceTime).TotalSeconds, 0.0001);
        Assert.Equal(At(first), At(started), 0.001);
        Assert.Equal(At(last), At(end.Moment), 0.001);
        // Never told in advance, and soon after.
        Assert.InRange(toldStart.TotalSeconds - At(started), 0, 0.003);
        Assert.InRange(toldEnd.TotalSeconds - At(end.Moment), 0, 0.003);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(200)]
    [InlineData(500)]
    public void An_interruption_is_silent_within_30_ms_without_a_click_and_says_how_much_was_heard(double buffer)
    {
        using var host = new VirtualHost(options => options with { BufferMilliseconds = buffer });
        Utterance utterance = host.Say(3);
        host.UntilHeard(host.Sink);
        host.Time.Advance(507);
        long interrupted = host.Sink.Position;
        host.Queue.Interrupt();
        UtteranceEnd end = host.Time.Run(utterance.Finished);
        host.Time.Advance(1_000);
        Assert.Equal((UtteranceState.Interrupted, InterruptionReason.Asked), (end.State, end.Reason));
        (long first, long last) = Assert.Single(host.Sink.Stretches());
        Assert.InRange((last - interrupted) / (double)Rate, 0, 0.030);
        Assert.Equal((last - first) / (double)Rate, end.Heard.TotalSeconds, 0.011);
        Assert.InRange(HighBand.Highest(host.Sink.Heard[(int)(first + 480)..(int)(last + 960)], Rate), -200, -60);
    }

    [Fact]
    public void The_next_one_starts_at_once_after_an_interruption()
    {
        Utterance first = _host.Say(3);
        Utterance next = _host.Say(0.3);
        _host.UntilHeard(Sink);
        Time.Advance(500);
        first.Interrupt();
        UtteranceEnd end = Time.Run(first.Finished);
        PlaybackMoment started = Time.Run(next.Started);
        Time.Run(next.Finished);
        Assert.True(started.DeviceTime >= end.Moment.DeviceTime);
        Assert.InRange(At(started) - At(end.Moment), 0, 0.030);
    }

    [Fact]
    public void A_pause_is_silent_within_30_ms_and_nothing_but_the_fades_is_lost_when_it_goes_on()
    {
        Utterance utterance = _host.Say(1.5);
        long first = _host.UntilHeard(Sink);
        Time.Advance(500);
        long paused = Sink.Position;
        Queue.IsPaused = true;
        Time.Advance(100);
        long stopped = Sink.Stretches()[0].End;
        TimeSpan position = utterance.Position;
        Time.Advance(100);
        Assert.Equal((position, UtteranceState.Speaking), (utterance.Position, utterance.State));
        Queue.IsPaused = false;
        UtteranceEnd end = Time.Run(utterance.Finished);
        (long resumed, long last) = Sink.Stretches()[1];
        Assert.InRange((stopped - paused) / (double)Rate, 0, 0.030);
        Assert.Equal(1.5, (stopped - first + last - resumed) / (double)Rate, 0.003);
        Assert.Equal((UtteranceState.Done, 1.5), (end.State, Math.Round(end.Heard.TotalSeconds, 3)));
        Assert.InRange(HighBand.Highest(Sink.Heard[(int)(first + 480)..(int)(last - 480)], Rate), -200, -60);
    }

    [Fact]
    public void Interrupting_while_it_is_paused_ends_it_where_it_stood()
    {
        Utterance utterance = _host.Say(3);
        Utterance next = _host.Say(0.25);
        _host.UntilHeard(Sink);
        Time.Advance(500);
        Queue.IsPaused = true;
        Time.Advance(100);
        utterance.Interrupt();
        Assert.Equal(UtteranceState.Interrupted, Time.Run(utterance.Finished).State);
        Assert.False(next.Started.IsCompleted);
        Queue.IsPaused = false;
        Time.Run(next.Finished);
        (long start, long end) = Sink.Stretches()[1];
        Assert.Equal(0.25, (end - start) / (double)Rate, 0.0001);
    }

    [Fact]
    public void A_stream_at_the_pace_of_speech_whose_chunks_are_up_to_50_ms_late_is_heard_without_a_gap()
    {
        for (int seed = 0; seed < 8; seed++)
        {
            using var host = new VirtualHost();
            Utterance utterance = host.Queue.Speak(
                SpeechAudio.FromChunks(TrickleAsync(host.Time, 2, new Random(seed)), "pcm_48000"),
                    SpeechSelection.WithoutEffects);
            UtteranceEnd end = host.Time.Run(utterance.Finished);
            Assert.Equal(UtteranceState.Done, end.State);
            (long first, long last) = Assert.Single(host.Sink.Stretches());
            Assert.Equal(2, (last - first) / (double)Rate, 0.0001);
            Assert.InRange(HighBand.Highest(host.Sink.Heard[(int)(first + 480)..(int)(last - 480)], Rate), -200, -60);
        }
    }

    [Fact]
    public void A_rested_loudspeaker_gets_the_lead_in_and_lines_that_follow_each_other_do_not()
    {
        using var presets = new PresetFolderWithLeadIn();
        using var host = new VirtualHost(host: options => options with { PresetFolder = presets.Path });
        foreach (int rest in (int[])[0, 500, 2_000])
        {
            host.Time.Advance(rest);
            host.Time.Run(host.Say(0.2).Finished);
        }

        host.Time.Advance(100);
        long[] starts = [.. host.Sink.Stretches().Select(stretch => stretch.Start)];
        // The buffer is filled to its half before the loudspeaker sounds at all: with silence, which is part of the
        // lead-in.
        Assert.Equal(0.150, starts[0] / (double)Rate, 0.025);
        Assert.InRange((starts[1] - host.Sink.Stretches()[0].End) / (double)Rate, 0.5, 0.53);
        Assert.InRange((starts[2] - host.Sink.Stretches()[1].End) / (double)Rate, 2.15, 2.18);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(2_000)]
    public void Nobody_is_blamed_for_a_loudspeaker_that_takes_its_time(double buffer)
    {
        using var host = new VirtualHost(options => options with { BufferMilliseconds = buffer });
        Utterance[] lines = [.. Enumerable.Range(0, 3).Select(
            _ => host.Queue.Speak(VirtualHost.Tone(4), SpeechSelection.OfPreset("dj-r3x")))];
        foreach (Utterance line in lines)
        {
            SpeechReport report = host.Time.Run(line.Finished).Report!;
            Assert.Empty(report.Warnings);
            Assert.InRange((report.AddedLatencyMax - report.EffectLatency).TotalMilliseconds, 0, 0.1);
        }
    }

    private sealed class PresetFolderWithLeadIn : IDisposable
    {
        public PresetFolderWithLeadIn()
        {
            string plugins = Repository.PathOf("plugins");
            System.IO.File.WriteAllText(
                System.IO.Path.Combine(Path, "host.yaml"), $"host: 1\nlead-in: 150 ms\nplugins: [ \"{plugins}\" ]\n");
            System.IO.File.WriteAllText(System.IO.Path.Combine(Path, "mine.yaml"), "preset: 1\nchain: []\n");
        }

        public string Path { get; } = System.IO.Directory.CreateTempSubdirectory("r3x-lead-in-").FullName;

        public void Dispose() => System.IO.Directory.Delete(Path, recursive: true);
    }

    // 20 ms at a time, each when it is due or up to 50 ms later.
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> TrickleAsync(
        VirtualTime time, double seconds, Random random)
    {
        short[] samples = Array.ConvertAll(
            TestSignal.Sine(150, -12, Rate, (int)(seconds * Rate)), sample => (short)Math.Round(sample * 32_000));
        samples[0] = samples[^1] = 300;
        byte[] bytes = MemoryMarshal.AsBytes<short>(samples).ToArray();
        TimeSpan start = time.Now;
        int chunk = Rate / 50 * sizeof(short);
        for (int at = 0; at < bytes.Length; at += chunk)
        {
            TimeSpan wait = TimeSpan.FromSeconds(((double)at / chunk * 0.020) + (random.NextDouble() * 0.050)) - (
                time.Now - start);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, CancellationToken.None);
            yield return bytes.AsMemory(at, Math.Min(chunk, bytes.Length - at));
        }
    }

    // In seconds since the loudspeaker was there, which is when the clock began.
    private static double At(long frame) => frame / (double)Rate;

    private static double At(PlaybackMoment moment) => moment.Timestamp / (double)TimeSpan.TicksPerSecond;
}
