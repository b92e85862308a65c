using System;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// Filters whose response follows the analogue prototype up to the Nyquist frequency, where the usual bilinear designs
/// cramp: M. Vicanek, "Matched Second Order Digital Filters" (2016). A 4 kHz peak on 16 kHz speech is right within 0.5
/// dB, not 2.3 dB.
/// </summary>
public static class MatchedFilters
{
    /// <summary>
    /// Above this fraction of the sample rate a filter is taken out of the path: its effects must note that.
    /// </summary>
    public const double HighestFrequency = 0.49;

    /// <summary>
    /// The quality factor that gives a high-pass or low-pass the flattest passband, -3 dB at its frequency.
    /// </summary>
    public const double ButterworthQ = 0.70710678118654752;

    /// <summary>A second-order high-pass.</summary>
    /// <param name="frequency">Corner as a fraction of the sample rate, above 0, at most
    /// <see cref="HighestFrequency"/>.</param>
    /// <param name="q">Gain at the corner; <see cref="ButterworthQ"/> for -3 dB.</param>
    public static Biquad HighPass(double frequency, double q)
    {
        var (a1, a2) = Poles(frequency, 1 / (2 * q));
        var p = new Phi(frequency);
        double b0 = Math.Sqrt(p.Weigh(a1, a2)) * q / (4 * p.P1);
        return new Biquad(b0, -2 * b0, b0, a1, a2);
    }

    /// <summary>
    /// A second-order low-pass. Its zero lies at neither end, so the top of the band falls as the prototype's does.
    /// </summary>
    /// <param name="frequency">Corner as a fraction of the sample rate, above 0, at most
    /// <see cref="HighestFrequency"/>.</param>
    /// <param name="q">Gain at the corner; <see cref="ButterworthQ"/> for -3 dB.</param>
    public static Biquad LowPass(double frequency, double q)
    {
        var (a1, a2) = Poles(frequency, 1 / (2 * q));
        var p = new Phi(frequency);
        double root0 = 1 + a1 + a2;
        double root1 = Math.Sqrt(Math.Max(((p.Weigh(a1, a2) * q * q) - (root0 * root0 * p.P0)) / p.P1, 0));
        return new Biquad((root0 + root1) / 2, (root0 - root1) / 2, 0, a1, a2);
    }

    /// <summary>A peak or dip, 0 dB far from its frequency.</summary>
    /// <param name="frequency">Centre as a fraction of the sample rate, above 0, at most
    /// <see cref="HighestFrequency"/>.</param>
    /// <param name="q">How narrow; see <see cref="QFromOctaves"/>.</param>
    /// <param name="decibels">Gain at the centre. At 0 the filter is exactly transparent. A dip is the exact inverse of
    /// the peak.</param>
    public static Biquad Peak(double frequency, double q, double decibels)
    {
        double gain = Decibels.ToGain(Math.Abs(decibels));
        var boost = PeakOnPoles(frequency, 1 / (2 * Math.Sqrt(gain) * q), Math.Abs(decibels));
        return decibels >= 0 ? boost : boost.Inverse();
    }

    /// <summary>
    /// A peak or dip whose poles do not depend on its gain, so that the gain can move while the filter runs. With
    /// G^2 the gain's power, its own power at any frequency is 1 + w (G^2 - 1), w from 0 far away to 1 at the centre.
    /// </summary>
    /// <param name="frequency">Centre as a fraction of the sample rate, above 0, at most
    /// <see cref="HighestFrequency"/>.</param>
    /// <param name="damping">How fast it rings out: 1 / (2Q) of the poles, above 0.</param>
    /// <param name="decibels">Gain at the centre. At 0 the filter is exactly transparent.</param>
    public static Biquad PeakOnPoles(double frequency, double damping, double decibels)
    {
        double gain = Decibels.ToGain(decibels);
        var (a1, a2) = Poles(frequency, damping);
        if (decibels == 0)
            return new Biquad(1, a1, a2, a1, a2);
        var p = new Phi(frequency);
        double s0 = (1 + a1 + a2) * (1 + a1 + a2);
        double s1 = (1 - a1 + a2) * (1 - a1 + a2);
        double s2 = -4 * a2;
        double r1 = p.Weigh(a1, a2) * gain * gain;
        double r2 = (-s0 + s1 + (4 * (p.P0 - p.P1) * s2)) * gain * gain;
        double b2Squared = (r1 - (r2 * p.P1) - s0) / (4 * p.P1 * p.P1);
        double b1Squared = r2 + s0 + (4 * (p.P1 - p.P0) * b2Squared);
        double root0 = Math.Sqrt(s0);
        double root1 = Math.Sqrt(Math.Max(b1Squared, 0));
        double w = (root0 + root1) / 2;
        double b0 = (w + Math.Sqrt(Math.Max((w * w) + b2Squared, 0))) / 2;
        return new Biquad(b0, (root0 - root1) / 2, -b2Squared / (4 * b0), a1, a2);
    }

    /// <summary>
    /// The quality factor of a peak that is so wide between the points of half its decibels: 1/Q = 2 sinh(ln 2 / 2 *
    /// width).
    /// </summary>
    /// <param name="octaves">Width, above 0.</param>
    public static double QFromOctaves(double octaves) => 1 / (2 * Math.Sinh(Math.Log(2) / 2 * octaves));

    /// <summary>Impulse invariance: the analogue poles, mapped by z = e^s.</summary>
    internal static (double A1, double A2) Poles(double frequency, double damping)
    {
        double omega = 2 * Math.PI * frequency;
        double decay = Math.Exp(-damping * omega);
        double swing = damping <= 1
            ? Math.Cos(Math.Sqrt(1 - (damping * damping)) * omega)
            : Math.Cosh(Math.Sqrt((damping * damping) - 1) * omega);
        return (-2 * decay * swing, decay * decay);
    }

    /// <summary>
    /// The weights with which a squared response at a frequency is made of that at 0, that at the Nyquist frequency and
    /// a rest.
    /// </summary>
    internal readonly struct Phi(double frequency)
    {
        public readonly double P1 = Math.Pow(Math.Sin(Math.PI * frequency), 2);

        public double P0 => 1 - P1;

        public double P2 => 4 * P0 * P1;

        // |1 + a1/z + a2/z^2|^2 at the frequency.
        public double Weigh(double a1, double a2) =>
            ((1 + a1 + a2) * (1 + a1 + a2) * P0) + ((1 - a1 + a2) * (1 - a1 + a2) * P1) + (-4 * a2 * P2);
    }
}
