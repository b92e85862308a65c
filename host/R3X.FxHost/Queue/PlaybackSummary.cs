using System;
using R3X.FxHost.Diagnostics;

namespace R3X.FxHost.Queue;

/// <summary>Sums up how an utterance was heard.</summary>
internal static class PlaybackSummary
{
    /// <summary>The report of an utterance that has ended.</summary>
    /// <param name="utterance">Which.</param>
    /// <param name="end">How it ended.</param>
    public static PlaybackReport Of(Utterance utterance, UtteranceEnd end)
    {
        UtteranceNotes notes = utterance.Notes;
        long read = notes[UtteranceState.Buffering]?.Timestamp ?? end.Moment.Timestamp;
        var report = new PlaybackReport
        {
            Utterance = utterance.Id,
            Turn = utterance.Turn.Id,
            Priority = utterance.Options.Priority,
            Waited = utterance.Turn.Queue.Time.GetElapsedTime(notes.Queued, Math.Max(notes.Queued, read)),
            End = end.Moment.DeviceTime,
            Heard = end.Heard,
            Length = notes.Length,
            State = Word(end.State),
            Reason = Word(end.Reason),
        };
        return notes.Segment is { } segment ? segment.AddTo(report, notes) : report;
    }

    private static string Word(UtteranceState state) => state switch
    {
        UtteranceState.Done => "done",
        UtteranceState.Interrupted => "interrupted",
        _ => "failed",
    };

    private static string? Word(InterruptionReason reason) => reason switch
    {
        InterruptionReason.None => null,
        InterruptionReason.Asked => "asked",
        InterruptionReason.Replaced => "replaced",
        InterruptionReason.Preempted => "preempted",
        _ => "closed",
    };
}
