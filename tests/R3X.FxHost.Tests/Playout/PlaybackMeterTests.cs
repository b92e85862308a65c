using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Lights;
using R3X.FxHost.Metering;
using R3X.FxHost.Queue;
using R3X.FxHost.Tests.Queue;
using R3X.FxHost.Tests.Simulation;
using Xunit;

namespace R3X.FxHost.Tests.Playout;

/// <summary>Levels of what a virtual loudspeaker sounds. A listener may be 50 levels behind: tests tell fewer, and
/// read them behind.</summary>
public sealed class PlaybackMeterTests : IDisposable
{
    private const int Rate = 48_000;
    private const int Frames = 9_600;
    private readonly VirtualHost _host = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Lines_have_a_level_every_20_ms_and_are_marked_with_their_moods_and_the_silence_behind_the_last()
    {
        IAsyncEnumerable<SpeechLevel> levels = _host.Host.Levels(Cancellation);
        Hear(Say(0.1f, "sad"), Say(0.2f, "excited"));
        List<SpeechLevel> told = await UntilSilenceAsync(levels);
        Assert.Equal(
            Enumerable.Range(0, 20).Select(i => 960L * i).Append(2 * Frames), told.Select(level => level.Start));
        Assert.All(told.Take(10), level => Assert.Equal((0.1f, 0.1f, "sad"), (level.Rms, level.Peak, level.Mood)));
        Assert.All(told.Skip(10).Take(10), level =>
            Assert.Equal((0.2f, 0.2f, "excited"), (level.Rms, level.Peak, level.Mood)));
        Assert.Equal([0, 10], Enumerable.Range(0, 20).Where(i => told[i].Mark == LevelMark.First));
        Assert.Equal((0f, 0f, 0, LevelMark.Silence), (told[20].Rms, told[20].Peak, told[20].Frames, told[20].Mark));
    }

    [Fact]
    public async Task A_controller_is_told_in_one_line_of_code()
    {
        var said = new List<string>();
        IAsyncEnumerable<string> lines = _host.Host.Levels(Cancellation).AsLines();
        Hear(Say(0.1f, "sad"));
        await foreach (string line in lines)
        {
            said.Add(line);
            if (line == "SPEAK_STOP")
                break;
        }

        Assert.Equal(["SPEAK:sad", "SPEAK_LEVEL:80", "SPEAK_LEVEL:0", "SPEAK_STOP"], said);
    }

    [Fact]
    public async Task A_line_that_was_interrupted_ends_in_silence_and_nothing_of_what_was_not_heard_is_told()
    {
        IAsyncEnumerable<SpeechLevel> levels = _host.Host.Levels(Cancellation);
        Utterance utterance = Say(0.1f, null, 48_000);
        _host.Time.Advance(100);
        utterance.Interrupt();
        Hear(utterance);
        List<SpeechLevel> told = await UntilSilenceAsync(levels);
        UtteranceEnd end = await utterance.Finished;
        Assert.Equal(UtteranceState.Interrupted, end.State);
        Assert.True(told[^1].Start >= (end.Heard.TotalSeconds * Rate) - 1, $"{told[^1]} behind {end.Heard}");
        Assert.All(told, level => Assert.InRange(level.Middle, 0, end.Heard.TotalSeconds * Rate));
        Assert.InRange(end.Heard.TotalMilliseconds, 100, 130);
    }

    [Fact]
    public async Task While_the_sound_stands_still_it_is_silent_and_every_frame_has_its_level_once()
    {
        IAsyncEnumerable<SpeechLevel> levels = _host.Host.Levels(Cancellation);
        Utterance utterance = Say(0.1f, "sad", 24_000);
        _host.Time.Advance(200);
        _host.Queue.IsPaused = true;
        _host.Time.Advance(500);
        List<SpeechLevel> before = await UntilSilenceAsync(levels);
        Assert.InRange(before[^1].Start, 0, 12_000);
        levels = _host.Host.Levels(Cancellation);
        _host.Queue.IsPaused = false;
        Hear(utterance);
        List<SpeechLevel> after = await UntilSilenceAsync(levels);
        Assert.Equal((LevelMark.First, "sad"), (after[0].Mark, after[0].Mood));
        long[] starts = [.. before[..^1].Concat(after).Select(level => level.Start)];
        Assert.Equal(starts.Distinct().Order(), starts);
        Assert.Equal(24_000, starts[^1], 500.0);
    }

    [Fact]
    public async Task A_muted_droid_moves_its_mouth()
    {
        _host.Host.IsMuted = true;
        IAsyncEnumerable<SpeechLevel> levels = _host.Host.Levels(Cancellation);
        Hear(Say(0.1f, null));
        List<SpeechLevel> told = await UntilSilenceAsync(levels);
        Assert.All(told.SkipLast(1), level => Assert.Equal(0.1f, level.Rms));
        Assert.Empty(_host.Sink.Stretches());
    }

    [Fact]
    public async Task A_pause_in_front_of_a_line_is_dark_and_the_line_is_marked_where_it_sounds()
    {
        IAsyncEnumerable<SpeechLevel> levels = _host.Host.Levels(Cancellation);
        Hear(Say(0.1f, "sad"));
        await UntilSilenceAsync(levels);
        levels = _host.Host.Levels(Cancellation);
        Hear(_host.Queue.Speak(
            Audio(0.2f, Frames),
            SpeechSelection.WithoutEffects with { Mood = "happy" },
            new UtteranceOptions { PauseBefore = TimeSpan.FromMilliseconds(500) }));
        List<SpeechLevel> told = await UntilSilenceAsync(levels);
        Assert.Equal((LevelMark.First, "happy"), (told[0].Mark, told[0].Mood));
        Assert.True(told[0].Peak > 0);
        Assert.Single(told, level => level.Mark == LevelMark.First);
        Assert.All(told.SkipLast(1), level => Assert.Equal(0.2f, level.Rms));
    }

    [Fact]
    public async Task Lights_go_out_with_the_host()
    {
        await using IAsyncEnumerator<SpeechLevel> levels = _host.Host.Levels(Cancellation).GetAsyncEnumerator(
            Cancellation);
        Say(0.1f, null, 48_000);
        _host.Time.Advance(200);
        _host.Host.Dispose();
        Assert.True(await levels.MoveNextAsync());
        while (levels.Current.Mark != LevelMark.Silence)
            Assert.True(await levels.MoveNextAsync());
        Assert.False(await levels.MoveNextAsync());
    }

    [Fact]
    public void Levels_come_every_5_to_100_milliseconds()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FxHostOptions { LevelMilliseconds = 4 });
        Assert.Equal(5, new FxHostOptions { LevelMilliseconds = 5 }.LevelMilliseconds);
    }

    private Utterance Say(float value, string? mood, int frames = Frames) =>
        _host.Queue.Speak(Audio(value, frames), SpeechSelection.WithoutEffects with { Mood = mood, KeepsLevel = true });

    private static SpeechAudio Audio(float value, int frames) =>
        SpeechAudio.FromBytes(FloatWav.Of([.. Enumerable.Repeat(value, frames)], Rate));

    // And the silence behind the last.
    private void Hear(params Utterance[] lines)
    {
        foreach (Utterance line in lines)
            _host.Time.Run(line.Finished);
        _host.Time.Advance(200);
    }

    private static async Task<List<SpeechLevel>> UntilSilenceAsync(IAsyncEnumerable<SpeechLevel> levels)
    {
        var told = new List<SpeechLevel>();
        await foreach (SpeechLevel level in levels)
        {
            told.Add(level);
            if (level.Mark == LevelMark.Silence)
                break;
        }

        return told;
    }
}
