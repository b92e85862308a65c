using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Metering.Likeness;

/// <summary>The sum of products of two rows of numbers.</summary>
internal static class DotProduct
{
    /// <param name="first">Any number of them.</param>
    /// <param name="second">At least as many; the rest is not looked at.</param>
    public static double Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        ReadOnlySpan<Vector<double>> a = MemoryMarshal.Cast<double, Vector<double>>(first);
        ReadOnlySpan<Vector<double>> b = MemoryMarshal.Cast<double, Vector<double>>(second[..first.Length]);
        Vector<double> even = default;
        Vector<double> odd = default;
        int i = 0;
        for (; i + 1 < a.Length && i + 1 < b.Length; i += 2)
        {
            even += a[i] * b[i];
            odd += a[i + 1] * b[i + 1];
        }

        double sum = Vector.Sum(even + odd);
        for (i *= Vector<double>.Count; i < first.Length; i++)
            sum += first[i] * second[i];
        return sum;
    }
}
