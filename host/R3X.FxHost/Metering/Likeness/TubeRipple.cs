using System;
using System.Collections.Generic;

namespace R3X.FxHost.Metering.Likeness;

/// <summary>
/// What a tube, or a comb, leaves in a voice: a cosine over frequency with peaks at the multiples of 1 / delay,
/// measured from 400 to 7,600 Hz on the mean level of every bin, of which a slow slope (a cubic over log frequency) is
/// taken off.
/// </summary>
internal static class TubeRipple
{
    /// <summary>The shortest delay that <see cref="FindDelay"/> looks at, in ms.</summary>
    public const double ShortestMs = 0.5;

    /// <summary>The longest, in ms.</summary>
    public const double LongestMs = 2.5;

    private const double StepMs = 0.02;
    private const double Floor = 1e-12;
    private const int Slopes = 4;

    private static readonly int First = (int)Math.Ceiling(400 / PowerFrames.Frequency(1));
    private static readonly int Count = (int)Math.Floor(7_600 / PowerFrames.Frequency(1)) - First + 1;
    private static readonly double[] Window = SymmetricHann.Of(Count);
    private static readonly double[][] Slope = MakeSlope();

    /// <summary>
    /// The ripple's amplitude in dB at a delay; negative when dips stand where a tube of that delay has its peaks.
    /// </summary>
    /// <param name="frames">Frames that carry speech.</param>
    /// <param name="ms">The delay in ms.</param>
    public static double Of(PowerFrames frames, double ms) => Amplitude(Detail(frames), ms);

    /// <summary>
    /// The mean level of every bin in dB less its slope, to try several delays on; NaN without frames.
    /// </summary>
    public static double[] Detail(PowerFrames frames)
    {
        var levels = new double[Count];
        for (int frame = 0; frame < frames.Count; frame++)
        {
            ReadOnlySpan<float> power = frames[frame].Slice(First, Count);
            for (int i = 0; i < Count; i++)
                levels[i] += Math.Log10(power[i] + Floor);
        }

        for (int i = 0; i < Count; i++)
            levels[i] *= 10.0 / frames.Count;
        foreach (double[] slope in Slope)
        {
            double share = 0;
            for (int i = 0; i < Count; i++)
                share += Window[i] * levels[i] * slope[i];
            for (int i = 0; i < Count; i++)
                levels[i] -= share * slope[i];
        }

        return levels;
    }

    /// <summary>The ripple's amplitude in dB at a delay.</summary>
    /// <param name="detail">What <see cref="Detail"/> gave.</param>
    /// <param name="ms">The delay in ms.</param>
    public static double Amplitude(double[] detail, double ms)
    {
        double sum = 0;
        double whole = 0;
        for (int i = 0; i < Count; i++)
        {
            sum += Window[i] * detail[i] * Math.Cos(2 * Math.PI * PowerFrames.Frequency(First + i) * ms * 1e-3);
            whole += Window[i];
        }

        return 2 * sum / whole;
    }

    /// <summary>
    /// The delay at which several recordings agree most: where their median ripple over its spread is largest.
    /// </summary>
    /// <param name="details">What <see cref="Detail"/> gave of each, at least one.</param>
    /// <returns>The delay in ms, and the median over the spread there.</returns>
    public static (double Ms, double Agreement) FindDelay(IReadOnlyList<double[]> details)
    {
        var best = (Ms: ShortestMs, Agreement: double.NegativeInfinity);
        var ripples = new double[details.Count];
        for (double ms = ShortestMs; ms < LongestMs + (StepMs / 2); ms += StepMs)
        {
            double mean = 0;
            for (int i = 0; i < ripples.Length; i++)
            {
                ripples[i] = Amplitude(details[i], ms);
                mean += ripples[i] / ripples.Length;
            }

            double variance = 0;
            foreach (double ripple in ripples)
                variance += (ripple - mean) * (ripple - mean) / ripples.Length;
            double agreement = Percentile.Median(ripples) / (Math.Sqrt(variance) + 0.5);
            if (agreement > best.Agreement)
                best = (Math.Round(ms, 4), agreement);
        }

        return best;
    }

    // Polynomials in log frequency that are orthonormal under the window (Gram and Schmidt): taking off each one's
    // share is the weighted fit.
    private static double[][] MakeSlope()
    {
        var slopes = new double[Slopes][];
        for (int degree = 0; degree < Slopes; degree++)
        {
            double[] values = slopes[degree] = new double[Count];
            for (int i = 0; i < Count; i++)
                values[i] = Math.Pow(Math.Log2(PowerFrames.Frequency(First + i) / 1_750), degree);
            for (int lower = 0; lower < degree; lower++)
                Subtract(values, slopes[lower], Weighted(values, slopes[lower]));
            double norm = Math.Sqrt(Weighted(values, values));
            for (int i = 0; i < Count; i++)
                values[i] /= norm;
        }

        return slopes;
    }

    private static double Weighted(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
            sum += Window[i] * a[i] * b[i];
        return sum;
    }

    private static void Subtract(double[] from, double[] what, double share)
    {
        for (int i = 0; i < Count; i++)
            from[i] -= share * what[i];
    }
}
