using System;
using Xunit;

namespace R3X.FxHost.Tests.Decoding;

/// <summary>How far two sounds are apart.</summary>
internal static class Differences
{
    /// <summary>Fails when lengths differ or any sample is further off than the tolerance.</summary>
    public static void Within(double tolerance, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(Largest(expected, actual), 0, tolerance);
    }

    public static double Largest(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double largest = 0;
        for (int i = 0; i < Math.Min(a.Length, b.Length); i++)
            largest = Math.Max(largest, Math.Abs((double)a[i] - b[i]));
        return largest;
    }
}
