using System;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// The low-pass of M. Vicanek, "Matched Second Order Digital Filters" (2016): as steep as its analogue prototype, not steeper,
/// where the usual design squeezes everything up to the Nyquist frequency.
/// </summary>
internal static class MatchedLowPass
{
    /// <summary>A second-order low-pass, 0 dB at 0 Hz.</summary>
    /// <param name="frequency">Corner as a fraction of the sample rate, above 0, at most <see cref="MatchedFilters.HighestFrequency"/>.</param>
    /// <param name="q">Gain at the corner.</param>
    public static Biquad Design(double frequency, double q)
    {
        double omega = 2 * Math.PI * frequency;
        double damping = 1 / (2 * q);
        double decay = Math.Exp(-damping * omega);
        double swing = damping <= 1
            ? Math.Cos(Math.Sqrt(1 - (damping * damping)) * omega)
            : Math.Cosh(Math.Sqrt((damping * damping) - 1) * omega);
        double a1 = -2 * decay * swing;
        double a2 = decay * decay;

        // Phi 1 at the corner is sin^2(w/2); the response there is to be q.
        double p1 = Math.Pow(Math.Sin(omega / 2), 2);
        double p0 = 1 - p1;
        double s0 = Math.Pow(1 + a1 + a2, 2);
        double s1 = Math.Pow(1 - a1 + a2, 2);
        double r1 = ((s0 * p0) + (s1 * p1) + (-4 * a2 * 4 * p0 * p1)) * q * q;
        double atNyquist = Math.Max((r1 - (s0 * p0)) / p1, 0);
        double b0 = (Math.Sqrt(s0) + Math.Sqrt(atNyquist)) / 2;
        return new Biquad(b0, Math.Sqrt(s0) - b0, 0, a1, a2);
    }
}
