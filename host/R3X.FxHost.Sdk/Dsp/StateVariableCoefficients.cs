using System;
using R3X.FxHost.Sdk.Dsp.Kernels;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// A second-order section in the state variables of the trapezoidal state-variable filter (V. Zavalishin, "The Art of
/// VA Filter Design", 2012; A. Simper, "Linear Trapezoidal Integrated State Variable Filter", 2013), written out as one
/// matrix: <c>y = D x + C1 s1 + C2 s2</c>, <c>s1' = A11 s1 + A12 s2 + B1 x</c>, <c>s2' = A21 s1 + A22 s2 + B2 x</c>.
/// </summary>
/// <remarks>
/// The matrix A is the Cayley transform of a circuit that only loses energy, so its norm is at most 1, and so is the
/// norm of every mixture of two such matrices: coefficients may be interpolated, or jump every sample, and the filter
/// cannot blow up. Biquads in direct form do.
/// </remarks>
public readonly record struct StateVariableCoefficients
{
    /// <summary>Finds the state-variable filter that is a biquad.</summary>
    /// <param name="design">The response; its poles are inside the unit circle.</param>
    public StateVariableCoefficients(Biquad design)
    {
        // With D' = 1 + gk + g^2: 1+a1+a2 = 4g^2/D', 1-a1+a2 = 4/D', 1-a2 = 2gk/D'.
        double atZero = 1 + design.A1 + design.A2;
        double atNyquist = 1 - design.A1 + design.A2;
        double g = Math.Sqrt(atZero / atNyquist);
        double gk = 2 * (1 - design.A2) / atNyquist;
        double f1 = 1 / (1 + gk + (g * g));
        double f2 = g * f1;
        double f3 = g * f2;
        A11 = (2 * f1) - 1;
        A12 = -2 * f2;
        A21 = 2 * f2;
        A22 = 1 - (2 * f3);
        B1 = 2 * f2;
        B2 = 2 * f3;

        // y = high + band + low outputs, each weighed by the numerator's share of (1-1/z)^2, 1-1/z^2 and (1+1/z)^2.
        double k = gk / g;
        double high = (design.B0 - design.B1 + design.B2) / atNyquist;
        double band = (2 * (design.B0 - design.B2) / atNyquist) / g;
        double low = (design.B0 + design.B1 + design.B2) / atZero;
        double m1 = band - (k * high);
        double m2 = low - high;
        C1 = (m1 * f1) + (m2 * f2);
        C2 = (m2 * (1 - f3)) - (m1 * f2);
        D = high + (m1 * f2) + (m2 * f3);
    }

    // Named as in the equations above.
    internal double A11 { get; private init; }

    internal double A12 { get; private init; }

    internal double A21 { get; private init; }

    internal double A22 { get; private init; }

    internal double B1 { get; private init; }

    internal double B2 { get; private init; }

    internal double C1 { get; private init; }

    internal double C2 { get; private init; }

    internal double D { get; private init; }

    /// <summary>Whether the output is the input bit for bit.</summary>
    internal bool IsTransparent => C1 == 0 && C2 == 0 && D == 1;

    /// <summary>
    /// The same poles, but an output that is the input bit for bit: a filter taken out of the path without a jump.
    /// </summary>
    public StateVariableCoefficients Transparent() => this with { C1 = 0, C2 = 0, D = 1 };

    /// <summary>The same poles, mixed with the input: a filter that fades out of the path.</summary>
    /// <param name="share">How much of the filter is heard: 0 is <see cref="Transparent"/>, 1 the filter alone.</param>
    public StateVariableCoefficients MixedWithInput(double share) =>
        share >= 1 ? this : this with { C1 = C1 * share, C2 = C2 * share, D = 1 + (share * (D - 1)) };

    /// <summary>The step from here to a target in so many frames.</summary>
    internal StateVariableCoefficients StepTo(in StateVariableCoefficients target, int frames) => new()
    {
        A11 = (target.A11 - A11) / frames,
        A12 = (target.A12 - A12) / frames,
        A21 = (target.A21 - A21) / frames,
        A22 = (target.A22 - A22) / frames,
        B1 = (target.B1 - B1) / frames,
        B2 = (target.B2 - B2) / frames,
        C1 = (target.C1 - C1) / frames,
        C2 = (target.C2 - C2) / frames,
        D = (target.D - D) / frames,
    };

    /// <summary>One step further.</summary>
    internal StateVariableCoefficients Plus(in StateVariableCoefficients step) => new()
    {
        A11 = A11 + step.A11,
        A12 = A12 + step.A12,
        A21 = A21 + step.A21,
        A22 = A22 + step.A22,
        B1 = B1 + step.B1,
        B2 = B2 + step.B2,
        C1 = C1 + step.C1,
        C2 = C2 + step.C2,
        D = D + step.D,
    };

    /// <summary>Filters one sample.</summary>
    /// <param name="x">The sample.</param>
    /// <param name="s1">State 1, taken to the next frame.</param>
    /// <param name="s2">State 2, taken to the next frame.</param>
    internal double Next(double x, ref double s1, ref double s2)
    {
        double y = Fused.MultiplyAdd(C1, s1, Fused.MultiplyAdd(C2, s2, D * x));
        double next = Fused.MultiplyAdd(A11, s1, Fused.MultiplyAdd(A12, s2, B1 * x));
        s2 = Fused.MultiplyAdd(A22, s2, Fused.MultiplyAdd(A21, s1, B2 * x));
        s1 = next;
        return y;
    }
}
