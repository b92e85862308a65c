using System;

namespace R3X.FxHost.Metering.Likeness;

/// <summary>
/// Percentiles with linear interpolation between the two values around one, as NumPy's <c>percentile</c> has them.
/// </summary>
internal static class Percentile
{
    /// <summary>The value below which a share of the values lies; NaN for no values.</summary>
    /// <param name="values">Finite, at least one; their order is lost.</param>
    /// <param name="percent">0 to 100.</param>
    public static double Of(Span<double> values, double percent)
    {
        if (values.IsEmpty)
            return double.NaN;
        double place = (values.Length - 1) * percent / 100;
        int below = (int)place;
        double low = Select(values, below);
        if (place == below)
            return low;
        // What stands behind the selected one is not smaller.
        double high = double.PositiveInfinity;
        foreach (double value in values[(below + 1)..])
            high = Math.Min(high, value);
        return low + ((high - low) * (place - below));
    }

    /// <summary>The median of those values that are numbers; NaN when none is.</summary>
    public static double Median(ReadOnlySpan<double> values)
    {
        var finite = new double[values.Length];
        int count = 0;
        foreach (double value in values)
        {
            if (!double.IsNaN(value))
                finite[count++] = value;
        }

        return Of(finite.AsSpan(0, count), 50);
    }

    // Hoare's selection: afterwards the value at the place is where sorting would have it.
    private static double Select(Span<double> values, int place)
    {
        int left = 0;
        int right = values.Length - 1;
        while (left < right)
        {
            double pivot = values[place];
            int i = left;
            int j = right;
            do
            {
                while (values[i] < pivot)
                    i++;
                while (pivot < values[j])
                    j--;
                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }
            while (i <= j);
            if (j < place)
                left = i;
            if (place < i)
                right = j;
        }

        return values[place];
    }
}
