using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Linq;
using System.Runtime.CompilerServices;

namespace R3X.FxHost.Diagnostics;

/// <summary>
/// What can be measured of a host. Names and units follow OpenTelemetry's conventions. Everything is recorded when a
/// line has ended, off the audio path; what nobody listens to costs a comparison. Any thread.
/// </summary>
internal sealed class HostMeters
{
    private static readonly ConditionalWeakTable<Meter, HostMeters> Known = [];
    private static readonly Lazy<HostMeters> Process = new(
        static () => new HostMeters(new Meter(FxHostTelemetry.Name)));

    private readonly Histogram<double> _addedLatency;
    private readonly Histogram<double> _processingRatio;
    private readonly Counter<long> _late;
    private readonly Histogram<double> _firstHanded;
    private readonly Histogram<double> _firstHeard;
    private readonly Counter<long> _utterances;
    private readonly Counter<long> _underruns;
    private readonly Counter<long> _faults;
    private readonly Counter<long> _deviceChanges;
    private readonly ConcurrentDictionary<Func<int>, bool> _queues = new();

    private HostMeters(Meter meter)
    {
        _addedLatency = meter.CreateHistogram(
            "r3x.fxhost.line.added_latency", "s", "By how much later a line sounds for having passed through, what 99 "
                + "% of its frames do not exceed.", null,
            Boundaries(0.0005, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.05, 0.1));
        _processingRatio = meter.CreateHistogram(
            "r3x.fxhost.line.processing_ratio", "1",
                "Time spent decoding and processing a line, as a share of the time it lasts.", null,
            Boundaries(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1));
        _late = meter.CreateCounter<long>(
            "r3x.fxhost.line.late", "{line}", "Spoken lines whose chain made them later than the promised 20 ms.");
        _firstHanded = meter.CreateHistogram(
            "r3x.fxhost.first_sound.handed", "s", "From an utterance's first complete codec frame to its first sample "
                + "handed to the device.", null, FirstSound);
        _firstHeard = meter.CreateHistogram(
            "r3x.fxhost.first_sound.heard", "s",
                "From an utterance's first complete codec frame to its first sample heard.", null, FirstSound);
        _utterances = meter.CreateCounter<long>("r3x.fxhost.utterances", "{utterance}", "Utterances that have ended.");
        _underruns = meter.CreateCounter<long>(
            "r3x.fxhost.underruns", "{underrun}", "How often there was no sound in the middle of an utterance.");
        _faults = meter.CreateCounter<long>(
            "r3x.fxhost.faults", "{fault}", "Effects that misbehaved and were bypassed for the rest of a line.");
        _deviceChanges = meter.CreateCounter<long>(
            "r3x.fxhost.device.changes", "{change}", "Loudspeakers lost, resumed, given up or exchanged.");
        meter.CreateObservableUpDownCounter(
            "r3x.fxhost.queue.depth", () => _queues.Keys.Sum(static waiting => (long)waiting()), "{utterance}",
                "Utterances that wait to be read.");
    }

    private static InstrumentAdvice<double> FirstSound =>
        Boundaries(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5);

    /// <summary>The meters of a container, or of the process: one set of instruments however many hosts there
    /// are.</summary>
    /// <param name="factory">The container's; null takes the process's.</param>
    public static HostMeters Of(IMeterFactory? factory) =>
        factory is null ? Process.Value
            : Known.GetValue(factory.Create(FxHostTelemetry.Name), static meter => new HostMeters(meter));

    /// <summary>Counts a queue in until <see cref="Forget"/>.</summary>
    /// <param name="waiting">How many wait in it.</param>
    public void Watch(Func<int> waiting) => _queues.TryAdd(waiting, true);

    /// <summary>Counts a queue no more.</summary>
    /// <param name="waiting">What <see cref="Watch"/> was given.</param>
    public void Forget(Func<int> waiting) => _queues.TryRemove(waiting, out _);

    /// <summary>A line has passed through its chain.</summary>
    /// <param name="preset">Its preset.</param>
    /// <param name="isHeard">Whether somebody listened.</param>
    /// <param name="addedLatency">What 99 % of its frames did not exceed.</param>
    /// <param name="processing">Time spent.</param>
    /// <param name="length">How long it lasts.</param>
    public void Line(string preset, bool isHeard, TimeSpan addedLatency, TimeSpan processing, TimeSpan length)
    {
        if (!_addedLatency.Enabled && !_processingRatio.Enabled && !_late.Enabled)
            return;
        var tags = new TagList { { TelemetryAttribute.Preset, preset },
            { TelemetryAttribute.Output, isHeard ? "spoken" : "written" } };
        if (length > TimeSpan.Zero)
            _processingRatio.Record(processing / length, tags);
        if (!isHeard)
            return;
        _addedLatency.Record(addedLatency.TotalSeconds, tags);
        if (addedLatency > LatencyPromise.Limit)
            _late.Add(1, tags);
    }

    /// <summary>An utterance has ended.</summary>
    /// <param name="state">How.</param>
    /// <param name="reason">Why it was interrupted.</param>
    /// <param name="failure">What it failed with.</param>
    /// <param name="report">What is known of it.</param>
    public void Utterance(string state, string? reason, Exception? failure, SpeechReport? report)
    {
        if (_utterances.Enabled)
        {
            var tags = new TagList { { TelemetryAttribute.State, state } };
            if (report is not null)
                tags.Add(TelemetryAttribute.Preset, report.Preset);
            if (reason is not null)
                tags.Add(TelemetryAttribute.Reason, reason);
            if (failure is not null)
                tags.Add(TelemetryAttribute.ErrorType, failure.GetType().FullName);
            _utterances.Add(1, tags);
        }

        if (report?.Playback is not { } playback)
            return;
        var preset = new KeyValuePair<string, object?>(TelemetryAttribute.Preset, report.Preset);
        if (playback.FirstHanded is { } handed)
            _firstHanded.Record(handed.TotalSeconds, preset);
        if (playback.FirstHeard is { } heard)
            _firstHeard.Record(heard.TotalSeconds, preset);
        Underruns(playback.LateUnderruns, "line", preset);
        Underruns(playback.DeviceUnderruns, "device", preset);
    }

    /// <summary>An effect misbehaved.</summary>
    /// <param name="preset">The preset it is a step of.</param>
    /// <param name="effect">Its id.</param>
    /// <param name="cause">What it did.</param>
    public void Fault(string preset, string effect, string cause) =>
        _faults.Add(1, new(TelemetryAttribute.Preset, preset), new(TelemetryAttribute.Effect, effect),
            new(TelemetryAttribute.Cause, cause));

    /// <summary>Something became of the device.</summary>
    /// <param name="change">What.</param>
    public void DeviceChange(string change) =>
        _deviceChanges.Add(1, new KeyValuePair<string, object?>(TelemetryAttribute.Change, change));

    private void Underruns(long count, string source, KeyValuePair<string, object?> preset)
    {
        if (count > 0)
            _underruns.Add(count, new(TelemetryAttribute.Source, source), preset);
    }

    private static InstrumentAdvice<double> Boundaries(params double[] seconds) =>
        new() { HistogramBucketBoundaries = seconds };
}
