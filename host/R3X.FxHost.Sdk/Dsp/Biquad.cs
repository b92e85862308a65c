using System;
using System.Numerics;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// A second-order section H(z) = (b0 + b1/z + b2/z^2) / (1 + a1/z + a2/z^2), as filter designs give it. A design, not a
/// filter: run it with <see cref="StateVariableFilter"/>.
/// </summary>
/// <param name="B0">Feed-forward, newest sample.</param>
/// <param name="B1">Feed-forward, one sample ago.</param>
/// <param name="B2">Feed-forward, two samples ago.</param>
/// <param name="A1">Feedback, one sample ago.</param>
/// <param name="A2">Feedback, two samples ago.</param>
public readonly record struct Biquad(double B0, double B1, double B2, double A1, double A2)
{
    /// <summary>Lets everything through unchanged.</summary>
    internal static Biquad Identity => new(1, 0, 0, 0, 0);

    /// <summary>The factor by which a sine is made louder.</summary>
    /// <param name="frequency">The sine's frequency as a fraction of the sample rate, 0 to 0.5.</param>
    public double MagnitudeAt(double frequency)
    {
        var z1 = Complex.FromPolarCoordinates(1, -2 * Math.PI * frequency);
        var z2 = z1 * z1;
        return ((B0 + (B1 * z1) + (B2 * z2)) / (1 + (A1 * z1) + (A2 * z2))).Magnitude;
    }

    /// <summary>
    /// The filter that undoes this one. Stable when the zeros are inside the unit circle, as those of a peak are.
    /// </summary>
    internal Biquad Inverse() => new(1 / B0, A1 / B0, A2 / B0, B1 / B0, B2 / B0);

    /// <summary>Frames until what rings has fallen by a number of decibels.</summary>
    /// <param name="decibels">How far to fall, above 0.</param>
    public int FramesToDecay(double decibels)
    {
        double discriminant = (A1 * A1 / 4) - A2;
        double radius = discriminant > 0 ? (Math.Abs(A1) / 2) + Math.Sqrt(discriminant) : Math.Sqrt(Math.Max(A2, 0));
        return radius <= 0 ? 2 : 2 + (int)Math.Ceiling(-decibels / Decibels.FromGain(Math.Min(radius, 1 - 1e-9)));
    }
}
