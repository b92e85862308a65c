using System;

namespace R3X.FxHost.Sdk.Dsp.Kernels;

/// <summary>
/// Designs elliptic half-band filters made of two branches of first-order allpasses in 1/z^2: R. Valenzuela and
/// A. Constantinides, "Digital Signal Processing Schemes for Efficient Interpolation and Decimation" (1983). Their
/// delay is a sixth of that of a linear-phase filter of the same selectivity.
/// </summary>
internal static class HalfBandDesign
{
    /// <summary>
    /// The allpass coefficients in rising order; even places make the first branch, odd places the second.
    /// </summary>
    /// <param name="count">How many; each buys about 13 dB at a transition of 0.05.</param>
    /// <param name="transition">Width between passband and stopband as a fraction of the higher rate, centred at a
    /// quarter of it.</param>
    public static double[] Coefficients(int count, double transition)
    {
        // The elliptic modulus and its nome; the sums are Jacobi's theta functions, which converge in a few terms.
        double k = Math.Pow(Math.Tan((1 - (2 * transition)) * Math.PI / 4), 2);
        double root = Math.Pow(1 - (k * k), 0.25);
        double e = 0.5 * (1 - root) / (1 + root);
        double e4 = Math.Pow(e, 4);
        double nome = e * (1 + (e4 * (2 + (e4 * (15 + (150 * e4))))));
        int order = (2 * count) + 1;
        var coefficients = new double[count];
        for (int c = 1; c <= count; c++)
        {
            double numerator = 0;
            double denominator = 0.5;
            for (int i = 0; i < 8; i++)
            {
                double sign = i % 2 == 0 ? 1 : -1;
                numerator += sign * Math.Pow(nome, i * (i + 1)) * Math.Sin(((2 * i) + 1) * c * Math.PI / order);
                if (i > 0)
                    denominator += sign * Math.Pow(nome, i * i) * Math.Cos(2 * i * c * Math.PI / order);
            }

            double w = Math.Pow(Math.Pow(nome, 0.25) * numerator / denominator, 2);
            double x = Math.Sqrt((1 - (w * k)) * (1 - (w / k))) / (1 + w);
            coefficients[c - 1] = (1 - x) / (1 + x);
        }

        return coefficients;
    }
}
