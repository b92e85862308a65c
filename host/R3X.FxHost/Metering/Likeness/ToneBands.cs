using System;
using System.Collections.Generic;

namespace R3X.FxHost.Metering.Likeness;

/// <summary>
/// The colour of a voice in 23 bands from 223 Hz to 8.56 kHz: a third of an octave wide below 1 kHz, then 250 Hz or a
/// sixth of an octave, whichever is wider.
/// </summary>
internal static class ToneBands
{
    // Power of a band in which a frame has nothing: 90 dB below the frame.
    private const double Floor = 1e-9;

    private static readonly double[] Edges = MakeEdges();
    private static readonly double[][] Weights = MakeWeights();

    /// <summary>How many bands there are.</summary>
    public static int Count => Edges.Length - 1;

    /// <summary>The bands' edges in Hz, one more than bands.</summary>
    public static IReadOnlyList<double> EdgesHz => Edges;

    /// <summary>The bands' geometric centres in Hz.</summary>
    public static double Centre(int band) => Math.Sqrt(Edges[band] * Edges[band + 1]);

    /// <summary>
    /// Each band's mean level over the frames in dB, the mean over the bands taken off; NaN without frames.
    /// </summary>
    /// <param name="frames">Frames that carry speech.</param>
    public static double[] Of(PowerFrames frames)
    {
        var tone = new double[Count];
        for (int frame = 0; frame < frames.Count; frame++)
        {
            ReadOnlySpan<float> power = frames[frame];
            for (int band = 0; band < tone.Length; band++)
                tone[band] += 10 * Math.Log10(Power(power, band) + Floor);
        }

        double mean = 0;
        foreach (ref double level in tone.AsSpan())
        {
            level /= frames.Count;
            mean += level / tone.Length;
        }

        foreach (ref double level in tone.AsSpan())
            level -= mean;
        return tone;
    }

    /// <summary>A band's mean power per bin; a bin that an edge cuts counts in part.</summary>
    internal static double Power(ReadOnlySpan<float> frame, int band)
    {
        double[] weights = Weights[band];
        int first = FirstBin(band);
        double power = 0;
        for (int i = 0; i < weights.Length; i++)
            power += weights[i] * frame[first + i];
        return power;
    }

    private static int FirstBin(int band) => (int)Math.Floor((Edges[band] / PowerFrames.Frequency(1)) + 0.5);

    private static double[] MakeEdges()
    {
        List<double> edges = [223, 281, 354, 446, 561, 707, 891];
        while (edges[^1] < 8_500)
            edges.Add(Math.Max(edges[^1] + 250, edges[^1] * Math.Pow(2, 1.0 / 6)));
        return [.. edges];
    }

    private static double[][] MakeWeights()
    {
        var all = new double[Count][];
        for (int band = 0; band < all.Length; band++)
        {
            double low = Edges[band] / PowerFrames.Frequency(1);
            double high = Edges[band + 1] / PowerFrames.Frequency(1);
            int first = FirstBin(band);
            var weights = new double[(int)Math.Ceiling(high + 0.5) - first];
            for (int i = 0; i < weights.Length; i++)
            {
                double inside = Math.Min(first + i + 0.5, high) - Math.Max(first + i - 0.5, low);
                weights[i] = Math.Clamp(inside, 0, 1) / (high - low);
            }

            all[band] = weights;
        }

        return all;
    }
}
