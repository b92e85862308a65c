using System;
using System.Collections.Generic;

namespace R3X.FxHost.Metering.Likeness;

/// <summary>
/// How far the strongest fixed line from 20 to 120 Hz stands out of the envelope of 1 to 4 kHz: a ring modulator or a
/// tremolo.
/// </summary>
internal static class Hum
{
    private const int Up = 10;
    private const int Down = 441;
    private const int Window = 500;
    private const int Hop = 125;
    private const double Active = 0.6;

    // Lines 2 Hz apart: those of 20 to 120 Hz, each against the median of the 16 Hz on both sides.
    private const int FirstLine = 10;
    private const int LastLine = 60;
    private const int Around = 8;

    private static readonly ZeroPhaseBandPass Band = new(1_000, 4_000);
    private static readonly double[] Hann = SymmetricHann.Of(Window);
    private static readonly double[][] Cosines = Waves(Math.Cos);
    private static readonly double[][] Sines = Waves(Math.Sin);

    /// <summary>The prominence in dB; NaN where no half second is speech for the most part.</summary>
    /// <param name="sound">As <see cref="LikenessSound"/> makes it.</param>
    public static double Of(double[] sound)
    {
        double[] envelope = PolyphaseFilter.Resample(Envelope.Of(Band.Filter(sound)), Up, Down);
        double least = Percentile.Of((double[])envelope.Clone(), 99) * 0.05;
        var spectra = new List<double[]>();
        for (int start = 0; start + Window <= envelope.Length; start += Hop)
        {
            ReadOnlySpan<double> window = envelope.AsSpan(start, Window);
            int active = 0;
            double mean = 0;
            foreach (double value in window)
            {
                active += value > least ? 1 : 0;
                mean += value / Window;
            }

            if (active >= Active * Window)
                spectra.Add(Spectrum(window, mean));
        }

        return spectra.Count == 0 ? double.NaN : Prominence(spectra);
    }

    private static double Prominence(List<double[]> spectra)
    {
        var levels = new double[Cosines.Length];
        var values = new double[spectra.Count];
        for (int line = 0; line < levels.Length; line++)
        {
            for (int i = 0; i < values.Length; i++)
                values[i] = spectra[i][line];
            levels[line] = 10 * Math.Log10(Percentile.Of(values, 50));
        }

        double highest = double.NegativeInfinity;
        for (int line = Around; line < levels.Length - Around; line++)
            highest = Math.Max(
                highest, levels[line] - Percentile.Median(levels.AsSpan(line - Around, (2 * Around) + 1)));
        return highest;
    }

    // Only the lines that are looked at; the first stands for FirstLine - Around.
    private static double[] Spectrum(ReadOnlySpan<double> window, double mean)
    {
        Span<double> shaped = stackalloc double[Window];
        for (int i = 0; i < Window; i++)
            shaped[i] = ((window[i] / mean) - 1) * Hann[i];
        var power = new double[Cosines.Length];
        for (int line = 0; line < power.Length; line++)
        {
            double re = DotProduct.Of(shaped, Cosines[line]);
            double im = DotProduct.Of(shaped, Sines[line]);
            power[line] = (re * re) + (im * im);
        }

        return power;
    }

    private static double[][] Waves(Func<double, double> wave)
    {
        var waves = new double[LastLine - FirstLine + 1 + (2 * Around)][];
        for (int line = 0; line < waves.Length; line++)
        {
            waves[line] = new double[Window];
            for (int i = 0; i < Window; i++)
                waves[line][i] = wave(2 * Math.PI * (line + FirstLine - Around) * i / Window);
        }

        return waves;
    }
}
