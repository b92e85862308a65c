using System;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// Keeps driven speech as loud as it came. The host brings each line to -20 LUFS, and speech amplitudes are spread as
/// e^(-|x|/b) (W. Davenport 1952), so the power of tanh(g x) over that spread is compared with the power of x.
/// </summary>
internal static class LevelMatch
{
    private const double SpeechLevel = 0.1;
    private const int Points = 64;

    private static readonly double[] Table = Build();

    /// <summary>The factor after tanh.</summary>
    /// <param name="drive">Drive in percent.</param>
    public static double Factor(double drive)
    {
        int percent = Math.Min((int)drive, 99);
        return Table[percent] + ((drive - percent) * (Table[percent + 1] - Table[percent]));
    }

    private static double[] Build()
    {
        var table = new double[101];
        for (int drive = 0; drive < table.Length; drive++)
        {
            double gain = Decibels.ToGain(24 * drive / 100.0);
            double before = 0;
            double after = 0;
            for (int i = 0; i < Points; i++)
            {
                // Equally likely amplitudes of a Laplace distribution.
                double x = -SpeechLevel / Math.Sqrt(2) * Math.Log(1 - ((i + 0.5) / Points));
                before += x * x;
                after += Math.Pow(Math.Tanh(gain * x), 2);
            }

            table[drive] = Math.Sqrt(before / after);
        }

        return table;
    }
}
