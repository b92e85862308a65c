using System;
using System.Diagnostics.Metrics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Queue;
using R3X.FxHost.Tests.Hosting;
using R3X.FxHost.Tests.Playout;
using Xunit;

namespace R3X.FxHost.Tests.Diagnostics.Observing;

/// <summary>What is measured of lines that are really spoken.</summary>
[Collection(PacedTests.Name)]
public sealed class MeterTests
{
    [Fact]
    public async Task A_spoken_line_is_measured_once_and_by_its_preset()
    {
        await using var observed = new ObservedHost();
        Utterance utterance = observed.Host.Queue.Speak(
            ObservedHost.Noise(0.3), new SpeechSelection { Preset = "neutral", Text = "nobody's business", Seed = 1 });
        SpeechReport report = (await ObservedHost.EndAsync(utterance)).Report!;
        MeterReadings readings = observed.Readings;
        Assert.Equal(report.AddedLatencyP99.TotalSeconds,
            Assert.Single(readings.Of("r3x.fxhost.line.added_latency")).Value, 1e-9);
        Assert.Equal(report.ProcessingTime / report.InputDuration,
            Assert.Single(readings.Of("r3x.fxhost.line.processing_ratio")).Value, 1e-6);
        Assert.Equal(report.Playback!.FirstHanded!.Value.TotalSeconds,
            Assert.Single(readings.Of("r3x.fxhost.first_sound.handed")).Value, 1e-9);
        Assert.Equal(report.Playback.FirstHeard!.Value.TotalSeconds,
            Assert.Single(readings.Of("r3x.fxhost.first_sound.heard")).Value, 1e-9);
        Reading ended = Assert.Single(readings.Of("r3x.fxhost.utterances"));
        Assert.Equal((1, "done", null),
            (ended.Value, ended["r3x.fxhost.utterance.state"], ended["r3x.fxhost.interruption.reason"]));
        Assert.All(readings.All, reading => Assert.Equal("neutral", reading["r3x.fxhost.preset"]));
        Assert.DoesNotContain(readings.All.SelectMany(reading => reading.Tags.Values),
            value => $"{value}".Contains("business", StringComparison.Ordinal));
        Assert.Empty(observed.Log.Entries);
    }

    [Fact]
    public async Task A_written_line_has_a_processing_ratio_and_is_never_late()
    {
        await using var observed = new ObservedHost();
        using var output = new MemoryStream();
        await observed.Host.RenderAsync(
            ObservedHost.Noise(0.3), output, TestHost.Float, cancellation: TestContext.Current.CancellationToken);
        Reading ratio = Assert.Single(observed.Readings.All);
        Assert.Equal(("r3x.fxhost.line.processing_ratio", "written"), (ratio.Instrument, ratio["r3x.fxhost.output"]));
    }

    [Fact]
    public async Task What_was_interrupted_or_failed_is_counted_by_its_reason_and_said_in_the_log()
    {
        using var tape = new TapeDevice(ObservedHost.Rate) { Limit = 0 };
        await using var observed = new ObservedHost(tape);
        SpeechQueue queue = observed.Host.Queue;
        Utterance[] utterances =
        [
            queue.Speak(ObservedHost.Noise(0.2), SpeechSelection.WithoutEffects),
            queue.Speak(SpeechAudio.FromFile("/nowhere/line.mp3"), SpeechSelection.WithoutEffects),
            queue.Speak(ObservedHost.Noise(0.2), SpeechSelection.WithoutEffects,
                new UtteranceOptions { Id = "old", Tag = "score" }),
            queue.Speak(ObservedHost.Noise(0.2), SpeechSelection.WithoutEffects,
                new UtteranceOptions { Id = "new", Tag = "score" }),
        ];
        utterances[3].Interrupt();
        tape.Limit = long.MaxValue;
        foreach (Utterance utterance in utterances)
            await ObservedHost.EndAsync(utterance);
        Assert.Equal(
            ["done//", "failed//System.IO.DirectoryNotFoundException", "interrupted/asked/", "interrupted/replaced/"],
            observed.Readings.Of("r3x.fxhost.utterances")
                .Select(reading => $"{reading["r3x.fxhost.utterance.state"]}"
                    + $"/{reading["r3x.fxhost.interruption.reason"]}/{reading["error.type"]}").Order());
        LogEntry failed = observed.Log.Single("Failed");
        Assert.IsType<DirectoryNotFoundException>(failed.Exception);
        Assert.Contains("/nowhere/line.mp3", failed.Text, StringComparison.Ordinal);
        Assert.Equal(["new: asked", "old: replaced"], observed.Log.Entries.Where(entry => entry.Event.Name
            == "Interrupted").Select(entry => $"{entry.Values["Utterance"]}: {entry.Values["Reason"]}").Order());
    }

    [Fact]
    public async Task An_effect_that_misbehaves_is_counted_with_its_cause_and_said_in_the_log_as_in_the_report()
    {
        string presets = TestHost.PresetFolder(("neutral", "preset: 1\nchain:\n  - emits-nan\n"));
        await using var observed = new ObservedHost(
            presets: presets, plugins: Repository.PathOf("artifacts", "test-plugins"));
        SpeechReport report = await observed.Host.ProcessAndPlayAsync(
            ObservedHost.Noise(0.3), cancellation: TestContext.Current.CancellationToken);
        Reading fault = Assert.Single(observed.Readings.Of("r3x.fxhost.faults"));
        Assert.Equal(("neutral", "emits-nan", "not-finite"),
            (fault["r3x.fxhost.preset"], fault["r3x.fxhost.effect"], fault["r3x.fxhost.fault.cause"]));
        LogEntry said = observed.Log.Single("EffectFault");
        Assert.Equal(Assert.Single(report.Faults), said.Text.Replace(" (not-finite)", "", StringComparison.Ordinal));
        Assert.Equal(("emits-nan", "neutral", 1), (said.Values["Effect"], said.Values["Preset"], said.Event.Id));
    }

    [Fact]
    public async Task A_preset_that_is_not_there_is_said_in_the_log_and_counted_as_the_one_that_was_used()
    {
        await using var observed = new ObservedHost();
        SpeechReport report = await observed.Host.ProcessAndPlayAsync(
            ObservedHost.Noise(0.1), SpeechSelection.OfPreset("nosuch"), TestContext.Current.CancellationToken);
        // A machine that is busy adds one of its own.
        Assert.Equal(report.Warnings.Take(2).Select(warning => $"A line with the preset {report.Preset}: {warning}"),
            observed.Log.Entries.Where(entry => entry.Event.Name == "Fallback").Select(entry => entry.Text));
        Assert.Equal(report.Preset, Assert.Single(observed.Readings.Of("r3x.fxhost.utterances"))["r3x.fxhost.preset"]);
    }

    [Fact]
    public async Task The_queues_of_all_hosts_of_a_container_are_its_depth()
    {
        using var tape = new TapeDevice(ObservedHost.Rate) { Limit = 0 };
        await using var observed = new ObservedHost(tape);
        using var second = new TapeDevice(ObservedHost.Rate) { Limit = 0 };
        await using var other = FxHost.Create(new FxHostOptions { PresetFolder = Repository.PathOf("presets"),
            OpenDevice = () => second }, meters: observed.Readings);
        for (int i = 0; i < 6; i++)
            observed.Host.Queue.Speak(ObservedHost.Noise(0.1), SpeechSelection.WithoutEffects);
        await ObservedHost.UntilAsync(() => observed.Host.Queue.Waiting < 6);
        for (int i = 0; i < 5; i++)
            other.Queue.Speak(ObservedHost.Noise(0.1), SpeechSelection.WithoutEffects);
        // Read ahead are as many as may be, then it stands still.
        await ObservedHost.UntilAsync(() =>
            observed.Readings.Observe("r3x.fxhost.queue.depth") == observed.Host.Queue.Waiting + other.Queue.Waiting);
        Assert.True(other.Queue.Waiting > 0);
        await other.DisposeAsync();
        Assert.Equal(observed.Host.Queue.Waiting, observed.Readings.Observe("r3x.fxhost.queue.depth"));
    }

    [Fact]
    public async Task A_container_gives_its_host_its_meters_and_its_log()
    {
        using var readings = new MeterReadings();
        var log = new HeardLog();
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton<IMeterFactory>(readings)
            .AddSingleton<ILogger<FxHost>>(log)
            .AddR3XFxHost(options => options with { PresetFolder = Repository.PathOf("presets"), Device = "null" })
            .BuildServiceProvider();
        await services.GetRequiredService<FxHost>().ProcessAndPlayAsync(
            ObservedHost.Noise(0.1), SpeechSelection.OfPreset("nosuch"), TestContext.Current.CancellationToken);
        Assert.Single(readings.Of("r3x.fxhost.utterances"));
        Assert.NotEmpty(log.Entries);
    }

    [Fact]
    public async Task A_listener_that_throws_costs_no_line()
    {
        await using var observed = new ObservedHost(
            onMeasured: static () => throw new InvalidOperationException("full"));
        UtteranceEnd end = await ObservedHost.EndAsync(observed.Host.Queue.Speak(ObservedHost.Noise(0.1)));
        Assert.Equal(UtteranceState.Done, end.State);
    }

    [Fact]
    public void What_nobody_listens_to_allocates_nothing()
    {
        using var factory = new DeafFactory();
        HostMeters meters = HostMeters.Of(factory);
        Measure();
        Assert.Equal(0, Allocations.Fewest(Measure));

        void Measure()
        {
            meters.Line(
                "neutral", true, TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
            meters.Utterance("done", null, null, null);
            meters.Fault("neutral", "eq", "threw");
            meters.DeviceChange("lost");
        }
    }

    private sealed class DeafFactory : IMeterFactory
    {
        private readonly Meter _meter = new("deaf");

        public Meter Create(MeterOptions options) => _meter;

        public void Dispose() => _meter.Dispose();
    }
}
