using System;
using System.Collections.Generic;

namespace R3X.FxHost.Metering.Likeness;

/// <summary>How fast a voice falls silent from 300 Hz to 6 kHz: the room, or the tube, behind it.</summary>
internal static class Decay
{
    private const int Block = 220;
    private const double LeastFall = 15;
    private const int LeastBlocks = 8;
    private const double Range = 30;

    private static readonly ZeroPhaseBandPass Band = new(300, 6_000);

    /// <summary>
    /// The median, in seconds per 60 dB, of falls of more than 15 dB that last 40 ms or more and begin within 30 dB of
    /// the top; NaN where there are not two of them.
    /// </summary>
    /// <param name="sound">As <see cref="LikenessSound"/> makes it.</param>
    public static double Of(double[] sound)
    {
        double[] levels = Levels(Band.Filter(sound));
        double highest = double.NegativeInfinity;
        foreach (double level in levels)
            highest = Math.Max(highest, level);
        var times = new List<double>();
        for (int from = 0; from < levels.Length - 1;)
        {
            int to = from;
            while (to < levels.Length - 1 && levels[to + 1] < levels[to])
                to++;
            double fall = levels[from] - levels[to];
            if (to - from >= LeastBlocks && fall > LeastFall && levels[from] > highest - Range)
                times.Add(60 * (to - from) * (double)Block / LikenessSound.Rate / fall);
            from = Math.Max(to, from + 1);
        }

        return times.Count >= 2 ? Percentile.Of(times.ToArray(), 50) : double.NaN;
    }

    // Each the mean of three blocks; outside the sound, where there is none, of 0 dB, as the figures of a character
    // were measured.
    private static double[] Levels(double[] sound)
    {
        var raw = new double[(sound.Length / Block) + 2];
        for (int block = 0; block < raw.Length - 2; block++)
        {
            ReadOnlySpan<double> samples = sound.AsSpan(block * Block, Block);
            raw[block + 1] = 10 * Math.Log10((DotProduct.Of(samples, samples) / Block) + 1e-12);
        }

        var levels = new double[raw.Length - 2];
        for (int block = 0; block < levels.Length; block++)
            levels[block] = (raw[block] + raw[block + 1] + raw[block + 2]) / 3;
        return levels;
    }
}
