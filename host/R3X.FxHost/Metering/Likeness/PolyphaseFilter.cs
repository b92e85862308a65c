using System;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Metering.Likeness;

/// <summary>
/// A whole sound at another rate by the very filter that the figures of a character were measured with: SciPy's
/// <c>resample_poly</c>, a sinc of 20 periods under a Kaiser window of beta 5. It is wider than the one of
/// <see cref="Resampling.Resampler"/>, and what it leaves above half a telephone's rate counts in the upper tone bands.
/// </summary>
internal static class PolyphaseFilter
{
    private const int HalfPeriods = 10;
    private const double Beta = 5;

    /// <summary>As many as ceil(samples * up / down) samples, the first in the place of the first.</summary>
    /// <param name="samples">The sound; silence around it.</param>
    /// <param name="up">The new rate over its common divisor with the old one.</param>
    /// <param name="down">The old rate over the same divisor.</param>
    public static double[] Resample(double[] samples, int up, int down)
    {
        if (up == down)
            return samples;
        int half = HalfPeriods * Math.Max(up, down);
        double[][] phases = Phases(half, up, down);
        var output = new double[(((long)samples.Length * up) + down - 1) / down];
        for (int i = 0; i < output.Length; i++)
        {
            // The newest input sample within the filter's reach, and where in the filter it falls.
            long place = ((long)i * down) + half;
            int newest = (int)(place / up);
            double[] taps = phases[(int)(place % up)];
            int from = Math.Max(0, newest - taps.Length + 1);
            int to = Math.Min(newest, samples.Length - 1);
            if (from <= to)
                output[i] = DotProduct.Of(
                    samples.AsSpan(from, to - from + 1), taps.AsSpan(from - newest + taps.Length - 1));
        }

        return output;
    }

    // Each phase's taps in the order of the samples they meet, the oldest first.
    private static double[][] Phases(int half, int up, int down)
    {
        var taps = new double[(2 * half) + 1];
        double sum = 0;
        for (int i = 0; i < taps.Length; i++)
        {
            double x = (double)(i - half) / Math.Max(up, down);
            double edge = (double)(i - half) / half;
            taps[i] = KaiserWindow.Sinc(x) * KaiserWindow.At(edge, Beta);
            sum += taps[i];
        }

        var phases = new double[up][];
        for (int phase = 0; phase < up; phase++)
        {
            int count = phase < taps.Length ? ((taps.Length - 1 - phase) / up) + 1 : 0;
            phases[phase] = new double[count];
            for (int i = 0; i < count; i++)
                phases[phase][count - 1 - i] = taps[phase + (i * up)] * up / sum;
        }

        return phases;
    }
}
