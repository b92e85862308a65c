using System;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Playout;

namespace R3X.FxHost.Queue;

/// <summary>What the loudspeaker knows of an utterance. Made when its first sample is heard.</summary>
/// <param name="line">Its line.</param>
/// <param name="loudspeaker">Where it is heard.</param>
/// <param name="frame">The device's frame it begins with.</param>
/// <param name="beginsLine">Whether the line begins with it.</param>
internal sealed class SegmentLog(Track line, Loudspeaker loudspeaker, long frame, bool beginsLine)
{
    private readonly long _underruns = beginsLine ? 0 : line.Underruns;
    private readonly long _deviceUnderruns = loudspeaker.DeviceEvents.Underruns;

    /// <summary>Adds it to a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="notes">When the utterance came where.</param>
    public PlaybackReport AddTo(PlaybackReport report, UtteranceNotes notes)
    {
        DeviceClock clock = loudspeaker.Clock;
        long end = (long)Math.Round(report.End.TotalSeconds * clock.Rate);
        (var changes, long notHeard) = loudspeaker.DeviceEvents.Between(beginsLine ? line.BeganAt : frame, end);
        PlaybackMoment started = notes[UtteranceState.Speaking]!.Value;
        long due = Math.Max(notes.FirstFrameAt, line.FreeSince);
        return report with
        {
            Start = started.DeviceTime,
            FirstHanded = beginsLine ? NotNegative(clock.Source.GetElapsedTime(due, line.BeganTimestamp)) : null,
            FirstHeard = beginsLine
                ? NotNegative(clock.Source.GetElapsedTime(due, started.Timestamp) - line.Pause) : null,
            LateUnderruns = line.Underruns - _underruns,
            DeviceUnderruns = loudspeaker.DeviceEvents.Underruns - _deviceUnderruns,
            Device = loudspeaker.DeviceEvents.Device,
            DeviceChanges = changes,
            NotHeard = clock.TimeAt(notHeard),
        };
    }

    // The device's clock is right to a few milliseconds.
    private static TimeSpan NotNegative(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
