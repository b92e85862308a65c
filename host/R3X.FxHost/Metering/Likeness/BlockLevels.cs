using System;
using System.Collections.Generic;

namespace R3X.FxHost.Metering.Likeness;

/// <summary>
/// How a voice's level varies, on blocks of 1,024 samples within 30 dB of the loudest. What a compressor or a drive
/// changes.
/// </summary>
internal static class BlockLevels
{
    private const int Size = 1_024;
    private const double Range = 30;

    /// <summary>
    /// The 99.9th percentile of the magnitudes over the RMS, and the blocks' levels' 95th less 50th percentile; both
    /// in dB, NaN for a sound that fills no block or is silent.
    /// </summary>
    /// <param name="sound">As <see cref="LikenessSound"/> makes it.</param>
    public static (double Crest, double Spread) Of(double[] sound)
    {
        var powers = new double[sound.Length / Size];
        double loudest = 0;
        for (int block = 0; block < powers.Length; block++)
        {
            ReadOnlySpan<double> samples = sound.AsSpan(block * Size, Size);
            powers[block] = DotProduct.Of(samples, samples) / Size;
            loudest = Math.Max(loudest, powers[block]);
        }

        var levels = new List<double>();
        var magnitudes = new List<double>();
        double sum = 0;
        for (int block = 0; block < powers.Length; block++)
        {
            if (!(powers[block] > loudest * Math.Pow(10, -Range / 10)))
                continue;
            levels.Add(10 * Math.Log10(powers[block]));
            sum += powers[block];
            foreach (double sample in sound.AsSpan(block * Size, Size))
                magnitudes.Add(Math.Abs(sample));
        }

        if (levels.Count == 0)
            return (double.NaN, double.NaN);
        double crest = 20 * Math.Log10(Percentile.Of(magnitudes.ToArray(), 99.9) / Math.Sqrt(sum / levels.Count));
        return (crest, Percentile.Of(levels.ToArray(), 95) - Percentile.Of(levels.ToArray(), 50));
    }
}
