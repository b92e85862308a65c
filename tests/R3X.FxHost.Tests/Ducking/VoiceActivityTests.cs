using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Ducking;
using R3X.FxHost.Playback;
using R3X.FxHost.Playout;
using R3X.FxHost.Queue;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Playout;
using R3X.FxHost.Tests.Queue;
using Xunit;

namespace R3X.FxHost.Tests.Ducking;

/// <summary>When music is told to duck and a microphone to mute, by the frame.</summary>
[Collection(PacedTests.Name)]
public sealed class VoiceActivityTests
{
    private const int Rate = 48_000;
    private const int Frames = 9_600;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Music_goes_down_with_the_first_frame_that_is_heard_and_up_behind_the_last()
    {
        using var tape = new TapeDevice(Rate);
        await using FxHost host = Host(
            tape, new DuckingOptions { TargetDb = -9, FadeMilliseconds = 250, HoldMilliseconds = 100 });
        var told = new Told<DuckingEvent>(host.Queue.Ducking(Cancellation));
        Utterance line = Say(host, new() { Id = "hello" });
        await line.Finished.WaitAsync(Cancellation);
        DuckingEvent[] news = await told.WaitForAsync(2);
        Assert.Equal((true, -9, TimeSpan.FromMilliseconds(250), "hello"),
            (news[0].IsDucked, news[0].GainDb, news[0].Fade, news[0].Turn));
        Assert.Equal((false, 0, TimeSpan.FromMilliseconds(250), "hello"),
            (news[1].IsDucked, news[1].GainDb, news[1].Fade, news[1].Turn));
        Assert.Equal([0, Frames], news.Select(FrameOf));
        Assert.Equal((await line.Started).DeviceTime, news[0].Moment.DeviceTime);
    }

    [Fact]
    public async Task Host_yaml_says_how_music_ducks_where_the_program_does_not()
    {
        DirectoryInfo presets = Directory.CreateTempSubdirectory("r3x-ducking-");
        await File.WriteAllTextAsync(Path.Combine(presets.FullName, "host.yaml"),
            "host: 1\nducking: { target: -20 dB, fade: 250 ms, hold: 200 ms }\n", Cancellation);
        await File.WriteAllTextAsync(
            Path.Combine(presets.FullName, "mine.yaml"), "preset: 1\nchain: []\n", Cancellation);
        using var tape = new TapeDevice(Rate);
        await using FxHost host = FxHost.Create(
            new FxHostOptions { PresetFolder = presets.FullName, OpenDevice = () => tape });
        var told = new Told<DuckingEvent>(host.Queue.Ducking(Cancellation));
        await Say(host).Finished.WaitAsync(Cancellation);
        DuckingEvent[] news = await told.WaitForAsync(2);
        Assert.Equal((-20, TimeSpan.FromMilliseconds(250)), (news[0].GainDb, news[0].Fade));
        Assert.Equal([0, Frames], news.Select(FrameOf));
        presets.Delete(recursive: true);
    }

    [Fact]
    public async Task Between_lines_closer_than_the_hold_nothing_moves_and_between_others_everything_does_to_the_frame()
    {
        using var tape = new TapeDevice(Rate) { Limit = 0 };
        await using FxHost host = Host(tape, new DuckingOptions { HoldMilliseconds = 200 },
            new MicMuteOptions { HoldMilliseconds = 100, AheadMilliseconds = 0 });
        var ducking = new Told<DuckingEvent>(host.Queue.Ducking(Cancellation));
        var muting = new Told<MicMute>(host.Queue.MicMutes(Cancellation));
        Utterance[] lines = [Say(host), Say(host, new() { PauseBefore = TimeSpan.FromMilliseconds(150) }),
            Say(host, new() { PauseBefore = TimeSpan.FromMilliseconds(300) })];
        tape.Limit = long.MaxValue;
        await Task.WhenAll(lines.Select(line => line.Finished)).WaitAsync(Cancellation);
        DuckingEvent[] news = await ducking.WaitForAsync(4);
        MicMute[] mutes = await muting.WaitForAsync(6);
        (int[] starts, int[] ends) = Sounds(tape.Heard);
        Assert.Equal([starts[0], ends[1] + 9_600, starts[2], ends[2]], news.Select(FrameOf));
        Assert.Equal(
            [starts[0], ends[0] + 4_800, starts[1], ends[1] + 4_800, starts[2], ends[2]], mutes.Select(FrameOf));
        Assert.Equal([true, false, true, false, true, false], mutes.Select(mute => mute.IsOn));
        Assert.False(host.Queue.IsMicMuted);
    }

    [Fact]
    public async Task A_lead_lets_the_voice_wait_until_music_is_down_and_only_then()
    {
        using var tape = new TapeDevice(Rate) { Limit = 0 };
        await using FxHost host = Host(tape, new DuckingOptions { LeadMilliseconds = 100, HoldMilliseconds = 50 });
        var told = new Told<DuckingEvent>(host.Queue.Ducking(Cancellation));
        Utterance[] lines = [Say(host), Say(host, new() { PauseBefore = TimeSpan.FromMilliseconds(75) }),
            Say(host, new() { PauseBefore = TimeSpan.FromMilliseconds(300) })];
        tape.Limit = long.MaxValue;
        await Task.WhenAll(lines.Select(line => line.Finished)).WaitAsync(Cancellation);
        DuckingEvent[] news = await told.WaitForAsync(4);
        (int[] starts, int[] ends) = Sounds(tape.Heard);
        Assert.Equal(4_800, starts[0]);
        // Down still or again: the second does not wait more than it would anyway.
        Assert.InRange(starts[1] - ends[0], 0, 3_600);
        Assert.Equal([0, ends[1] + 2_400, starts[2] - 4_800, ends[2]], news.Select(FrameOf));
    }

    [Fact]
    public async Task The_microphone_is_muted_before_a_sample_can_be_heard_as_far_as_the_device_lets_know()
    {
        using var tape = new TapeDevice(Rate) { Latency = TimeSpan.FromMilliseconds(200) };
        await using FxHost host = Host(tape, muting: new MicMuteOptions { AheadMilliseconds = 30 });
        var told = new Told<MicMute>(host.Queue.MicMutes(Cancellation));
        Utterance line = Say(host, frames: 48_000);
        MicMute on = (await told.WaitForAsync(1))[0];
        PlaybackMoment started = await line.Started.WaitAsync(Cancellation);
        Assert.InRange((started.DeviceTime - on.Moment.DeviceTime).TotalMilliseconds, 0, 31);
        line.Interrupt();
    }

    [Fact]
    public async Task Interrupted_in_the_middle_both_end_a_hold_behind_what_was_heard()
    {
        using var tape = new TapeDevice(Rate) { Limit = 10_000 };
        await using FxHost host = Host(tape, new DuckingOptions { HoldMilliseconds = 20 },
            new MicMuteOptions { HoldMilliseconds = 10, AheadMilliseconds = 0 });
        var ducking = new Told<DuckingEvent>(host.Queue.Ducking(Cancellation));
        var muting = new Told<MicMute>(host.Queue.MicMutes(Cancellation));
        Utterance line = Say(host, frames: 96_000);
        tape.WaitUntilHeard(9_000);
        Assert.True((await muting.WaitForAsync(1))[0].IsOn);
        line.Interrupt();
        tape.Limit = long.MaxValue;
        UtteranceEnd end = await line.Finished.WaitAsync(Cancellation);
        Assert.Equal(UtteranceState.Interrupted, end.State);
        Assert.Equal([0, tape.Heard.Length], (await muting.WaitForAsync(2)).Select(FrameOf));
        Assert.Equal([0, tape.Heard.Length], (await ducking.WaitForAsync(2)).Select(FrameOf));
        Assert.Equal(end.Moment.DeviceTime, muting.News[1].Moment.DeviceTime);
    }

    [Fact]
    public async Task One_that_preempts_goes_on_in_the_span_of_the_one_it_cuts_off()
    {
        await using FxHost host = Host(new NullDevice(new AudioFormat(Rate, 1)));
        var told = new Told<MicMute>(host.Queue.MicMutes(Cancellation));
        Utterance first = Say(host, frames: 96_000);
        await first.Started.WaitAsync(Cancellation);
        Utterance urgent = Say(host, new() { Priority = 1, Preempts = true });
        await urgent.Finished.WaitAsync(Cancellation);
        Assert.Equal([true, false], (await told.WaitForAsync(2)).Select(mute => mute.IsOn));
        Assert.Equal(InterruptionReason.Preempted, (await first.Finished).Reason);
    }

    [Fact]
    public async Task Paused_the_microphone_opens_and_with_the_sound_it_closes_again()
    {
        await using FxHost host = Host(
            new NullDevice(new AudioFormat(Rate, 1)), muting: new MicMuteOptions { HoldMilliseconds = 50 });
        var told = new Told<MicMute>(host.Queue.MicMutes(Cancellation));
        Utterance line = Say(host, frames: 24_000);
        await line.Started.WaitAsync(Cancellation);
        host.Queue.IsPaused = true;
        await told.WaitForAsync(2);
        Assert.False(host.Queue.IsMicMuted);
        Assert.Equal(UtteranceState.Speaking, line.State);
        host.Queue.IsPaused = false;
        UtteranceEnd end = await line.Finished.WaitAsync(Cancellation);
        MicMute[] mutes = await told.WaitForAsync(4);
        Assert.Equal([true, false, true, false], mutes.Select(mute => mute.IsOn));
        Assert.True(mutes[2].Moment.DeviceTime >= mutes[1].Moment.DeviceTime);
        Assert.Equal(UtteranceState.Done, end.State);
    }

    [Fact]
    public async Task A_line_that_stalls_opens_the_microphone_until_it_goes_on()
    {
        await using FxHost host = Host(
            new NullDevice(new AudioFormat(Rate, 1)), muting: new MicMuteOptions { HoldMilliseconds = 30 });
        var told = new Told<MicMute>(host.Queue.MicMutes(Cancellation));
        byte[] wav = FloatWav.Of([.. Enumerable.Repeat(0.1f, 24_000)], Rate);
        var rest = new TaskCompletionSource();
        Utterance line = host.Queue.Speak(SpeechAudio.FromChunks(Stalling()), SpeechSelection.WithoutEffects);
        Assert.Equal([true, false], (await told.WaitForAsync(2)).Select(mute => mute.IsOn));
        rest.SetResult();
        await line.Finished.WaitAsync(Cancellation);
        Assert.Equal([true, false, true, false], (await told.WaitForAsync(4)).Select(mute => mute.IsOn));

        async System.Collections.Generic.IAsyncEnumerable<ReadOnlyMemory<byte>> Stalling()
        {
            yield return wav.AsMemory(0, wav.Length / 2);
            await rest.Task;
            yield return wav.AsMemory(wav.Length / 2);
        }
    }

    [Fact]
    public async Task Nothing_stays_muted_or_ducked_when_the_device_fails_or_the_host_goes()
    {
        int opened = 0;
        await using FxHost host = Host(() => new FailingDevice(fails: opened++ == 0));
        var muting = new Told<MicMute>(host.Queue.MicMutes(Cancellation));
        var ducking = new Told<DuckingEvent>(host.Queue.Ducking(Cancellation));
        Utterance line = Say(host, frames: 96_000);
        Assert.Equal(UtteranceState.Failed, (await line.Finished.WaitAsync(Cancellation)).State);
        Assert.False((await muting.WaitForAsync(2))[1].IsOn);
        Assert.False((await ducking.WaitForAsync(2))[1].IsDucked);
        Assert.False(host.Queue.IsMicMuted);

        Utterance other = Say(host, frames: 96_000);
        await other.Started.WaitAsync(Cancellation);
        await muting.WaitForAsync(3);
        await host.DisposeAsync();
        await muting.Listening.WaitAsync(Cancellation);
        await ducking.Listening.WaitAsync(Cancellation);
        Assert.Equal([true, false, true, false], muting.News.Select(mute => mute.IsOn));
        Assert.Equal([true, false, true, false], ducking.News.Select(news => news.IsDucked));
    }

    private static int FrameOf(DuckingEvent news) => (int)Math.Round(news.Moment.DeviceTime.TotalSeconds * Rate);

    private static int FrameOf(MicMute news) => (int)Math.Round(news.Moment.DeviceTime.TotalSeconds * Rate);

    // The first frame of every sound, and the one behind its last.
    private static (int[] Starts, int[] Ends) Sounds(float[] heard)
    {
        int[] edges = [.. Enumerable.Range(0, heard.Length + 1).Where(
            i => (i > 0 && heard[i - 1] != 0) != (i < heard.Length && heard[i] != 0))];
        return ([.. edges.Where((_, i) => i % 2 == 0)], [.. edges.Where((_, i) => i % 2 == 1)]);
    }

    private static Utterance Say(FxHost host, UtteranceOptions? options = null, int frames = Frames) =>
        host.Queue.Speak(SpeechAudio.FromBytes(FloatWav.Of([.. Enumerable.Repeat(0.1f, frames)], Rate)),
            SpeechSelection.WithoutEffects, options);

    private static FxHost Host(IOutputDevice device, DuckingOptions? ducking = null, MicMuteOptions? muting = null) =>
        Host(() => device, ducking, muting);

    private static FxHost Host(Func<IOutputDevice> open, DuckingOptions? ducking = null,
        MicMuteOptions? muting = null) => FxHost.Create(new FxHostOptions
    {
        PresetFolder = Repository.PathOf("presets"),
        OpenDevice = open,
        Ducking = ducking ?? DuckingOptions.Default,
        MicMute = muting ?? MicMuteOptions.Default,
    });

    /// <summary>A loudspeaker that is pulled out after a tenth of a second.</summary>
    private sealed class FailingDevice(bool fails) : IOutputDevice
    {
        private readonly NullDevice _device = new(new AudioFormat(Rate, 1));
        private int _written;

        public string Name => "failing";

        public AudioFormat Format => _device.Format;

        public TimeSpan Latency => _device.Latency;

        public long Underruns => 0;

        public void Write(AudioBlock block)
        {
            if (fails && (_written += block.Frames) > Rate / 10)
                throw new DeviceException("It was pulled out.");
            _device.Write(block);
        }

        public void Drain() => _device.Drain();

        public void Flush() => _device.Flush();

        public int Rewind(int frames) => _device.Rewind(frames);

        public void InterruptWait() => _device.InterruptWait();

        public void Dispose() => _device.Dispose();
    }
}
