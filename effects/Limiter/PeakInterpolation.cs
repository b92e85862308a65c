using System;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>The interpolating filter of the true-peak detector.</summary>
internal static class PeakInterpolation
{
    // The sound of interest ends at 0.4 of the sample rate; images of what is above need not be suppressed.
    private const double Transition = 0.2;

    // A short filter gives up some of that band before it makes plain tones look 0.02 dB higher than they are.
    private const double LeastSuppression = 65;

    /// <summary>
    /// Weights of the 2 * reach samples around a gap for each point in it, first point first: point 0 is the sample at
    /// the gap's start, exactly.
    /// </summary>
    /// <param name="reach">Samples to each side.</param>
    /// <param name="points">Points from one sample to the next.</param>
    public static float[] Taps(int reach, int points)
    {
        int length = 2 * reach;
        var taps = new float[length * points];

        // Kaiser and Schafer: the suppression that so many taps can reach over that transition.
        double suppression = Math.Max(LeastSuppression, 8 + (2.285 * 2 * Math.PI * Transition * length));
        double beta = KaiserWindow.BetaFor(suppression);
        for (int point = 0; point < points; point++)
        {
            double sum = 0;
            for (int k = 0; k < length; k++)
            {
                double distance = k - (reach - 1) - ((double)point / points);
                double window = KaiserWindow.At(distance / reach, beta) / KaiserWindow.At(0, beta);
                taps[(k * points) + point] = (float)(KaiserWindow.Sinc(distance) * window);
                sum += taps[(k * points) + point];
            }

            // Every point is exact for a constant.
            for (int k = 0; k < length; k++)
                taps[(k * points) + point] = (float)(taps[(k * points) + point] / sum);
        }

        return taps;
    }

    /// <summary>
    /// The most by which any signal's points can be above its samples: the largest sum of one point's magnitudes.
    /// </summary>
    public static float Overshoot(float[] taps, int points)
    {
        double most = 1;
        for (int point = 0; point < points; point++)
        {
            double sum = 0;
            for (int i = point; i < taps.Length; i += points)
                sum += Math.Abs(taps[i]);
            most = Math.Max(most, sum);
        }

        // A little more than the sum, for rounding.
        return (float)(most * 1.0001);
    }

    /// <summary>
    /// The weights of points 1, 2, 3 and 4 of eight on sums of mirrored samples, then those of 1, 2 and 3 on their
    /// differences, sample after sample from the outermost. Points 5, 6 and 7 are the mirror images; point 0 is a
    /// sample.
    /// </summary>
    public static float[] Fold(float[] taps, int reach, int points)
    {
        int half = points / 2;
        var folded = new float[reach * (points - 1)];
        for (int k = 0; k < reach; k++)
        {
            for (int point = 1; point <= half; point++)
            {
                float outer = taps[(k * points) + point];
                float mirrored = taps[(((2 * reach) - 1 - k) * points) + point];
                folded[(k * (points - 1)) + point - 1] = (outer + mirrored) / 2;
                if (point < half)
                    folded[(k * (points - 1)) + half + point - 1] = (outer - mirrored) / 2;
            }
        }

        return folded;
    }
}
