using System;
using System.Numerics;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// Second-order shelves that follow the analogue prototype up to the Nyquist frequency: the method of M. Vicanek,
/// "Matched Second Order Digital Filters" (2016), carried over to shelves. Poles by impulse invariance; the numerator
/// is right at 0, at the Nyquist frequency and within the slope. At 12 dB the worst error up to 0.45 of the sample rate
/// is 0.2 dB for a shelf at 0.2 of it, 0.6 dB for any.
/// </summary>
/// <remarks>
/// The prototype is the one of R. Bristow-Johnson's "Audio EQ Cookbook" without a bump: with A^2 the gain of the shelf,
/// A (A s^2 + sqrt(2A) s + 1) / (s^2 + sqrt(2A) s + A) for the high one. Its frequency is where half the decibels are
/// reached.
/// </remarks>
public static class MatchedShelves
{
    /// <summary>Lifts or lowers everything well above a frequency.</summary>
    /// <param name="frequency">Where half the decibels are reached, as a fraction of the sample rate, above 0, at most
    /// <see cref="MatchedFilters.HighestFrequency"/>.</param>
    /// <param name="decibels">Gain of the shelf. At 0 the filter is exactly transparent. A cut is the exact inverse of
    /// the boost.</param>
    public static Biquad High(double frequency, double decibels)
    {
        // A cut has its poles below its zeros, further from the Nyquist frequency, where mapping them is exact.
        var cut = Design(frequency, -Math.Abs(decibels), isHigh: true);
        return decibels <= 0 ? cut : cut.Inverse();
    }

    /// <summary>Lifts or lowers everything well below a frequency.</summary>
    /// <param name="frequency">Where half the decibels are reached, as a fraction of the sample rate, above 0, at most
    /// <see cref="MatchedFilters.HighestFrequency"/>.</param>
    /// <param name="decibels">Gain of the shelf. At 0 the filter is exactly transparent. A cut is the exact inverse of
    /// the boost.</param>
    public static Biquad Low(double frequency, double decibels)
    {
        var boost = Design(frequency, Math.Abs(decibels), isHigh: false);
        return decibels >= 0 ? boost : boost.Inverse();
    }

    private static Biquad Design(double frequency, double decibels, bool isHigh)
    {
        double a = Decibels.ToGain(decibels / 2);
        double pole = frequency * Math.Min(Math.Sqrt(a), 1 / Math.Sqrt(a));
        var (a1, a2) = MatchedFilters.Poles(pole, 1 / (2 * MatchedFilters.ButterworthQ));
        if (decibels == 0)
            return new Biquad(1, a1, a2, a1, a2);

        // The squared response is a mixture of three (Vicanek's phi 0, 1, 2). Half an octave down is on the slope and
        // in the band.
        double within = frequency / Math.Sqrt(2);
        var p = new MatchedFilters.Phi(within);
        double root0 = (1 + a1 + a2) * (isHigh ? 1 : a * a);
        double root1 = (1 - a1 + a2) * Prototype(a, 0.5 / frequency, isHigh);
        double here = p.Weigh(a1, a2) * Math.Pow(Prototype(a, within / frequency, isHigh), 2);
        double rest = (here - (root0 * root0 * p.P0) - (root1 * root1 * p.P1)) / p.P2;
        double w = (root0 + root1) / 2;
        double b0 = (w + Math.Sqrt(Math.Max((w * w) + rest, 0))) / 2;
        return new Biquad(b0, (root0 - root1) / 2, -rest / (4 * b0), a1, a2);
    }

    // The low shelf is the high one with its frequencies turned over.
    private static double Prototype(double a, double frequency, bool isHigh)
    {
        var s = new Complex(0, isHigh ? frequency : -1 / frequency);
        var slope = Math.Sqrt(2 * a) * s;
        return (a * ((a * s * s) + slope + 1) / ((s * s) + slope + a)).Magnitude;
    }
}
