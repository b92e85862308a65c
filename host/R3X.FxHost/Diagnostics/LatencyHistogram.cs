using System;

namespace R3X.FxHost.Diagnostics;

/// <summary>
/// Counts lengths of time without keeping them: 16 buckets an octave from 1 microsecond up, so a percentile is right
/// within 4.5 %. Fixed memory, no allocation. One thread.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int PerOctave = 16;
    private const int Buckets = 32 * PerOctave;

    private readonly long[] _counts = new long[Buckets];
    private long _total;

    /// <summary>The longest time recorded.</summary>
    public TimeSpan Max { get; private set; }

    /// <summary>How much was recorded: the weights added up.</summary>
    public long Count => _total;

    /// <summary>Records a time.</summary>
    /// <param name="time">The time.</param>
    /// <param name="weight">How many frames it counts for.</param>
    public void Record(TimeSpan time, long weight = 1)
    {
        if (weight <= 0)
            return;
        _counts[BucketOf(time)] += weight;
        _total += weight;
        if (time > Max)
            Max = time;
    }

    /// <summary>The time that a share of what was recorded did not exceed; zero when nothing was.</summary>
    /// <param name="share">0.5 for the median, 0.99 for p99.</param>
    public TimeSpan Percentile(double share)
    {
        long wanted = (long)Math.Ceiling(_total * share);
        long seen = 0;
        for (int bucket = 0; bucket < Buckets; bucket++)
        {
            seen += _counts[bucket];
            if (seen >= wanted && seen > 0)
                return TimeSpan.FromMicroseconds(
                    Math.Min(Math.Pow(2, (bucket + 1.0) / PerOctave), Max.TotalMicroseconds));
        }

        return TimeSpan.Zero;
    }

    private static int BucketOf(TimeSpan time)
    {
        double microseconds = time.TotalMicroseconds;
        return microseconds <= 1 ? 0 : Math.Min(Buckets - 1, (int)(Math.Log2(microseconds) * PerOctave));
    }
}
