using System;

namespace R3X.FxHost.Effects;

/// <summary>
/// Goes through points smoothly and without overshoot: F. Fritsch and J. Butland, "A Method for Constructing Local
/// Monotone Piecewise Cubic Interpolants" (1984).
/// </summary>
/// <param name="x">Places, rising; at least one.</param>
/// <param name="y">Values there.</param>
internal sealed class MonotoneCurve(double[] x, double[] y)
{
    /// <summary>The value at a place; beyond the ends that of the end.</summary>
    public double At(double place)
    {
        int found = Array.BinarySearch(x, place);
        if (found >= 0)
            return y[found];
        int i = ~found - 1;
        if (i < 0 || i == x.Length - 1)
            return y[Math.Max(i, 0)];
        double width = x[i + 1] - x[i], t = (place - x[i]) / width;
        double a = Slope(i) * width, b = Slope(i + 1) * width, rise = y[i + 1] - y[i];
        return y[i] + (t * (a + (t * ((3 * rise) - (2 * a) - b + (t * (a + b - (2 * rise)))))));
    }

    private double Slope(int i)
    {
        if (i == 0 || i == x.Length - 1)
            return 0;
        double before = (y[i] - y[i - 1]) / (x[i] - x[i - 1]), after = (y[i + 1] - y[i]) / (x[i + 1] - x[i]);
        if (before * after <= 0)
            return 0;
        double left = x[i] - x[i - 1], right = x[i + 1] - x[i];
        double w1 = (2 * right) + left, w2 = right + (2 * left);
        return (w1 + w2) / ((w1 / before) + (w2 / after));
    }
}
