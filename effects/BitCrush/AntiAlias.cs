using System;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// The low-pass in front of the lower rate: Chebyshev type II of eighth order (A. Oppenheim and R. Schafer,
/// "Discrete-Time Signal Processing", appendix B), so flat below and 60 dB down from the edge on, with a third of a
/// linear-phase filter's delay.
/// </summary>
internal static class AntiAlias
{
    /// <summary>Second-order sections.</summary>
    public const int Sections = 4;

    private const double StopDecibels = 60;

    /// <summary>One of the sections, 0 dB at 0 Hz.</summary>
    /// <param name="section">0 to <see cref="Sections"/> - 1.</param>
    /// <param name="edge">Where the stopband begins, as a fraction of the sample rate.</param>
    public static Biquad Design(int section, double edge)
    {
        // The prototype's stopband begins at 1; its poles are the inverses of those of a type I filter.
        double theta = ((2 * section) + 1) * Math.PI / (4 * Sections);
        double mu = Math.Asinh(Math.Sqrt(Math.Pow(10, StopDecibels / 10) - 1)) / (2 * Sections);
        double re = Math.Sinh(mu) * Math.Sin(theta);
        double im = Math.Cosh(mu) * Math.Cos(theta);
        double square = (re * re) + (im * im);
        double damping = 2 * re / square;
        double pole = 1 / square;
        double zero = 1 / Math.Pow(Math.Cos(theta), 2);

        // Bilinear, with the edge where it should be.
        double k = 1 / Math.Tan(Math.PI * edge);
        double a0 = (k * k) + (damping * k) + pole;
        double scale = pole / zero / a0;
        return new Biquad(
            ((k * k) + zero) * scale,
            2 * (zero - (k * k)) * scale,
            ((k * k) + zero) * scale,
            2 * (pole - (k * k)) / a0,
            ((k * k) - (damping * k) + pole) / a0);
    }

    /// <summary>Frames by which a section delays low pitches.</summary>
    public static double DelayFrames(Biquad d) =>
        ((d.B1 + (2 * d.B2)) / (d.B0 + d.B1 + d.B2)) - ((d.A1 + (2 * d.A2)) / (1 + d.A1 + d.A2));
}
