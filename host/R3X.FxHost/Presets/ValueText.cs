using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>Values as people write them, units in the text.</summary>
public static class ValueText
{
    /// <summary>A value in its one canonical spelling; reading it gives the same value, bit for bit.</summary>
    /// <param name="parameter">Whose value it is.</param>
    /// <param name="value">The value, in the parameter's unit.</param>
    /// <example><c>100 Hz</c>, <c>4 kHz</c>, <c>-20 dB</c>, <c>35%</c>, <c>3:1</c></example>
    public static string Format(Parameter parameter, double value) => ValueRange.Of(parameter).Print(value);

    /// <summary>A value, or the sentence of a movement, in its one canonical spelling; reading it gives the same back.</summary>
    /// <param name="parameter">Whose value it is.</param>
    /// <param name="value">The value or movement.</param>
    /// <example><c>8 ms</c>, <c>wobble 7 ms to 9 ms at 0.5 Hz</c></example>
    public static string Format(Parameter parameter, SettingValue value) => value.Movement is { } movement
        ? MovementText.Print(movement, ValueRange.Of(parameter))
        : Format(parameter, value.Still);

    /// <summary>A parameter's range: <c>20 Hz to 1 kHz</c>.</summary>
    /// <param name="parameter">The parameter.</param>
    public static string FormatRange(Parameter parameter) =>
        $"{Format(parameter, parameter.Minimum)} to {Format(parameter, parameter.Maximum)}";
}
