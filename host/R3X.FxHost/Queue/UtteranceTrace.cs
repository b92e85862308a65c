using System;
using System.Diagnostics;
using R3X.FxHost.Diagnostics;

namespace R3X.FxHost.Queue;

/// <summary>
/// An utterance as an activity, from its place in the queue to its end, and what it did as activities below it.
/// Nobody's current activity changes.
/// </summary>
internal sealed class UtteranceTrace
{
    private readonly Activity _activity;
    private readonly TimeProvider _time;
    private readonly long _begun;

    private UtteranceTrace(Activity activity, TimeProvider time)
    {
        _activity = activity;
        _time = time;
        _begun = time.GetTimestamp();
    }

    /// <summary>Begins, below the caller's activity; null when nobody wants to know.</summary>
    /// <param name="first">The turn's first utterance, which this one follows; null for that one.</param>
    /// <param name="time">The clock of its moments.</param>
    public static UtteranceTrace? Begin(UtteranceTrace? first, TimeProvider time)
    {
        try
        {
            Activity? activity = Start(
                "utterance", default, first is null ? null : new ActivityLink(first._activity.Context), default);
            return activity is null ? null : new UtteranceTrace(activity, time);
        }
        catch (Exception)
        {
            // A listener's own failure costs no line.
            return null;
        }
    }

    /// <summary>Ends.</summary>
    /// <param name="utterance">What ended.</param>
    /// <param name="playback">How it was heard.</param>
    /// <param name="end">How it ended.</param>
    public void End(Utterance utterance, PlaybackReport playback, UtteranceEnd end)
    {
        try
        {
            Tell(utterance.Notes, playback, end);
        }
        catch (Exception)
        {
            // A listener's own failure costs no line.
        }
    }

    private void Tell(UtteranceNotes notes, PlaybackReport playback, UtteranceEnd end)
    {
        long ended = end.Moment.Timestamp;
        long? heard = notes[UtteranceState.Speaking]?.Timestamp;
        long? voiceEnded = notes[UtteranceState.Draining]?.Timestamp;
        if (notes[UtteranceState.Buffering]?.Timestamp is { } read)
            Part("buffering", read, heard ?? ended);
        if (notes.ChainFrom != 0 && notes.ChainTime > TimeSpan.Zero)
            Part("build chain", notes.ChainFrom,
                notes.ChainFrom + (long)(notes.ChainTime.TotalSeconds * _time.TimestampFrequency));
        if (heard is { } from)
        {
            _activity.AddEvent(new ActivityEvent("first sound", At(from)));
            Part("speaking", from, voiceEnded ?? ended);
        }

        if (voiceEnded is { } drained)
            Part("draining", drained, ended);
        foreach (PlaybackChange change in playback.DeviceChanges)
            _activity.AddEvent(new ActivityEvent("device " + change.Change, At(ended - Ticks(playback.End - change.At)),
                new() { [TelemetryAttribute.Device] = change.Device }));
        Describe(playback, end);
        Stop(_activity, ended);
    }

    private void Describe(PlaybackReport playback, UtteranceEnd end)
    {
        _activity.SetTag(TelemetryAttribute.Utterance, playback.Utterance);
        _activity.SetTag(TelemetryAttribute.Turn, playback.Turn);
        _activity.SetTag(TelemetryAttribute.Priority, playback.Priority);
        _activity.SetTag(TelemetryAttribute.State, playback.State);
        _activity.SetTag(TelemetryAttribute.Reason, playback.Reason);
        _activity.SetTag(TelemetryAttribute.Heard, playback.Heard.TotalSeconds);
        _activity.SetTag(TelemetryAttribute.Device, playback.Device);
        _activity.SetTag(TelemetryAttribute.Preset, end.Report?.Preset);
        // An attribute has no unsigned numbers.
        _activity.SetTag(
            TelemetryAttribute.Seed, end.Report is { } report ? string.Create(null, $"{report.Seed}") : null);
        if (end.State != UtteranceState.Failed)
            return;
        _activity.SetTag(TelemetryAttribute.ErrorType, end.Failure?.GetType().FullName);
        _activity.SetStatus(ActivityStatusCode.Error, end.Failure?.Message);
        if (end.Failure is { } failure)
            _activity.AddException(failure);
    }

    private void Part(string name, long from, long until)
    {
        if (Start(name, _activity.Context, null, At(from)) is { } part)
            Stop(part, Math.Max(from, until));
    }

    // Started and stopped from threads and in contexts that are others'.
    private static Activity? Start(string name, ActivityContext parent, ActivityLink? link, DateTimeOffset at)
    {
        if (!FxHostTelemetry.Traces.HasListeners())
            return null;
        Activity? before = Activity.Current;
        Activity? activity = FxHostTelemetry.Traces.StartActivity(
            name, ActivityKind.Internal, parent, null, link is { } one ? [one] : null, at);
        Activity.Current = before;
        return activity;
    }

    private void Stop(Activity activity, long at)
    {
        Activity? before = Activity.Current;
        activity.SetEndTime(At(at).UtcDateTime);
        activity.Stop();
        Activity.Current = before;
    }

    private DateTimeOffset At(long timestamp) => _activity.StartTimeUtc + _time.GetElapsedTime(_begun, timestamp);

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _time.TimestampFrequency);
}
