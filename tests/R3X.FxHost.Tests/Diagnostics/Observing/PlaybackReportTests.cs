using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Playback;
using R3X.FxHost.Queue;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Hosting;
using R3X.FxHost.Tests.Playout;
using Xunit;

namespace R3X.FxHost.Tests.Diagnostics.Observing;

/// <summary>What a report says of how a line was heard.</summary>
[Collection(PacedTests.Name)]
public sealed class PlaybackReportTests
{
    // Whole before it begins to sound: never late, however busy the machine.
    private const double Short = 0.06;

    private static readonly AudioFormat Format = new(ObservedHost.Rate, 1);

    [Fact]
    public async Task A_line_that_was_heard_tells_how_soon_how_long_and_where()
    {
        await using var observed = new ObservedHost();
        Utterance utterance = observed.Host.Queue.Speak(ObservedHost.Noise(Short), SpeechSelection.WithoutEffects,
            new UtteranceOptions { Id = "hello", Priority = 3 });
        UtteranceEnd end = await ObservedHost.EndAsync(utterance);
        PlaybackReport playback = end.Report!.Playback!;
        Assert.Equal(("hello", "hello", 3, "done", (string?)null, "troubled"),
            (playback.Utterance, playback.Turn, playback.Priority, playback.State, playback.Reason, playback.Device));
        Assert.Equal(Short, playback.Heard.TotalSeconds, 1e-6);
        Assert.Equal(Short, playback.Length!.Value.TotalSeconds, 1e-6);
        Assert.Equal(playback.Heard, playback.End - playback.Start!.Value);
        Assert.Equal((await utterance.Started).DeviceTime, playback.Start);
        Assert.Equal(end.Moment.DeviceTime, playback.End);
        Assert.InRange(playback.FirstHanded!.Value.TotalSeconds, 0, 5);
        Assert.InRange(playback.FirstHeard!.Value, playback.FirstHanded.Value, TimeSpan.FromSeconds(5));
        Assert.True(playback.Waited >= TimeSpan.Zero);
        Assert.Equal((0, 0, TimeSpan.Zero), (playback.LateUnderruns, playback.DeviceUnderruns, playback.NotHeard));
        Assert.Empty(playback.DeviceChanges);
    }

    [Fact]
    public async Task A_line_behind_another_counts_from_the_moment_the_loudspeaker_was_free_for_it()
    {
        await using var observed = new ObservedHost();
        Utterance first = observed.Host.Queue.Speak(ObservedHost.Noise(0.6), SpeechSelection.WithoutEffects);
        Utterance second = observed.Host.Queue.Speak(ObservedHost.Noise(0.1), SpeechSelection.WithoutEffects,
            new UtteranceOptions { PauseBefore = TimeSpan.FromMilliseconds(200) });
        await ObservedHost.EndAsync(first);
        PlaybackReport playback = (await ObservedHost.EndAsync(second)).Report!.Playback!;
        Assert.Equal(0.8, playback.Start!.Value.TotalSeconds, 0.05);
        // Neither the 600 ms of the line before it nor its own pause of 200 ms.
        Assert.InRange(playback.FirstHeard!.Value.TotalSeconds, 0, 0.25);
    }

    [Fact]
    public async Task A_line_that_was_only_written_was_not_heard()
    {
        await using var observed = new ObservedHost();
        using var output = new MemoryStream();
        SpeechReport report = await observed.Host.RenderAsync(
            ObservedHost.Noise(0.1), output, TestHost.Float, cancellation: TestContext.Current.CancellationToken);
        Assert.Null(report.Playback);
    }

    [Fact]
    public async Task An_interrupted_line_tells_why_and_how_much_was_heard_and_not_its_length_while_that_is_unknown()
    {
        await using var observed = new ObservedHost();
        var never = new TaskCompletionSource();
        Utterance utterance = observed.Host.Queue.Speak(
            ObservedHost.Stalled(0.6, never.Task), SpeechSelection.WithoutEffects);
        await ObservedHost.UntilAsync(() => utterance.Position > TimeSpan.FromMilliseconds(50));
        utterance.Interrupt();
        UtteranceEnd end = await ObservedHost.EndAsync(utterance);
        PlaybackReport playback = end.Report!.Playback!;
        Assert.Equal(("interrupted", "asked", (TimeSpan?)null), (playback.State, playback.Reason, playback.Length));
        Assert.Equal(end.Heard, playback.Heard);
        Assert.InRange(playback.Heard.TotalSeconds, 0.05, 0.3);
    }

    [Fact]
    public async Task A_source_that_stalls_is_told_from_a_machine_that_is_busy_and_silence_between_lines_is_neither()
    {
        using var device = new TroubledDevice(Format);
        await using var observed = new ObservedHost(device);
        var stall = new TaskCompletionSource();
        Utterance late = observed.Host.Queue.Speak(
            ObservedHost.Stalled(0.4, stall.Task), SpeechSelection.WithoutEffects);
        await ObservedHost.UntilAsync(() => late.Position >= TimeSpan.FromMilliseconds(199));
        // The loudspeaker's thread sees it within 10 ms, on a busy machine somewhat later.
        await Task.Delay(200, TestContext.Current.CancellationToken);
        // A device that runs dry while the source stalls says so, too.
        device.RunDry();
        stall.SetResult();
        PlaybackReport lateReport = (await ObservedHost.EndAsync(late)).Report!.Playback!;
        Assert.Equal((1, 0), (lateReport.LateUnderruns, lateReport.DeviceUnderruns));
        device.RunDry();
        Utterance busy = observed.Host.Queue.Speak(ObservedHost.Noise(0.6), SpeechSelection.WithoutEffects);
        await ObservedHost.UntilAsync(() => busy.Position > TimeSpan.FromMilliseconds(100));
        device.RunDry();
        PlaybackReport busyReport = (await ObservedHost.EndAsync(busy)).Report!.Playback!;
        Assert.Equal((0, 1), (busyReport.LateUnderruns, busyReport.DeviceUnderruns));
        Assert.Equal(["device:1", "line:1"], Underruns(observed));
        Assert.Equal(1L, observed.Log.Single("LineUnderrun").Values["Count"]);
        Assert.Equal("troubled", observed.Log.Single("DeviceUnderrun").Values["Device"]);
    }

    [Fact]
    public async Task What_became_of_the_device_is_in_the_report_of_the_line_it_happened_in_and_in_no_other()
    {
        using var device = new TroubledDevice(Format);
        await using var observed = new ObservedHost(device);
        await ObservedHost.EndAsync(observed.Host.Queue.Speak(ObservedHost.Noise(0.1), SpeechSelection.WithoutEffects));
        Utterance utterance = observed.Host.Queue.Speak(ObservedHost.Noise(0.5), SpeechSelection.WithoutEffects);
        await ObservedHost.UntilAsync(() => utterance.Position > TimeSpan.FromMilliseconds(50));
        // The line lies from frame 4,800 to 28,800.
        device.Change(new DeviceChange(9_600, DeviceChangeKind.Lost, "chest", 0, "It was unplugged."));
        device.Change(
            new DeviceChange(14_400, DeviceChangeKind.Resumed, "head", 4_800, "The sound goes on through head."));
        PlaybackReport playback = (await ObservedHost.EndAsync(utterance)).Report!.Playback!;
        Assert.Equal(
            [new PlaybackChange(TimeSpan.FromSeconds(0.2), "lost", "chest", "It was unplugged."),
                new PlaybackChange(TimeSpan.FromSeconds(0.3), "resumed", "head", "The sound goes on through head.")],
            playback.DeviceChanges);
        Assert.Equal(0.1, playback.NotHeard.TotalSeconds, 1e-6);
        Assert.Equal("head", playback.Device);
        PlaybackReport next = (await ObservedHost.EndAsync(observed.Host.Queue.Speak(ObservedHost.Noise(0.1),
            SpeechSelection.WithoutEffects))).Report!.Playback!;
        Assert.Empty(next.DeviceChanges);
        Assert.Equal(TimeSpan.Zero, next.NotHeard);
        Assert.Equal("lost resumed", string.Join(' ', observed.Readings.Of("r3x.fxhost.device.changes").Select(
            reading => reading["r3x.fxhost.device.change"]).Order()));
        Assert.Contains("It was unplugged.", observed.Log.Single("DeviceLost").Text, StringComparison.Ordinal);
        Assert.Equal("head", observed.Log.Single("DeviceBack").Values["Device"]);
    }

    private static string[] Underruns(ObservedHost observed)
    {
        string[] counted = Array.ConvertAll(observed.Readings.Of("r3x.fxhost.underruns"),
            reading => $"{reading["r3x.fxhost.underrun.source"]}:{reading.Value}");
        Array.Sort(counted, StringComparer.Ordinal);
        return counted;
    }
}
