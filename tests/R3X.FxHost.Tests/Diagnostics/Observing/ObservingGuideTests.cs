using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Hosting;
using R3X.FxHost.Tests.Playout;
using Xunit;

namespace R3X.FxHost.Tests.Diagnostics.Observing;

/// <summary>docs/observing.md says what there is.</summary>
[Collection(PacedTests.Name)]
public sealed class ObservingGuideTests
{
    private static readonly string[] Guide = File.ReadAllLines(Repository.PathOf("docs", "observing.md"));

    [Fact]
    public void It_lists_every_instrument_with_its_unit_and_kind_and_no_other()
    {
        using var readings = new MeterReadings();
        HostMeters.Of(readings);
        Assert.Equal(
            readings.Instruments.Select(
                instrument => $"{instrument.Name} {instrument.Unit} {instrument.GetType().Name.Split('`')[0]}").Order(),
            Rows("| `r3x.").Select(row => $"{row[0]} {row[1]} {row[2]}").Order());
    }

    [Fact]
    public void It_lists_every_attribute_of_measurements_and_every_event_of_the_log()
    {
        string text = string.Join('\n', Guide);
        string[] onlyOfActivities = [TelemetryAttribute.Utterance, TelemetryAttribute.Turn, TelemetryAttribute.Priority,
            TelemetryAttribute.Heard, TelemetryAttribute.Seed, TelemetryAttribute.Device];
        Assert.All(
            typeof(TelemetryAttribute).GetFields().Select(field => (string)field.GetRawConstantValue()!).Except(
                onlyOfActivities),
            attribute => Assert.Contains($"`{attribute}`", text, StringComparison.Ordinal));
        IEnumerable<string> events = typeof(HostLog).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>()
            .Select(message => $"{message.EventName} {message.EventId} {message.Level}");
        Assert.Equal(
            events.Order(), Rows("| `").Where(row => row.Length == 3).Select(row => string.Join(' ', row)).Order());
    }

    [Fact]
    public async Task OpenTelemetry_exports_what_its_example_asks_for()
    {
        // Only there when a busy machine starved the loudspeaker.
        const string Starved = "r3x.fxhost.underruns";
        string preset = "observed-" + Guid.NewGuid().ToString("n");
        var metrics = new List<MetricSnapshot>();
        var traces = new List<Activity>();
        using MeterProvider meters = OpenTelemetry.Sdk.CreateMeterProviderBuilder().AddMeter(FxHostTelemetry.Name)
            .AddInMemoryExporter(metrics).Build();
        using TracerProvider tracer = OpenTelemetry.Sdk.CreateTracerProviderBuilder().AddSource(FxHostTelemetry.Name)
            .AddInMemoryExporter(traces).Build();
        await using (FxHost host = FxHost.Create(new FxHostOptions
        {
            PresetFolder = TestHost.PresetFolder((preset, "preset: 1\nchain:\n  - gain\n")),
            OpenDevice = static () => new NullDevice(new AudioFormat(ObservedHost.Rate, 1)),
        }))
        {
            await host.ProcessAndPlayAsync(
                ObservedHost.Noise(0.1), SpeechSelection.OfPreset(preset), TestContext.Current.CancellationToken);
            meters.ForceFlush();
            tracer.ForceFlush();
        }

        Assert.Equal(
            ["r3x.fxhost.first_sound.handed", "r3x.fxhost.first_sound.heard", "r3x.fxhost.line.added_latency",
                "r3x.fxhost.line.processing_ratio", "r3x.fxhost.utterances"],
            metrics.Where(metric => metric.MetricPoints.Any(Mine)).Select(metric => metric.Name)
                .Where(name => name != Starved).Distinct().Order());
        MetricPoint latency = metrics.Last(metric =>
            metric.Name == "r3x.fxhost.line.added_latency").MetricPoints.Single(Mine);
        Assert.Equal(1, latency.GetHistogramCount());
        Assert.Contains(metrics, metric => metric.Name == "r3x.fxhost.queue.depth");
        Assert.Contains(traces.ToArray(), activity => activity.OperationName == "utterance"
            && activity.GetTagItem(TelemetryAttribute.Preset) as string == preset);

        bool Mine(MetricPoint point)
        {
            foreach (KeyValuePair<string, object?> tag in point.Tags)
            {
                if (tag is { Key: TelemetryAttribute.Preset, Value: string value } && value == preset)
                    return true;
            }

            return false;
        }
    }

    private static IEnumerable<string[]> Rows(string start) => Guide
        .Where(line => line.StartsWith(start, StringComparison.Ordinal))
        .Select(line =>
            line.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(cell => cell.Trim().Trim('`')).ToArray());
}
