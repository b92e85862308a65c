using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Playback;
using R3X.FxHost.Speaking;
using R3X.FxHost.Speaking.Utterances;
using R3X.FxHost.Tests.Listening;
using R3X.FxHost.Tests.Playback;
using Xunit;

namespace R3X.FxHost.Tests.Speaking.Utterances;

/// <summary>Times as a sound server's null sink sounds them.</summary>
[Collection(LoudspeakerTests.Name)]
public sealed class HeardTests(PulseServer server) : IAsyncLifetime
{
    private const int Rate = 48_000;

    private FxHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SpeechQueue Queue => _host.Queue;

    private SinkRecording Sink => server.Default;

    public ValueTask InitializeAsync()
    {
        _host = FxHost.Create(new FxHostOptions
        {
            PresetFolder = Repository.PathOf("presets"),
            Device = "r3x",
            DeviceOptions = new OutputDeviceOptions { PulseServer = server.Address },
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task It_has_started_when_its_first_sample_was_heard_and_finished_when_its_last_was()
    {
        // What a busy machine delays says nothing; the best of a few tries is what the clock can do.
        (double Start, double End) best = (1, 1);
        double soonest = 1;
        for (int attempt = 0; attempt < 8 && Math.Max(soonest, Math.Max(Math.Abs(best.Start), Math.Abs(best.End))) > 0.010; attempt++)
        {
            long from = Sink.Position;
            Utterance utterance = Queue.Speak(Tone(0.7), SpeechSelection.WithoutEffects);
            UtteranceMoment started = await utterance.Started.WaitAsync(Cancellation);
            long toldStart = Stopwatch.GetTimestamp();
            UtteranceEnd end = await utterance.Finished.WaitAsync(Cancellation);
            long toldEnd = Stopwatch.GetTimestamp();
            (long first, long last) = Sink.WaitForSoundToEnd(from);
            if (Starved(0.7, first, last))
                continue;
            Assert.Equal(0.7, end.Heard.TotalSeconds, 0.001);
            Assert.Equal(0.7, (end.Moment.DeviceTime - started.DeviceTime).TotalSeconds, 0.001);
            (double, double) now = (Seconds(Sink.HeardAt(first), started.Timestamp), Seconds(Sink.HeardAt(last), end.Moment.Timestamp));
            // Never told in advance; how long a thread then waits for a busy machine is its own affair.
            Assert.True(toldStart >= started.Timestamp);
            Assert.True(toldEnd >= end.Moment.Timestamp);
            soonest = Math.Min(soonest, Math.Max(Seconds(started.Timestamp, toldStart), Seconds(end.Moment.Timestamp, toldEnd)));
            if (Math.Max(Math.Abs(now.Item1), Math.Abs(now.Item2)) < Math.Max(Math.Abs(best.Start), Math.Abs(best.End)))
                best = now;
        }

        TestContext.Current.SendDiagnosticMessage("started {0:0.0} ms, finished {1:0.0} ms after it was heard, told {2:0.0} ms later", best.Start * 1000, best.End * 1000, soonest * 1000);
        Assert.InRange(best.Start, -0.010, 0.010);
        Assert.InRange(best.End, -0.010, 0.010);
        Assert.InRange(soonest, 0, 0.010);
    }

    [Fact]
    public async Task An_interruption_is_silent_within_30_ms_and_without_a_click_and_says_how_much_was_heard()
    {
        double best = 1;
        double click = 0;
        for (int attempt = 0; attempt < 8 && (best > 0.030 || click > -60); attempt++)
        {
            long from = Sink.Position;
            Utterance utterance = Queue.Speak(Tone(3), SpeechSelection.WithoutEffects);
            long first = Sink.WaitForSound(from);
            Sink.WaitUntil(first + (Rate / 2) + (attempt * 97));
            long interrupted = Stopwatch.GetTimestamp();
            Queue.Interrupt();
            UtteranceEnd end = await utterance.Finished.WaitAsync(Cancellation);
            (_, long last) = Sink.WaitForSoundToEnd(from);
            Assert.Equal((UtteranceState.Interrupted, InterruptionReason.Asked), (end.State, end.Reason));
            if (Starved(end.Heard.TotalSeconds + 0.010, first, last))
                continue;
            Assert.Equal((last - first) / (double)Rate, end.Heard.TotalSeconds, 0.012);
            click = Math.Min(click, HighBand.Highest(Sink.Channel(0, first + 480, last + 960), Rate));
            best = Math.Min(best, Seconds(interrupted, Sink.HeardAt(last)));
        }

        Assert.InRange(best, 0, 0.030);
        Assert.InRange(click, -200, -60);
    }

    [Fact]
    public async Task The_next_one_starts_at_once_after_an_interruption()
    {
        double best = 1;
        for (int attempt = 0; attempt < 8 && best > 0.060; attempt++)
        {
            long from = Sink.Position;
            Utterance first = Queue.Speak(Tone(3), SpeechSelection.WithoutEffects);
            Utterance next = Queue.Speak(Tone(0.3), SpeechSelection.WithoutEffects);
            Sink.WaitUntil(Sink.WaitForSound(from) + (Rate / 2));
            first.Interrupt();
            UtteranceEnd end = await first.Finished.WaitAsync(Cancellation);
            UtteranceMoment started = await next.Started.WaitAsync(Cancellation);
            await next.Finished.WaitAsync(Cancellation);
            Sink.WaitForSoundToEnd(from);
            Assert.True(started.DeviceTime >= end.Moment.DeviceTime);
            best = Math.Min(best, Seconds(end.Moment.Timestamp, started.Timestamp));
        }

        Assert.InRange(best, -0.001, 0.060);
    }

    [Fact]
    public async Task A_pause_is_silent_within_30_ms_and_nothing_but_the_fades_is_lost_when_it_goes_on()
    {
        double best = 1;
        double click = 0;
        for (int attempt = 0; attempt < 8 && (best > 0.030 || click > -60); attempt++)
        {
            long from = Sink.Position;
            Utterance utterance = Queue.Speak(Tone(1.5), SpeechSelection.WithoutEffects);
            long first = Sink.WaitForSound(from);
            Sink.WaitUntil(first + (Rate / 2));
            long paused = Stopwatch.GetTimestamp();
            Queue.IsPaused = true;
            (_, long stopped) = Sink.WaitForSoundToEnd(from);
            TimeSpan position = utterance.Position;
            await Task.Delay(100, Cancellation);
            Assert.Equal(position, utterance.Position);
            Assert.Equal(UtteranceState.Speaking, utterance.State);
            Queue.IsPaused = false;
            UtteranceEnd end = await utterance.Finished.WaitAsync(Cancellation);
            (long resumed, long last) = Sink.WaitForSoundToEnd(stopped);
            if (Starved(1.5, first, stopped, resumed, last))
                continue;
            Assert.Equal(1.5, (stopped - first + last - resumed) / (double)Rate, 0.003);
            Assert.Equal(1.5, end.Heard.TotalSeconds, 0.001);
            Assert.Equal(UtteranceState.Done, end.State);
            click = Math.Min(click, HighBand.Highest(Sink.Channel(0, first + 480, last - 480), Rate));
            best = Math.Min(best, Seconds(paused, Sink.HeardAt(stopped)));
        }

        Assert.InRange(best, 0, 0.030);
        Assert.InRange(click, -200, -60);
    }

    [Fact]
    public async Task Interrupting_while_it_is_paused_ends_it_where_it_stood()
    {
        long from = Sink.Position;
        Utterance utterance = Queue.Speak(Tone(3), SpeechSelection.WithoutEffects);
        Utterance next = Queue.Speak(Tone(0.25), SpeechSelection.WithoutEffects);
        Sink.WaitUntil(Sink.WaitForSound(from) + (Rate / 2));
        Queue.IsPaused = true;
        (_, long stopped) = Sink.WaitForSoundToEnd(from);
        utterance.Interrupt();
        UtteranceEnd end = await utterance.Finished.WaitAsync(TimeSpan.FromSeconds(5), Cancellation);
        Assert.Equal(UtteranceState.Interrupted, end.State);
        Assert.False(next.Started.IsCompleted);
        Queue.IsPaused = false;
        await next.Finished.WaitAsync(Cancellation);
        (long start, long last) = Sink.WaitForSoundToEnd(stopped);
        Assert.InRange((last - start) / (double)Rate, 0.249, 0.5);
    }

    // A machine that is busy with other things starves the loudspeaker now and then; that recording is longer and says nothing.
    private static bool Starved(double seconds, params long[] ends)
    {
        long sounding = 0;
        for (int i = 0; i < ends.Length; i += 2)
            sounding += ends[i + 1] - ends[i];
        return sounding > (seconds + 0.003) * Rate;
    }

    [Fact]
    public async Task A_stream_at_the_pace_of_speech_whose_chunks_are_up_to_50_ms_late_is_heard_without_a_gap()
    {
        bool isWhole = false;
        for (int attempt = 0; attempt < 8 && !isWhole; attempt++)
        {
            long from = Sink.Position;
            Utterance utterance = Queue.Speak(SpeechAudio.FromChunks(TrickleAsync(2, new Random(attempt)), "pcm_48000"), SpeechSelection.WithoutEffects);
            UtteranceEnd end = await utterance.Finished.WaitAsync(Cancellation);
            (long first, long last) = Sink.WaitForSoundToEnd(from);
            Assert.Equal(UtteranceState.Done, end.State);
            isWhole = !Starved(2, first, last);
            if (isWhole)
                Assert.InRange(HighBand.Highest(Sink.Channel(0, first + 480, last - 480), Rate), -200, -60);
        }

        Assert.True(isWhole, "Every one of 8 streams was heard with a gap.");
    }

    // 20 ms at a time, each when it is due or up to 50 ms later.
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> TrickleAsync(double seconds, Random random)
    {
        short[] samples = Array.ConvertAll(TestSignal.Sine(150, -12, Rate, (int)(seconds * Rate)), sample => (short)Math.Round(sample * 32_000));
        samples[0] = samples[^1] = 300;
        byte[] bytes = MemoryMarshal.AsBytes<short>(samples).ToArray();
        long start = Stopwatch.GetTimestamp();
        int chunk = Rate / 50 * sizeof(short);
        for (int at = 0; at < bytes.Length; at += chunk)
        {
            TimeSpan wait = TimeSpan.FromSeconds(((double)at / chunk * 0.020) + (random.NextDouble() * 0.050)) - Stopwatch.GetElapsedTime(start);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait);
            yield return bytes.AsMemory(at, Math.Min(chunk, bytes.Length - at));
        }
    }

    private static double Seconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalSeconds;

    private static SpeechAudio Tone(double seconds)
    {
        float[] tone = TestSignal.Sine(150, -12, Rate, (int)(seconds * Rate));
        // It begins and ends where everybody can see it.
        tone[0] = tone[^1] = 0.01f;
        return SpeechAudio.FromBytes(FloatWav.Of(tone, Rate));
    }
}
