using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Playback;
using R3X.FxHost.Playout;
using R3X.FxHost.Queue;
using R3X.FxHost.Tests.Listening;
using R3X.FxHost.Tests.Playback;
using Xunit;

namespace R3X.FxHost.Tests.Queue;

/// <summary>Times as a sound server's null sink sounds them; to the frame they are in
/// <see cref="PlaybackTimeTests"/>.</summary>
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
        _host = Create(40);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task It_has_started_when_its_first_sample_was_heard_and_finished_when_its_last_was()
    {
        // What a busy machine delays says nothing; the best of a few tries is what the clock can do.
        (double Start, double End) best = (1, 1);
        double soonest = 1;
        for (int attempt = 0; attempt < 8
            && Math.Max(soonest, Math.Max(Math.Abs(best.Start), Math.Abs(best.End))) > 0.010; attempt++)
        {
            long from = Sink.Position;
            Utterance utterance = Queue.Speak(Tone(0.7), SpeechSelection.WithoutEffects);
            PlaybackMoment started = await utterance.Started.WaitAsync(Cancellation);
            long toldStart = Stopwatch.GetTimestamp();
            UtteranceEnd end = await utterance.Finished.WaitAsync(Cancellation);
            long toldEnd = Stopwatch.GetTimestamp();
            (long first, long last) = Sink.WaitForSoundToEnd(from);
            if (Starved(0.7, first, last))
                continue;
            Assert.Equal(0.7, end.Heard.TotalSeconds, 0.001);
            Assert.Equal(0.7, (end.Moment.DeviceTime - started.DeviceTime).TotalSeconds, 0.001);
            (double, double) now = (
                Seconds(Sink.HeardAt(first), started.Timestamp), Seconds(Sink.HeardAt(last), end.Moment.Timestamp));
            // Never told in advance; how long a thread then waits for a busy machine is its own affair.
            Assert.True(toldStart >= started.Timestamp);
            Assert.True(toldEnd >= end.Moment.Timestamp);
            soonest = Math.Min(
                soonest, Math.Max(Seconds(started.Timestamp, toldStart), Seconds(end.Moment.Timestamp, toldEnd)));
            if (Math.Max(Math.Abs(now.Item1), Math.Abs(now.Item2)) < Math.Max(Math.Abs(best.Start), Math.Abs(best.End)))
                best = now;
        }

        TestContext.Current.SendDiagnosticMessage(
            "started {0:0.0} ms, finished {1:0.0} ms after it was heard, told {2:0.0} ms later", best.Start * 1000,
            best.End * 1000, soonest * 1000);
        Assert.InRange(best.Start, -0.010, 0.010);
        Assert.InRange(best.End, -0.010, 0.010);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(500)]
    public async Task An_interruption_is_silent_within_30_ms_whatever_the_buffer_and_without_a_click(double buffer)
    {
        await using FxHost host = Create(buffer);
        double best = 1;
        double click = 0;
        for (int attempt = 0; attempt < 8 && (best > 0.030 || click > -60); attempt++)
        {
            long from = Sink.Position;
            Utterance utterance = host.Queue.Speak(Tone(3), SpeechSelection.WithoutEffects);
            long first = Sink.WaitForSound(from);
            Sink.WaitUntil(first + (Rate / 2) + (attempt * 97));
            long interrupted = Stopwatch.GetTimestamp();
            host.Queue.Interrupt();
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

    // A machine that is busy with other things starves the loudspeaker now and then; that recording is longer and says
    // nothing.
    private static bool Starved(double seconds, params long[] ends)
    {
        long sounding = 0;
        for (int i = 0; i < ends.Length; i += 2)
            sounding += ends[i + 1] - ends[i];
        return sounding > (seconds + 0.003) * Rate;
    }

    private FxHost Create(double buffer) => FxHost.Create(new FxHostOptions
    {
        PresetFolder = Repository.PathOf("presets"),
        Device = "r3x",
        DeviceOptions = new OutputDeviceOptions { PulseServer = server.Address, BufferMilliseconds = buffer },
    });

    private static double Seconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalSeconds;

    private static SpeechAudio Tone(double seconds)
    {
        float[] tone = TestSignal.Sine(150, -12, Rate, (int)(seconds * Rate));
        // It begins and ends where everybody can see it.
        tone[0] = tone[^1] = 0.01f;
        return SpeechAudio.FromBytes(FloatWav.Of(tone, Rate));
    }
}
