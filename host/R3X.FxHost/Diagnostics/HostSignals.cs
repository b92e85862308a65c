using System;
using Microsoft.Extensions.Logging;

namespace R3X.FxHost.Diagnostics;

/// <summary>
/// Where a host says what happens: its meters and its log. Any thread but those of the sound, as who listens may take
/// his time. Never throws: a listener's own failure costs no line.
/// </summary>
/// <param name="meters">The meters.</param>
/// <param name="log">The log.</param>
internal sealed class HostSignals(HostMeters meters, ILogger log)
{
    /// <summary>Watches a queue until <see cref="Forget"/>.</summary>
    /// <param name="waiting">How many wait in it.</param>
    public void Watch(Func<int> waiting) => meters.Watch(waiting);

    /// <summary>Watches a queue no more.</summary>
    /// <param name="waiting">What <see cref="Watch"/> was given.</param>
    public void Forget(Func<int> waiting) => meters.Forget(waiting);

    /// <summary>An effect misbehaved and was bypassed.</summary>
    /// <param name="preset">The preset.</param>
    /// <param name="step">The step's name there.</param>
    /// <param name="effect">The effect.</param>
    /// <param name="version">The plugin's version.</param>
    /// <param name="cause">What it did, a word.</param>
    /// <param name="detail">The same as the end of a sentence, with figures and place.</param>
    /// <param name="outcome">What that means for the line: the rest of it.</param>
    /// <param name="trace">The exception it threw, as text with its stack trace; null where there was none.</param>
    public void Fault(string preset, string step, string effect, string version, string cause, string detail,
        string outcome, string? trace) => Safely(() =>
    {
        meters.Fault(preset, effect, cause);
        HostLog.Fault(
            log, trace is null ? null : new EffectException(trace), preset, step, effect, version, cause, detail,
            outcome);
    });

    /// <summary>An effect threw on a thread of its own.</summary>
    /// <inheritdoc cref="Fault"/>
    public void UnhandledException(
        string effect, string version, string cause, string detail, string? trace) => Safely(() =>
    {
        meters.Fault("", effect, cause);
        HostLog.UnhandledException(
            log, trace is null ? null : new EffectException(trace), effect, version, cause, detail);
    });

    /// <summary>Something was not as it was meant to be, and the line went on.</summary>
    /// <param name="preset">The preset the line was spoken with.</param>
    /// <param name="warning">What, a whole sentence.</param>
    public void Fallback(string preset, string warning) => Safely(() => HostLog.Fallback(log, preset, warning));

    /// <summary>Something became of an effect's files while the host lives.</summary>
    /// <param name="change">What, in a few words.</param>
    /// <param name="isRefused">Whether something in them cannot be used.</param>
    public void EffectChanged(string change, bool isRefused) => Safely(() =>
    {
        if (isRefused)
            HostLog.EffectRefused(log, change);
        else
            HostLog.EffectChanged(log, change);
    });

    /// <summary>An effect that was replaced or removed does not leave memory.</summary>
    /// <param name="leak">Which, and what keeps it.</param>
    public void EffectLingers(string leak) => Safely(() => HostLog.EffectLingers(log, leak));

    /// <summary>Something became of the device.</summary>
    /// <param name="change">What.</param>
    public void DeviceChanged(PlaybackChange change) => Safely(() =>
    {
        meters.DeviceChange(change.Change);
        if (change.Change is "lost" or "given-up")
            HostLog.DeviceLost(log, change.Device, change.Change, change.At, change.Reason);
        else
            HostLog.DeviceBack(log, change.Device, change.Change, change.At, change.Reason);
    });

    /// <summary>A background could not be played, or not to its end.</summary>
    /// <param name="source">What it is called.</param>
    /// <param name="failure">Why.</param>
    public void BackgroundFailed(string source, Exception? failure) =>
        Safely(() => HostLog.BackgroundFailed(log, failure, source, failure?.Message));

    /// <summary>A line has passed through its chain.</summary>
    /// <inheritdoc cref="HostMeters.Line"/>
    public void Line(string preset, bool isHeard, TimeSpan addedLatency, TimeSpan processing, TimeSpan length) =>
        Safely(() => meters.Line(preset, isHeard, addedLatency, processing, length));

    /// <summary>An utterance has ended.</summary>
    /// <param name="playback">How it was heard.</param>
    /// <param name="failure">What it failed with; null when it did not.</param>
    /// <param name="report">How it was processed, <paramref name="playback"/> in it; null when it was not.</param>
    public void UtteranceEnded(PlaybackReport playback, Exception? failure, SpeechReport? report) => Safely(() =>
    {
        meters.Utterance(playback.State, playback.Reason, failure, report);
        if (playback.LateUnderruns > 0)
            HostLog.LineUnderrun(log, playback.Utterance, playback.LateUnderruns);
        if (playback.DeviceUnderruns > 0)
            HostLog.DeviceUnderrun(log, playback.Device, playback.DeviceUnderruns, playback.Utterance);
        if (playback.State == "failed")
            HostLog.Failed(log, failure, playback.Utterance, playback.Heard, failure?.Message);
        else if (playback.State == "interrupted")
            HostLog.Interrupted(log, playback.Utterance, playback.Reason, playback.Heard);
    });

    /// <summary>Tells somebody, whose own failure is lost.</summary>
    public static void Safely(Action tell)
    {
        try
        {
            tell();
        }
        catch (Exception)
        {
            // Loggers and listeners throw what they like.
        }
    }
}
