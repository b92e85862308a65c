using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets.Values;

/// <summary>Values as people write them, units in the text.</summary>
public static class ValueText
{
    /// <summary>A value in its one canonical spelling; reading it gives the same value, bit for bit.</summary>
    /// <param name="parameter">Whose value it is.</param>
    /// <param name="value">The value, in the parameter's unit.</param>
    /// <example><c>100 Hz</c>, <c>4 kHz</c>, <c>-20 dB</c>, <c>35%</c>, <c>3:1</c></example>
    public static string Format(Parameter parameter, double value) => ValueRange.Of(parameter).Print(value);

    /// <summary>A value, the sentence of a modulation, or the points of a curve, in its one canonical spelling;
    /// reading it gives the same back.</summary>
    /// <param name="parameter">Whose value it is.</param>
    /// <param name="value">The value or modulation.</param>
    /// <example><c>8 ms</c>, <c>wobble 7 ms to 9 ms at 0.5 Hz</c>, <c>250 Hz: -6 dB, 1.25 kHz: 8 dB</c></example>
    public static string Format(Parameter parameter, SettingValue value) => parameter.Points is not null
        ? PointWords.Print(parameter, value.Curve ?? FrequencyCurve.Flat)
        : value.Modulation is { } modulation
        ? ModulationForm.Print(modulation, ValueRange.Of(parameter))
        : Format(parameter, value.Still);

    /// <summary>The name of a curve's point, its frequency: <c>1.25 kHz</c>.</summary>
    /// <param name="curve">A parameter that has <see cref="Parameter.Points"/>.</param>
    /// <param name="hertz">The frequency, in Hz.</param>
    public static string FormatPlace(Parameter curve, double hertz) => PointWords.NameOf(curve, hertz);

    /// <summary>A parameter's range: <c>20 Hz to 1 kHz</c>.</summary>
    /// <param name="parameter">The parameter.</param>
    public static string FormatRange(Parameter parameter) => parameter.Points is { } points
        ? $"up to {points.Most} points, "
            + $"{Format(parameter, parameter.Minimum)} to {Format(parameter, parameter.Maximum)}, "
            + $"{PointWords.NameOf(parameter, points.Lowest)} to {PointWords.NameOf(parameter, points.Highest)}"
        : $"{Format(parameter, parameter.Minimum)} to {Format(parameter, parameter.Maximum)}";
}
