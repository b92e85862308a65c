using System;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// The window of filters that read between samples: J. Kaiser and R. Schafer, "On the Use of the I0-Sinh Window for
/// Spectrum Analysis" (1980).
/// </summary>
public static class KaiserWindow
{
    /// <summary>The shape for a stop band.</summary>
    /// <param name="decibels">How far down it is to be, above 50.</param>
    public static double BetaFor(double decibels) => 0.1102 * (decibels - 8.7);

    /// <summary>
    /// The window, I0(beta) in its middle and 0 from its ends on: to be divided by a sum over all weights.
    /// </summary>
    /// <param name="place">-1 to 1; 0 is the middle.</param>
    /// <param name="beta">The shape.</param>
    public static double At(double place, double beta) =>
        Math.Abs(place) >= 1 ? 0 : BesselI0(beta * Math.Sqrt(1 - (place * place)));

    /// <summary>
    /// The window within 2e-7, in a fraction of the time: for filters of tens of thousands of weights that a line waits
    /// for (M. Abramowitz and I. Stegun, "Handbook of Mathematical Functions", 9.8.1 and 9.8.2).
    /// </summary>
    /// <inheritdoc cref="At"/>
    public static double QuicklyAt(double place, double beta)
    {
        if (Math.Abs(place) >= 1)
            return 0;
        double x = beta * Math.Sqrt(1 - (place * place));
        if (x < 3.75)
        {
            double y = x * x / (3.75 * 3.75);
            return 1 + (y * (3.5156229 + (y * (3.0899424 + (y * (1.2067492
                + (y * (0.2659732 + (y * (0.0360768 + (y * 0.0045813)))))))))));
        }

        double z = 3.75 / x;
        double tail = 0.00916281 + (z * (-0.02057706 + (z * (0.02635537 + (z * (-0.01647633 + (z * 0.00392377)))))));
        return Math.Exp(x) / Math.Sqrt(x)
            * (0.39894228 + (z * (0.01328592 + (z * (0.00225319 + (z * (-0.00157565 + (z * tail))))))));
    }

    /// <summary>The sinc that goes under it, sin(pi x) / (pi x); exactly 0 at whole numbers but 0.</summary>
    /// <param name="x">In periods of the cutoff.</param>
    public static double Sinc(double x) =>
        x == 0 ? 1 : x == Math.Round(x) ? 0 : Math.Sin(Math.PI * x) / (Math.PI * x);

    // Modified Bessel function of the first kind and order 0, by its power series, to the last digit.
    private static double BesselI0(double x)
    {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-17; k++)
        {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }

        return sum;
    }
}
