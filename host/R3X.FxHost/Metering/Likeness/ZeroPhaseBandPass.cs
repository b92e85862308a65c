using System;
using System.Numerics;

namespace R3X.FxHost.Metering.Likeness;

/// <summary>
/// A Butterworth band-pass of order 4 that runs over a sound forwards and backwards and so delays nothing: SciPy's
/// <c>butter</c> and <c>sosfiltfilt</c>, with the sound mirrored in its first and last samples at its ends.
/// </summary>
internal sealed class ZeroPhaseBandPass
{
    private const int Order = 4;
    private const int Mirrored = 3 * ((2 * Order) + 1);

    // Per section: the gain of z^2 - 1, and what is fed back.
    private readonly (double Gain, double A1, double A2)[] _sections = new (double, double, double)[Order];

    /// <param name="low">Lower edge (-3 dB one way) in Hz.</param>
    /// <param name="high">Upper edge in Hz.</param>
    public ZeroPhaseBandPass(double low, double high)
    {
        // In the plane of s, its frequencies bent as the bilinear transform unbends them (Oppenheim and Schafer,
        // chapter 7).
        double from = Math.Tan(Math.PI * low / LikenessSound.Rate);
        double to = Math.Tan(Math.PI * high / LikenessSound.Rate);
        double width = to - from;
        double squared = from * to;
        Complex centre = Complex.FromPolarCoordinates(1, 2 * Math.Atan(Math.Sqrt(squared)));
        for (int k = 0; k < Order; k++)
        {
            // A low-pass's pole becomes two of the band-pass; of each conjugate pair of low-pass poles the upper one
            // is taken.
            Complex pole = Complex.FromPolarCoordinates(width / 2, Math.PI * ((2 * (k / 2)) + Order + 1) / (2 * Order));
            Complex root = Complex.Sqrt((pole * pole) - squared);
            Complex s = k % 2 == 0 ? pole + root : pole - root;
            Complex z = (1 + s) / (1 - s);
            double a1 = -2 * z.Real;
            double a2 = (z.Real * z.Real) + (z.Imaginary * z.Imaginary);
            double gain = 1 / Complex.Abs(((centre * centre) - 1) / ((centre * centre) + (a1 * centre) + a2));
            _sections[k] = (gain, a1, a2);
        }
    }

    /// <summary>The filtered sound, as long as the given one.</summary>
    public double[] Filter(double[] sound)
    {
        int mirrored = Math.Max(0, Math.Min(Mirrored, sound.Length - 1));
        var work = new double[sound.Length + (2 * mirrored)];
        sound.CopyTo(work, mirrored);
        for (int i = 0; i < mirrored; i++)
        {
            work[i] = (2 * sound[0]) - sound[mirrored - i];
            work[^(i + 1)] = (2 * sound[^1]) - sound[^(mirrored - i + 1)];
        }

        Run(work);
        Array.Reverse(work);
        Run(work);
        Array.Reverse(work);
        return work.AsSpan(mirrored, sound.Length).ToArray();
    }

    // Begins as if the first sample had stood there for ever; all sections at once, so that none waits for the one
    // before.
    private void Run(double[] samples)
    {
        if (samples.Length == 0)
            return;
        (double g0, double a01, double a02) = _sections[0];
        (double g1, double a11, double a12) = _sections[1];
        (double g2, double a21, double a22) = _sections[2];
        (double g3, double a31, double a32) = _sections[3];
        double s01 = -g0 * samples[0], s02 = s01;
        double s11 = 0, s12 = 0, s21 = 0, s22 = 0, s31 = 0, s32 = 0;
        foreach (ref double sample in samples.AsSpan())
        {
            double x = g0 * sample;
            double y = x + s01;
            s01 = s02 - (a01 * y);
            s02 = -x - (a02 * y);
            x = g1 * y;
            y = x + s11;
            s11 = s12 - (a11 * y);
            s12 = -x - (a12 * y);
            x = g2 * y;
            y = x + s21;
            s21 = s22 - (a21 * y);
            s22 = -x - (a22 * y);
            x = g3 * y;
            y = x + s31;
            s31 = s32 - (a31 * y);
            s32 = -x - (a32 * y);
            sample = y;
        }
    }
}
