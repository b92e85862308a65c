using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using R3X.FxHost.Sdk.Dsp.Kernels;

namespace R3X.FxHost.Effects;

/// <summary>
/// Weights that read a sound between its samples, and at up to twice the speed without folding: windowed sincs, a set
/// for each quarter octave of speed (J. O. Smith, "Digital Audio Resampling", 1984).
/// </summary>
internal static class SincTable
{
    /// <summary>Samples that a reading takes, half of them after the place.</summary>
    public const int Taps = 16;

    private const int Places = 256;
    private const int SetsPerOctave = 4;
    private const int SetLength = (Places + 1) * Taps;

    private static readonly float[] Weights = Make();

    /// <summary>Where a set begins.</summary>
    /// <param name="speed">Frames read per frame, to 2.</param>
    public static int SetFor(double speed) =>
        speed <= 1 ? 0 : Math.Min(SetsPerOctave, (int)Math.Ceiling((Math.Log2(speed) * SetsPerOctave) - 1e-9))
            * SetLength;

    /// <summary>One reading.</summary>
    /// <param name="around">The samples around it, <see cref="Taps"/> of them.</param>
    /// <param name="set">From <see cref="SetFor"/>.</param>
    /// <param name="fraction">0 to 1 after the middle one.</param>
    public static float Read(ReadOnlySpan<float> around, int set, double fraction) =>
        Periodicity.Dot(around, At(set, fraction));

    /// <summary>Readings one frame apart.</summary>
    /// <param name="read">Written over.</param>
    /// <param name="around">As many samples and <see cref="Taps"/> - 1 more.</param>
    /// <param name="fraction">0 to 1 after the sample before each of them.</param>
    [MethodImpl(Kernel.Strength)]
    public static void ReadEvenly(Span<float> read, ReadOnlySpan<float> around, double fraction)
    {
        var weights = At(0, fraction);
        int n = 0;
        for (; n <= read.Length - Vector<float>.Count; n += Vector<float>.Count)
        {
            var sum = Vector<float>.Zero;
            for (int i = 0; i < weights.Length; i++)
                sum += weights[i] * new Vector<float>(around[(n + i)..]);
            sum.CopyTo(read[n..]);
        }

        // The same sums in the same order.
        for (; n < read.Length; n++)
        {
            float sum = 0;
            for (int i = 0; i < weights.Length; i++)
                sum += weights[i] * around[n + i];
            read[n] = sum;
        }
    }

    private static ReadOnlySpan<float> At(int set, double fraction) =>
        Weights.AsSpan(set + ((int)((fraction * Places) + 0.5) * Taps), Taps);

    private static float[] Make()
    {
        var weights = new float[(SetsPerOctave + 1) * SetLength];
        var row = new double[Taps];
        for (int set = 0; set <= SetsPerOctave; set++)
        {
            double cutoff = Math.Pow(2, -(double)set / SetsPerOctave);
            for (int place = 0; place <= Places; place++)
            {
                double sum = 0;
                for (int i = 0; i < Taps; i++)
                {
                    double x = i - (Taps / 2) + 1 - ((double)place / Places);
                    double u = x / (Taps / 2);
                    double window = Math.Abs(u) >= 1
                        ? 0
                        : 0.42 + (0.5 * Math.Cos(Math.PI * u)) + (0.08 * Math.Cos(2 * Math.PI * u));
                    row[i] = window * (x == 0 ? 1 : Math.Sin(Math.PI * cutoff * x) / (Math.PI * cutoff * x));
                    sum += row[i];
                }

                for (int i = 0; i < Taps; i++)
                    weights[(set * SetLength) + (place * Taps) + i] = (float)(row[i] / sum);
            }
        }

        return weights;
    }
}
