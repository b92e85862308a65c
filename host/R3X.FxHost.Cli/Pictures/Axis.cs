using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace R3X.FxHost.Cli.Pictures;

/// <summary>One side of a drawing: which values stand where, and which of them are labelled.</summary>
/// <param name="From">The value at the start.</param>
/// <param name="To">The value at the end.</param>
/// <param name="IsLogarithmic">Whether equal ratios are equally far apart.</param>
internal sealed record Axis(double From, double To, bool IsLogarithmic = false)
{
    private static readonly double[] Steps = [1, 2, 5, 10];

    private static readonly double[] FrequencyTicks = [100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000];

    /// <summary>Frequencies as one hears them.</summary>
    public static Axis OfFrequency(double highest) => new(70, highest, IsLogarithmic: true);

    /// <summary>The labelled values, those of frequencies where the axis is logarithmic.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            double low = Math.Min(From, To);
            double high = Math.Max(From, To);
            if (IsLogarithmic)
                return FrequencyTicks.Where(tick => tick >= low && tick <= high);
            double step = Step(high - low);
            return Enumerable.Range((int)Math.Ceiling(low / step),
                (int)Math.Floor(high / step) - (int)Math.Ceiling(low / step) + 1).Select(i => i * step);
        }
    }

    /// <summary>Where a value stands, 0 at the start and 1 at the end.</summary>
    public double PlaceOf(double value) =>
        IsLogarithmic ? Math.Log(value / From) / Math.Log(To / From) : (value - From) / (To - From);

    /// <summary>The value at a place.</summary>
    public double At(double place) => IsLogarithmic ? From * Math.Pow(To / From, place) : From + (place * (To - From));

    /// <summary>A value as its label says it.</summary>
    public string Label(double value) => IsLogarithmic && value >= 1_000
        ? (value / 1_000).ToString("0.#", CultureInfo.InvariantCulture) + "k"
        : value.ToString("0.###", CultureInfo.InvariantCulture);

    // 1, 2 or 5 times a power of ten, for up to ten labels.
    private static double Step(double range)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(range / 10)));
        return power * Steps.First(times => range / (power * times) <= 10);
    }
}
