using System;

namespace R3X.FxHost.Lines;

/// <summary>
/// Knows when a processed frame is due, so that late means late to a listener. A feed paced in real time in chunks of
/// 20 ms has every frame due when its bytes arrive, which is how the promise of added latency is defined. A feed that
/// bursts (a file, a fast network) is held to the same pace: its frames are due one after the other as they would be
/// heard.
/// </summary>
/// <param name="sampleRate">Frames per second.</param>
/// <param name="time">The clock.</param>
internal sealed class FeedSchedule(int sampleRate, TimeProvider time)
{
    private const double ChunkSeconds = 0.02;

    private double _start = double.NegativeInfinity;

    /// <summary>Says how late a frame is at this moment.</summary>
    /// <param name="arrived">When its bytes arrived, as the clock counts.</param>
    /// <param name="frame">Its number in the line.</param>
    public TimeSpan LatenessNow(long arrived, long frame)
    {
        double arrival = Seconds(arrived);
        double position = (double)frame / sampleRate;
        // After a stall the listener hears the line later by as much.
        _start = Math.Max(_start, arrival - position);
        double due = Math.Max(arrival, _start + position - ChunkSeconds);
        return TimeSpan.FromSeconds(Math.Max(0, Seconds(time.GetTimestamp()) - due));
    }

    /// <summary>The listener's side held the line up: what follows is due later by as much, and nobody is to
    /// blame.</summary>
    /// <param name="time">How long.</param>
    public void HeldUp(TimeSpan time) => _start += time.TotalSeconds;

    private double Seconds(long timestamp) => (double)timestamp / time.TimestampFrequency;
}
