using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Ducking;
using R3X.FxHost.Playback;
using R3X.FxHost.Playout;
using R3X.FxHost.Queue;
using R3X.FxHost.Tests.Listening;
using R3X.FxHost.Tests.Playback;
using R3X.FxHost.Tests.Queue;
using Xunit;

namespace R3X.FxHost.Tests.Ducking;

/// <summary>Music and microphone as a sound server's null sink sounds them.</summary>
[Collection(LoudspeakerTests.Name)]
public sealed class HeardDuckingTests(PulseServer server) : IAsyncLifetime
{
    private const int Rate = 48_000;
    private const int Window = Rate / 50;
    private const int Attempts = BestOf.Tries;

    private FxHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SinkRecording Sink => server.Default;

    public ValueTask InitializeAsync()
    {
        _host = FxHost.Create(new FxHostOptions
        {
            PresetFolder = Repository.PathOf("presets"),
            Device = "r3x",
            // Nothing here goes by how much the device holds; a small buffer is starved sooner by a machine that is
            // busy with other things.
            DeviceOptions = new OutputDeviceOptions { PulseServer = server.Address, BufferMilliseconds = 100 },
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_background_is_12_dB_down_half_a_second_into_a_line_and_up_again_when_hold_and_fade_are_over()
    {
        for (int attempt = 0; ; attempt++)
        {
            long began = PlayTone();
            Utterance line = Whisper(1.5);
            PlaybackMoment started = await line.Started.WaitAsync(Cancellation);
            UtteranceEnd end = await line.Finished.WaitAsync(Cancellation);
            long start = FrameAt(started.Timestamp, began);
            long over = start + (long)((end.Moment.DeviceTime - started.DeviceTime).TotalSeconds * Rate);
            Sink.WaitUntil(over + (Rate * 3 / 2));
            float[] heard = Sink.Channel(0, began, over + (Rate * 3 / 2));
            double[] levels =
            [
                Level(heard, start - began - (Rate / 20)), Level(heard, start - began + (Rate / 4)),
                    Level(heard, start - began + (Rate * 53 / 100)), Level(heard, over - began),
                Level(heard, over - began + (Rate * 57 / 100)), Level(heard, over - began + (Rate * 85 / 100)),
                    Level(heard, over - began + (Rate * 113 / 100)),
            ];
            double[] expected = [0, -6, -12, -12, -12, -6, 0];
            double full = Level(heard, Rate / 10);
            double[] off = [.. levels.Select((level, i) => level - full - expected[i])];
            double click = HighBand.Highest(heard[1_000..], Rate);
            await StopAsync();
            // 10 ms of a fade are a quarter of a decibel; a busy machine starves the loudspeaker, and such a recording
            // says nothing.
            if (attempt < Attempts && (click > -75 || off.Any(db => Math.Abs(db) > 0.4)))
                continue;
            Assert.All(off, db => Assert.InRange(db, -0.4, 0.4));
            Assert.InRange(click, -200, -75);
            return;
        }
    }

    [Fact]
    public async Task Barge_in_takes_back_the_speech_and_the_background_goes_on_without_a_click()
    {
        for (int attempt = 0; ; attempt++)
        {
            long began = PlayTone();
            Utterance line = Say(TestSignal.Sine(300, -12, Rate, 3 * Rate));
            await line.Started.WaitAsync(Cancellation);
            await Task.Delay(700 + attempt, Cancellation);
            line.Interrupt();
            UtteranceEnd end = await line.Finished.WaitAsync(Cancellation);
            Assert.Equal(UtteranceState.Interrupted, end.State);
            long over = FrameAt(end.Moment.Timestamp, began);
            Sink.WaitUntil(over + (Rate * 3 / 2));
            float[] heard = Sink.Channel(0, began, over + (Rate * 3 / 2));
            double full = Level(heard, Rate / 10);
            double[] off =
            [
                // Alone, and still down; then up.
                Level(heard, over - began + (Rate / 20)) - full + 12, Level(heard, over - began + (Rate / 2)) - full
                    + 12, Level(heard, over - began + (Rate * 115 / 100)) - full,
            ];
            double click = HighBand.Highest(heard[1_000..], Rate);
            await StopAsync();
            if (attempt < Attempts && (click > -65 || off.Any(db => Math.Abs(db) > 0.4)))
                continue;
            Assert.All(off, db => Assert.InRange(db, -0.4, 0.4));
            // The line's own first sample and the fade of its last 10 ms are at -72 dB.
            Assert.InRange(click, -200, -65);
            return;
        }
    }

    [Fact]
    public async Task The_microphone_is_muted_over_every_sample_that_is_heard_across_segments_and_opens_soon_after()
    {
        for (int attempt = 0; ; attempt++)
        {
            var told = new Told<MicMute>(_host.Queue.MicMutes(Cancellation));
            long from = Sink.Position;
            using Turn turn = _host.Queue.BeginTurn(SpeechSelection.WithoutEffects);
            for (int segment = 0; segment < 3; segment++)
                turn.Add(Audio([0.01f, .. TestSignal.Sine(200, -12, Rate, Rate / 3), 0.01f]));
            turn.Complete();
            await turn.Finished.WaitAsync(Cancellation);
            MicMute[] mutes = await told.WaitForAsync(2);
            (long first, long last) = Sink.WaitForSoundToEnd(from);
            double early = Milliseconds(mutes[0].Moment.Timestamp, Sink.HeardAt(first));
            double late = Milliseconds(Sink.HeardAt(last), mutes[1].Moment.Timestamp);
            Assert.Equal([true, false], told.News.Select(mute => mute.IsOn));
            if (attempt < Attempts && (early < -10 || late is < 290 or > 340))
                continue;
            Assert.InRange(early, -10, 60);
            Assert.InRange(late, 290, 340);
            return;
        }
    }

    // A tone that loops without a seam, twice a second, and has been heard for 300 ms.
    private long PlayTone()
    {
        long from = Sink.Position;
        _host.Background.Play(Audio(TestSignal.Sine(200, -12, Rate, Rate / 2)), levelDb: 0);
        long began = Sink.WaitForSound(from);
        Sink.WaitUntil(began + (Rate * 3 / 10));
        return began;
    }

    private async Task StopAsync()
    {
        Task finished = _host.Background.Current!.Finished;
        _host.Background.Stop(TimeSpan.FromMilliseconds(20));
        await finished.WaitAsync(Cancellation);
        Sink.WaitUntil(Sink.Position + (Rate / 2));
    }

    // One that is spoken and cannot be told from the background alone.
    private Utterance Whisper(double seconds) => Say([.. Enumerable.Repeat(1e-6f, (int)(seconds * Rate))]);

    private Utterance Say(float[] samples) => _host.Queue.Speak(Audio(samples), SpeechSelection.WithoutEffects);

    private static SpeechAudio Audio(float[] samples) => SpeechAudio.FromBytes(FloatWav.Of(samples, Rate));

    // The frame of the recording that was heard at a moment.
    private long FrameAt(long timestamp, long from)
    {
        Sink.WaitUntil(Sink.Position + Window);
        long near = Math.Max(from, Sink.Position - Rate);
        return near + (long)(Milliseconds(Sink.HeardAt(near), timestamp) * Rate / 1000);
    }

    private static double Level(float[] heard, long around) =>
        10 * Math.Log10(
            heard.AsSpan((int)around - (Window / 2), Window).ToArray().Average(sample => (double)sample * sample));

    private static double Milliseconds(long from, long to) => (to - from) * 1000.0 / Stopwatch.Frequency;
}
