using System.Runtime.CompilerServices;
using R3X.FxHost.Sdk.Dsp.Kernels;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>Smooth non-linear curves, eight or more samples at a time.</summary>
public static class Curve
{
    /// <summary>
    /// The hyperbolic tangent within 2.5e-7 before its division, tanh x = top / bottom: formulas made of several of
    /// them need one division then. A rational function of degree 9 over 8 fitted to least relative error on +-8 and
    /// clamped there (where tanh is 1 to seven digits). Exact slope 1 at 0, so quiet sounds keep their digits.
    /// </summary>
    /// <param name="x">Any finite values; their squares should not be smaller than numbers can be without being
    /// slow.</param>
    /// <param name="bottom">1 or more.</param>
    /// <returns>Top.</returns>
    /// <typeparam name="T">The width.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x, out T bottom)
        where T : struct, ILanes<T>
    {
        x = T.Min(T.Max(x, T.All(-8)), T.All(8));
        var y = x * x;
        var p = T.MultiplyAdd(y, T.All(1.5292873200711934e-8f), T.All(2.193943366698502e-5f));
        var q = T.MultiplyAdd(y, T.All(8.547866569690519e-7f), T.All(0.00034157498614182443f));
        p = T.MultiplyAdd(y, p, T.All(0.0035743326720684837f));
        q = T.MultiplyAdd(y, q, T.All(0.026174877994388f));
        p = T.MultiplyAdd(y, p, T.All(0.13446811793492847f));
        q = T.MultiplyAdd(y, q, T.All(0.4678014111383799f));
        p = T.MultiplyAdd(y, p, T.All(1));
        bottom = T.MultiplyAdd(y, q, T.All(1));
        return x * p;
    }
}
