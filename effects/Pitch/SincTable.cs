using System;

namespace R3X.FxHost.Effects;

/// <summary>
/// Weights that read a sound between its samples, and at up to twice the speed without folding: windowed sincs, a set for each
/// quarter octave of speed (J. O. Smith, "Digital Audio Resampling", 1984).
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
        speed <= 1 ? 0 : Math.Min(SetsPerOctave, (int)Math.Ceiling((Math.Log2(speed) * SetsPerOctave) - 1e-9)) * SetLength;

    /// <summary>The weights for a place between samples.</summary>
    /// <param name="set">From <see cref="SetFor"/>.</param>
    /// <param name="fraction">0 to 1 after the sample before.</param>
    public static ReadOnlySpan<float> At(int set, double fraction) =>
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
                    double window = Math.Abs(u) >= 1 ? 0 : 0.42 + (0.5 * Math.Cos(Math.PI * u)) + (0.08 * Math.Cos(2 * Math.PI * u));
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
