using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Studio.Turn;

/// <summary>How a slider walks a setting's range: in whole positions, an arrow key each.</summary>
/// <param name="Minimum">The value at position 0, in the setting's unit.</param>
/// <param name="Maximum">The value at the last position.</param>
/// <param name="Step">What one position is: an amount, or on a logarithmic scale a share.</param>
/// <param name="IsLogarithmic">Whether equal ways are equal ratios.</param>
public sealed record SliderScale(double Minimum, double Maximum, double Step, bool IsLogarithmic)
{
    /// <summary>The last position; the first is 0.</summary>
    public int Last { get; } = (int)Math.Ceiling(Math.Round(
        IsLogarithmic ? Math.Log(Maximum / Minimum) / Math.Log(1 + Step) : (Maximum - Minimum) / Step, 6));

    /// <summary>The scale of a parameter.</summary>
    public static SliderScale Of(Parameter parameter) => parameter.Curve == ParameterCurve.Logarithmic
        ? new SliderScale(parameter.Minimum, parameter.Maximum, 0.01, true)
        : new SliderScale(parameter.Minimum, parameter.Maximum, StepOf(parameter), false);

    /// <summary>The position nearest to a value.</summary>
    public int PositionOf(double value) => (int)Math.Round(ShareOf(value) * Last);

    /// <summary>Where a value stands on the track, from 0 to 1.</summary>
    public double ShareOf(double value) => Math.Clamp(
        IsLogarithmic
            ? Math.Log(Math.Max(value, Minimum) / Minimum) / Math.Log(Maximum / Minimum)
            : (value - Minimum) / (Maximum - Minimum),
        0,
        1);

    /// <summary>The value at a position, with as many digits as the step is worth.</summary>
    public double ValueAt(int position)
    {
        if (position <= 0)
            return Minimum;
        if (position >= Last)
            return Maximum;
        return IsLogarithmic
            ? ThreeDigits(Minimum * Math.Pow(Maximum / Minimum, (double)position / Last))
            : Math.Clamp(Math.Round(Minimum + position * ((Maximum - Minimum) / Last), 3), Minimum, Maximum);
    }

    /// <summary>The middle of two values on this scale.</summary>
    public double Between(double one, double other) => IsLogarithmic
        ? ThreeDigits(Math.Sqrt(one * other)) : Math.Round((one + other) / 2, 3);

    private static double StepOf(Parameter parameter) => parameter.Unit switch
    {
        ParameterUnit.Decibels => 0.5,
        ParameterUnit.Percent => 1,
        ParameterUnit.Ratio => 0.1,
        ParameterUnit.Octaves => 0.05,
        ParameterUnit.Bits => 0.5,
        ParameterUnit.Semitones => 0.5,
        ParameterUnit.None => 1,
        _ => (parameter.Maximum - parameter.Minimum) / 200,
    };

    private static double ThreeDigits(double value)
    {
        double unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 2);
        return unit >= 1 ? Math.Round(value / unit) * unit : Math.Round(value / unit) / Math.Round(1 / unit);
    }
}
