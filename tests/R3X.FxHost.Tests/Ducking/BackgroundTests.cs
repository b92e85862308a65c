using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Decoding;
using R3X.FxHost.Ducking;
using R3X.FxHost.Playback;
using R3X.FxHost.Queue;
using R3X.FxHost.Tests.Listening;
using R3X.FxHost.Tests.Playout;
using R3X.FxHost.Tests.Queue;
using Xunit;

namespace R3X.FxHost.Tests.Ducking;

/// <summary>Music under speech, sample by sample, on a loudspeaker that goes as far as it is let.</summary>
[Collection(PacedTests.Name)]
public sealed class BackgroundTests : IAsyncDisposable
{
    private const int Rate = 48_000;
    private readonly TapeDevice _tape = new(Rate) { Limit = 0 };
    private readonly FxHost _host;

    public BackgroundTests() => _host = FxHost.Create(new FxHostOptions
    {
        PresetFolder = Repository.PathOf("presets"),
        OpenDevice = () => _tape,
        Ducking = new DuckingOptions { TargetDb = -20, FadeMilliseconds = 100, HoldMilliseconds = 150 },
    });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _tape.Dispose();
    }

    [Fact]
    public async Task It_ducks_under_a_line_by_the_stated_decibels_and_frames_and_loops_without_a_seam()
    {
        float[] music = TestSignal.Sine(250, -12, Rate, Rate / 5);
        _host.Background.Play(SpeechAudio.FromBytes(FloatWav.Of(music, Rate)), levelDb: 0);
        await RunToAsync(4_800);
        Utterance line = Say(0.25f, 24_000);
        await RunUntilAsync(line.Finished);
        await RunToAsync(_tape.Heard.Length + 40_000);

        float[] heard = _tape.Heard;
        int start = Enumerable.Range(1, heard.Length - 1).First(i => Math.Abs(heard[i] - Music(i)) > 0.2);
        for (int i = 0; i < heard.Length; i++)
        {
            double down = Math.Clamp((i - start) / 4_800.0, 0, 1);
            double up = Math.Clamp((i - start - 24_000 - 7_200) / 4_800.0, 0, 1);
            double expected = (Music(i) * Math.Pow(10, -20 * (down - up) / 20)) + (
                i >= start && i < start + 24_000 ? 0.25 : 0);
            Assert.True(Math.Abs(expected - heard[i]) < 1e-5,
                $"Frame {i}, {i - start} behind the line's first, is {heard[i]} and not {expected}.");
        }

        float Music(int frame) => music[frame % music.Length];
    }

    [Fact]
    public async Task At_another_rate_there_is_no_seam_either()
    {
        float[] music = TestSignal.Sine(441, -12, 44_100, 11_100);
        _host.Background.Play(SpeechAudio.FromBytes(FloatWav.Of(music, 44_100)), levelDb: 0);
        await RunToAsync(60_000);
        float[] heard = _tape.Heard;
        float amplitude = music.Max();
        for (int i = 200; i < heard.Length; i++)
            Assert.Equal(amplitude * Math.Sin(2 * Math.PI * 441 * i / Rate), heard[i], 1e-3);
    }

    [Fact]
    public async Task Played_once_it_ends_with_its_last_sample_and_its_level_moves_without_a_click()
    {
        BackgroundSound sound = _host.Background.Play(SpeechAudio
            .FromBytes(FloatWav.Of([.. Enumerable.Repeat(0.5f, 20_000)], Rate)), isLooped: false, levelDb: -6);
        await RunToAsync(9_600);
        sound.LevelDb = -20;
        _tape.Limit = long.MaxValue;
        await sound.Finished.WaitAsync(Cancellation);
        float[] heard = _tape.Heard;
        Assert.Equal(20_000, Array.FindLastIndex(heard, sample => sample != 0) + 1);
        Assert.Equal(0.5 * Math.Pow(10, -6 / 20.0), heard[0], 1e-6);
        Assert.Equal(0.05, heard[19_999], 1e-6);
        for (int i = 1; i < 20_000; i++)
            Assert.InRange(Math.Abs(heard[i] - heard[i - 1]), 0, 0.002);
        Assert.Null(sound.Failure);
        Assert.Null(_host.Background.Current);
    }

    [Fact]
    public async Task Stopped_it_fades_and_another_one_takes_its_place_within_10_ms()
    {
        BackgroundSound first = Play(0.1f);
        await RunToAsync(4_800);
        BackgroundSound second = Play(0.2f);
        await RunUntilAsync(first.Finished);
        _host.Background.Stop(TimeSpan.FromMilliseconds(50));
        await RunUntilAsync(second.Finished);
        float[] heard = _tape.Heard;
        int begins = Array.FindIndex(heard, sample => sample == 0.2f);
        Assert.Equal(0.1f, heard[begins - 481]);
        Assert.InRange(heard[begins - 1], 0, 0.001f);
        int stops = Array.FindLastIndex(heard, sample => sample == 0.2f);
        Assert.InRange(Array.FindLastIndex(heard, sample => sample > 0) - stops, 2_300, 2_401);
        Assert.Null(first.Failure);
    }

    [Fact]
    public async Task Paused_it_stands_still_and_goes_on_where_it_was()
    {
        float[] music = TestSignal.Sine(100, -12, Rate, Rate);
        _host.Background.Play(SpeechAudio.FromBytes(FloatWav.Of(music, Rate)), levelDb: 0);
        await RunToAsync(9_600);
        _host.Queue.IsPaused = true;
        _tape.Limit = 48_000;
        int stood = -1;
        for (int seen = 0; seen != stood; seen = _tape.Heard.Length)
        {
            stood = _tape.Heard.Length;
            await Task.Delay(50, Cancellation);
        }

        Assert.InRange(stood, 9_600, 12_000);
        Assert.Equal(0, _tape.Heard[^1], 1e-6);
        _host.Queue.IsPaused = false;
        await RunToAsync(24_000);
        Assert.Equal(music[20_000..22_000], _tape.Heard[20_000..22_000]);
    }

    [Fact]
    public async Task What_cannot_be_read_is_reported_and_silent_and_speech_goes_on()
    {
        _tape.Limit = long.MaxValue;
        BackgroundSound broken = _host.Background.Play(SpeechAudio.FromBytes("RIFF, but nothing else"u8.ToArray()));
        await broken.Finished.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        BackgroundSound missing = _host.Background.Play(SpeechAudio.FromFile("/nowhere/music.mp3"));
        await missing.Finished.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        Assert.IsType<UnreadableAudioException>(broken.Failure);
        Assert.IsAssignableFrom<IOException>(missing.Failure);
        Utterance line = Say(0.25f, 4_800);
        Assert.Equal(UtteranceState.Done, (await line.Finished.WaitAsync(Cancellation)).State);
        Assert.Equal(Enumerable.Repeat(0.25f, 4_800), _tape.Heard.Where(sample => sample != 0));
    }

    [Fact]
    public async Task Volume_and_mute_hold_for_it_and_a_sum_over_full_scale_is_bent_and_not_cut()
    {
        Play(0.8f);
        await RunToAsync(4_800);
        Utterance line = Say(0.8f, 24_000);
        await RunUntilAsync(line.Started);
        _host.IsMuted = true;
        await RunToAsync(_tape.Heard.Length + 9_600);
        Assert.InRange(_tape.Heard.Max(), 0.95f, 1);
        Assert.Equal(0, _tape.Heard[^1]);
        line.Interrupt();
    }

    [Fact]
    public async Task It_ends_with_the_device_and_with_the_host()
    {
        BackgroundSound sound = Play(0.1f);
        await RunToAsync(4_800);
        await _host.DisposeAsync();
        await sound.Finished.WaitAsync(Cancellation);
        Assert.Throws<ObjectDisposedException>(() => Play(0.1f));

        await using FxHost deaf = FxHost.Create(new FxHostOptions { PresetFolder = Repository.PathOf("presets"),
            OpenDevice = () => throw new DeviceException("There is none.") });
        BackgroundSound unheard = deaf.Background.Play(SpeechAudio.FromBytes(FloatWav.Of([0.1f], Rate)));
        await unheard.Finished.WaitAsync(Cancellation);
        Assert.IsType<DeviceException>(unheard.Failure);
    }

    private BackgroundSound Play(float value) => _host.Background.Play(
        SpeechAudio.FromBytes(FloatWav.Of([.. Enumerable.Repeat(value, 9_600)], Rate)), levelDb: 0);

    private Utterance Say(float value, int frames) => _host.Queue.Speak(SpeechAudio
        .FromBytes(FloatWav.Of([.. Enumerable.Repeat(value, frames)], Rate)), SpeechSelection.WithoutEffects);

    // Some ten times a loudspeaker's pace: whoever decodes ahead keeps up.
    private async Task RunToAsync(int frames)
    {
        for (int limit = _tape.Heard.Length; limit < frames; limit += 480)
        {
            _tape.Limit = limit;
            _tape.WaitUntilHeard(limit - 480);
            await Task.Delay(1, Cancellation);
        }
    }

    private async Task RunUntilAsync(Task done, int atMost = 2_000_000)
    {
        int from = _tape.Heard.Length;
        for (int limit = from + 480; !done.IsCompleted; limit += 480)
        {
            Assert.True(limit < from + atMost, "It does not end.");
            _tape.Limit = limit;
            await Task.Delay(1, Cancellation);
        }
    }
}
