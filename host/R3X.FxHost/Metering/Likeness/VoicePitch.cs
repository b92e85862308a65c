using System;
using System.Collections.Generic;
using System.Linq;

namespace R3X.FxHost.Metering.Likeness;

/// <summary>
/// A speaker's pitch from 70 to 600 Hz: YIN (de Cheveigne and Kawahara 2002) on 40 ms every 10 ms at 16 kHz, and the
/// best path (Viterbi) over the six deepest dips of each frame. A frame counts when it is voiced (dip below 0.25),
/// within 30 dB of the loudest, and one of three such in a row.
/// </summary>
internal static class VoicePitch
{
    private const int Rate = 16_000;
    private const int Window = 640;
    private const int Hop = 160;
    private const int ShortestLag = Rate / 600;
    private const int LongestLag = Rate / 70;
    private const int Length = Window + LongestLag;
    private const double DeepEnough = 0.25;
    private const double LeastEnergy = 1e-3;
    private const int LeastFrames = 6;

    /// <summary>
    /// The median in semitones above 100 Hz, and the standard deviation in semitones: the melody. Both NaN where fewer
    /// than six frames are voiced.
    /// </summary>
    /// <param name="sound">As <see cref="LikenessSound"/> makes it.</param>
    public static (double Pitch, double Melody) Of(double[] sound)
    {
        List<double> frequencies = Frequencies(sound);
        if (frequencies.Count < LeastFrames)
            return (double.NaN, double.NaN);
        double[] semitones = [.. frequencies.Select(frequency => 12 * Math.Log2(frequency / 100))];
        double mean = semitones.Average();
        double spread = Math.Sqrt(semitones.Average(value => (value - mean) * (value - mean)));
        return (12 * Math.Log2(Percentile.Of(frequencies.ToArray(), 50) / 100), spread);
    }

    private static List<double> Frequencies(double[] sound)
    {
        double[] samples = PolyphaseFilter.Resample(sound, 160, 441);
        int count = 1 + ((Math.Max(samples.Length, Length + Hop) - Length) / Hop);
        var energies = new double[count];
        var dips = new double[count][];
        var path = new PitchPath(ShortestLag);
        var frame = new double[Length];
        for (int i = 0; i < count; i++)
        {
            Array.Clear(frame);
            int held = Math.Clamp(samples.Length - (i * Hop), 0, Length);
            samples.AsSpan(i * Hop, held).CopyTo(frame);
            double mean = frame.Average();
            for (int n = 0; n < Length; n++)
                frame[n] -= mean;
            energies[i] = DotProduct.Of(frame.AsSpan(0, Window), frame) / Window;
            dips[i] = Differences(frame);
            path.Add(dips[i]);
        }

        int[] lags = path.Best();
        double least = energies.Max() * LeastEnergy;
        bool[] voiced = [.. Enumerable.Range(0, count).Select(
            i => dips[i][lags[i]] < DeepEnough && energies[i] > least)];
        var frequencies = new List<double>();
        for (int i = 0; i < count; i++)
        {
            bool runs = false;
            for (int from = Math.Max(0, i - 2); from <= Math.Min(i, count - 3); from++)
                runs |= voiced[from] && voiced[from + 1] && voiced[from + 2];
            if (runs)
                frequencies.Add((double)Rate / (lags[i] + ShortestLag));
        }

        return frequencies;
    }

    // The cumulative mean normalised difference (equation 8) at each lag from the shortest on.
    private static double[] Differences(double[] frame)
    {
        double first = DotProduct.Of(frame.AsSpan(0, Window), frame);
        double energy = first;
        double sum = 0;
        var differences = new double[LongestLag - ShortestLag + 1];
        for (int lag = 1; lag <= LongestLag; lag++)
        {
            energy += (frame[lag + Window - 1] * frame[lag + Window - 1]) - (frame[lag - 1] * frame[lag - 1]);
            double difference = first + energy - (2 * DotProduct.Of(frame.AsSpan(0, Window), frame.AsSpan(lag)));
            sum += difference;
            if (lag >= ShortestLag)
                differences[lag - ShortestLag] = difference / ((sum / lag) + 1e-12);
        }

        return differences;
    }
}
