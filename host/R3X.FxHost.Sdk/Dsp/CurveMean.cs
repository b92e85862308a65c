using System.Runtime.CompilerServices;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// Antiderivative antialiasing of first order (J. Parker, V. Zavalishin and E. Le Bivic, "Reducing the Aliasing of Nonlinear
/// Waveshaping Using Continuous-Time Convolution", DAFx 2016) replaces f(x[n]) by the mean of f along the straight line from
/// x[n-1] to x[n]. Their formula, a difference of antiderivatives over a difference of samples, loses its digits when the
/// samples are close; the three-point Gauss-Legendre rule gives the same mean without them, and needs no antiderivative. On a
/// curve that is four times oversampled it is within 2 dB of the exact mean's alias suppression, mostly better.
/// </summary>
/// <remarks>
/// The mean is f at the middle * <see cref="Inner"/> + f at the middle +- <see cref="Reach"/> * difference, each * <see cref="Outer"/>.
/// It delays by half a sample and droops like the mean of two samples. For tanh the two outer points need no tanh each:
/// with m the tanh of the middle and r that of the reach, tanh(middle +- reach) = (m +- r) / (1 +- m r).
/// </remarks>
public static class CurveMean
{
    /// <summary>Weight of the point in the middle.</summary>
    public const float Inner = 8f / 18;

    /// <summary>Weight of each of the two outer points.</summary>
    public const float Outer = 5f / 18;

    /// <summary>How far out they are, as a share of the difference of the two samples: sqrt(3/5)/2.</summary>
    public const float Reach = 0.38729833f;

    /// <summary>
    /// The square of the hyperbolic cosine, which is all that a tanh's mean needs of the reach r = <see cref="Reach"/> * difference:
    /// r is seldom beyond 1, where its series of four terms is exact to 0.01 %, and never too large to be useful.
    /// </summary>
    /// <param name="r">Reach in units of the tanh.</param>
    /// <typeparam name="T">The width.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T CoshSquared<T>(T r)
        where T : struct, ILanes<T>
    {
        var u = r * r;
        var c = T.MultiplyAdd(u, T.All(1f / 315), T.All(2f / 45));
        c = T.MultiplyAdd(u, c, T.All(1f / 3));
        c = T.MultiplyAdd(u, c, T.All(1));
        return T.MultiplyAdd(u, c, T.All(1));
    }

    /// <inheritdoc cref="CoshSquared{T}(T)"/>
    /// <param name="r">Reach in units of the tanh.</param>
    /// <param name="w">r sinh r cosh r, from a series as long.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T CoshSquared<T>(T r, out T w)
        where T : struct, ILanes<T>
    {
        var u = r * r;
        w = T.MultiplyAdd(u, T.All(4f / 315), T.All(2f / 15));
        w = T.MultiplyAdd(u, w, T.All(2f / 3));
        w = T.MultiplyAdd(u, w, T.All(1)) * u;
        return CoshSquared(r);
    }
}
