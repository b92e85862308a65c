using System;
using System.Threading;
using R3X.FxHost.Playout;

namespace R3X.FxHost.Ducking;

/// <summary>
/// From when to when a voice is heard, gaps that are shorter than a hold included. It follows the frames that are
/// written and not the lines, so that a line that stalls, pauses or fails ends its span like any other. Told by the
/// timeline; the rest is the loudspeaker's thread.
/// </summary>
/// <param name="timeline">Tells when it is heard.</param>
/// <param name="aheadMilliseconds">How long before its first frame a span begins, as far as that has not been heard
/// yet.</param>
/// <param name="holdMilliseconds">How long behind its last frame it ends.</param>
/// <param name="tell">Told of both ends: whether it is the first, whose turn it is, and when.</param>
internal sealed class VoiceActivity(
    DeviceTimeline timeline, double aheadMilliseconds, double holdMilliseconds,
        Action<bool, string?, PlaybackMoment> tell) : ITimelineListener
{
    private const int MostNames = 64;

    private readonly string?[] _names = new string?[MostNames];
    private int _name;
    private string? _turn;
    private int _rate = 1;

    private bool _isOn;
    private long _onAt;
    private long _offAt = long.MinValue;
    private long _end;
    private long _quietSince;
    private volatile bool _isHeard;

    /// <summary>Whether a span is heard now. Any thread.</summary>
    public bool IsHeard => _isHeard;

    /// <summary>The frame behind the last one of the voice.</summary>
    public long End => _end;

    /// <summary>Told of both ends by their frames, before those are mixed: whether a span begins there. Null for
    /// nobody.</summary>
    public Action<long, bool>? Turned { get; init; }

    private long Hold => (long)(holdMilliseconds * _rate / 1000);

    /// <summary>Begins anew, with silence.</summary>
    /// <param name="rate">Frames per second of what follows.</param>
    public void Restart(int rate) => (_rate, _isOn, _offAt, _end) = (rate, false, long.MinValue, 0);

    /// <summary>Whether a voice at a frame belongs to the span that is on.</summary>
    public bool Covers(long frame) => _isOn && frame <= _end + Hold;

    /// <summary>A voice is to be written.</summary>
    /// <param name="from">Its first frame.</param>
    /// <param name="to">The one behind its last.</param>
    /// <param name="turn">Whose it is.</param>
    public void Voice(long from, long to, string? turn)
    {
        Until(from);
        if (!_isOn)
        {
            (_isOn, _onAt, _end) = (true, from, from);
            long ahead = from - (long)(aheadMilliseconds * _rate / 1000);
            ahead = Math.Min(from, Math.Max(ahead, (long)timeline.Clock.Heard));
            // What happens at once happens now, however long the device has rested.
            if (ahead <= (long)timeline.Clock.Heard)
                timeline.Clock.Resync();
            // An end that close does not open it.
            timeline.Withdraw(this, ahead - 1);
            Post(true, ahead, turn, isBeginning: aheadMilliseconds == 0);
            Turned?.Invoke(from, true);
        }

        _turn = turn;
        _end = Math.Max(_end, to);
        _quietSince = 0;
    }

    /// <summary>Everything in front of a frame is to be written, with no more voice than was said.</summary>
    public void Until(long frame)
    {
        if (_isOn && frame > _end + Hold)
            EndAt(_end + Hold);
    }

    /// <summary>Frames were taken back.</summary>
    /// <param name="frame">The first one.</param>
    public void TakeBack(long frame)
    {
        timeline.Withdraw(this, frame - 1);
        if (_isOn && _onAt >= frame)
            _isOn = false;
        if (!_isOn && _offAt >= frame)
            (_isOn, _end, _offAt) = (true, _offAt - Hold, long.MinValue);
        _end = Math.Min(_end, frame);
        // What has been told already and does not hold is told right.
        Post(_isOn, frame, _turn);
    }

    /// <summary>The device plays what it has. Where its clock stands still, the hold passes all the same.</summary>
    /// <param name="wait">How long the loudspeaker's thread has nothing to do.</param>
    /// <returns>How long it has nothing to do, this included.</returns>
    public TimeSpan Rest(TimeSpan wait)
    {
        if (!_isOn || wait == TimeSpan.Zero || timeline.Clock.Heard < _end)
            return wait;
        long now = timeline.Clock.Source.GetTimestamp();
        if (_quietSince == 0)
            _quietSince = now - (long)(
                (timeline.Clock.Heard - _end) / _rate * timeline.Clock.Source.TimestampFrequency);
        TimeSpan left = TimeSpan.FromMilliseconds(holdMilliseconds) - timeline.Clock.Source.GetElapsedTime(
            _quietSince, now);
        if (left > TimeSpan.Zero)
            return wait == Timeout.InfiniteTimeSpan || left < wait ? left : wait;
        timeline.Clock.Resync();
        EndAt((long)timeline.Clock.Heard);
        return wait;
    }

    /// <summary>The device is gone, and with it the voice.</summary>
    /// <param name="frame">The frame behind the last one.</param>
    public void EndNow(long frame)
    {
        timeline.Withdraw(this, frame);
        (_isOn, _offAt) = (false, long.MinValue);
        Post(false, frame, _turn);
    }

    /// <summary>Nothing is told by the timeline any more. Any thread.</summary>
    public void Close() => ((ITimelineListener)this).Heard(_name << 1, timeline.Clock.Now);

    void ITimelineListener.Heard(int what, PlaybackMoment moment)
    {
        bool isOn = (what & 1) != 0;
        if (isOn == _isHeard)
            return;
        _isHeard = isOn;
        tell(isOn, _names[what >> 1], moment);
    }

    private void EndAt(long frame)
    {
        (_isOn, _offAt) = (false, frame);
        Post(false, frame, _turn);
        Turned?.Invoke(frame, false);
    }

    private void Post(bool isOn, long frame, string? turn, bool isBeginning = false)
    {
        _name = (_name + 1) % MostNames;
        _names[_name] = turn;
        timeline.Post(
            new TimelineEntry(frame, this, (_name << 1) | (isOn ? 1 : 0), false) { IsBeginning = isBeginning });
    }
}
