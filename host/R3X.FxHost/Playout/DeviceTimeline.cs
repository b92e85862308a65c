using System;
using System.Collections.Generic;
using System.Threading;
using R3X.FxHost.Threading;

namespace R3X.FxHost.Playout;

/// <summary>
/// Tells what happens when it is heard and not when it is made: the loudspeaker's thread posts, the timeline's own
/// thread waits for the device's clock and tells. Posting neither waits nor allocates.
/// </summary>
internal sealed class DeviceTimeline : IDisposable
{
    private const int MostPosted = 4096;

    // The device's clock is asked again at least so often: it may stand still or run on meanwhile.
    private const int LongestMilliseconds = 10;

    private readonly TimelineEntry[] _posted = new TimelineEntry[MostPosted];
    private readonly List<TimelineEntry> _ahead = new(256);
    private readonly RunLoop _loop;
    private long _written;
    private long _read;

    /// <summary>Starts with nothing to tell.</summary>
    /// <param name="clock">The device's clock.</param>
    public DeviceTimeline(DeviceClock clock)
    {
        Clock = clock;
        _loop = new RunLoop("R3X timeline", Step, clock.Source, ThreadPriority.AboveNormal);
        _loop.Start();
    }

    /// <summary>The device's clock.</summary>
    public DeviceClock Clock { get; }

    /// <summary>Posts something. Loudspeaker's thread.</summary>
    /// <returns>False when far too much is waiting, and it is not told.</returns>
    public bool Post(TimelineEntry entry)
    {
        if (_written - Volatile.Read(ref _read) == MostPosted)
            return false;
        _posted[_written % MostPosted] = entry;
        Volatile.Write(ref _written, _written + 1);
        _loop.Wakeup.Set();
        return true;
    }

    /// <summary>Says that of what was posted nothing behind a frame will be heard. Loudspeaker's thread.</summary>
    /// <param name="frame">The frame.</param>
    public void Cut(long frame) => Post(new TimelineEntry(frame, null, 0, false));

    /// <summary>Says that of what was posted for a listener nothing behind a frame holds any more. Loudspeaker's
    /// thread.</summary>
    /// <param name="listener">The listener.</param>
    /// <param name="frame">The frame.</param>
    public void Withdraw(ITimelineListener listener, long frame) =>
        Post(new TimelineEntry(frame, listener, TimelineEntry.Withdrawal, false));

    /// <summary>Tells nothing more.</summary>
    public void Dispose()
    {
        _loop.Dispose();
        TakePosted();
        foreach (TimelineEntry entry in _ahead)
            entry.Listener!.Closed();
        _ahead.Clear();
    }

    private TimeSpan Step()
    {
        TakePosted();
        Tell();
        if (_ahead.Count == 0)
            return Timeout.InfiniteTimeSpan;
        TimeProvider time = Clock.Source;
        TimeSpan left = time.GetElapsedTime(time.GetTimestamp(), Clock.TimestampOf(_ahead[0].Frame));
        // Waits count whole milliseconds.
        return TimeSpan.FromMilliseconds(Math.Clamp((int)left.TotalMilliseconds, 1, LongestMilliseconds));
    }

    private void TakePosted()
    {
        for (; _read < Volatile.Read(ref _written); Volatile.Write(ref _read, _read + 1))
        {
            TimelineEntry entry = _posted[_read % MostPosted];
            _posted[_read % MostPosted] = default;
            if (entry.Listener is null)
                CutAt(entry.Frame);
            else if (entry.What == TimelineEntry.Withdrawal)
                _ahead.RemoveAll(other => other.Listener == entry.Listener && other.Frame > entry.Frame);
            else
                Insert(entry);
        }
    }

    private void Insert(TimelineEntry entry)
    {
        int at = _ahead.Count;
        while (at > 0 && _ahead[at - 1].Frame > entry.Frame)
            at--;
        _ahead.Insert(at, entry);
    }

    private void CutAt(long frame)
    {
        _ahead.RemoveAll(
            entry => (entry.IsSound && entry.Frame > frame) || (entry.IsBeginning && entry.Frame >= frame));
        for (int i = 0; i < _ahead.Count; i++)
            _ahead[i] = _ahead[i] with { Frame = Math.Min(_ahead[i].Frame, frame) };
    }

    private void Tell()
    {
        double heard = Clock.Heard;
        int told = 0;
        while (told < _ahead.Count && _ahead[told].IsDue(heard))
        {
            TimelineEntry entry = _ahead[told++];
            entry.Listener!.Heard(entry.What, Clock.MomentOf(entry.Frame));
        }

        _ahead.RemoveRange(0, told);
    }
}
