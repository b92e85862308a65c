using System;
using R3X.FxHost.Playout;

namespace R3X.FxHost.Queue;

/// <summary>Where a segment is on the loudspeaker.</summary>
/// <param name="line">Its line.</param>
/// <param name="clock">The device's clock.</param>
/// <param name="firstFrame">Its first frame, counted from the line's.</param>
internal sealed class SegmentPosition(Track line, DeviceClock clock, long firstFrame)
{
    private long _endFrame = long.MaxValue;

    /// <summary>How much of it has been heard by now.</summary>
    public TimeSpan Now => At(clock.Heard);

    /// <summary>How much of it had been heard at a moment.</summary>
    public TimeSpan At(PlaybackMoment moment) => At(moment.DeviceTime.TotalSeconds * clock.Rate);

    /// <summary>It ends where another segment begins.</summary>
    /// <param name="frame">That one's first frame, counted from the line's.</param>
    public void EndAt(long frame) => System.Threading.Volatile.Write(ref _endFrame, frame);

    private TimeSpan At(double deviceFrame)
    {
        double frames = Math.Min(deviceFrame - line.Origin, System.Threading.Volatile.Read(ref _endFrame)) - firstFrame;
        return TimeSpan.FromSeconds(Math.Max(0, frames) / clock.Rate);
    }
}
