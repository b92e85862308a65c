namespace R3X.FxHost.Sdk;

/// <summary>How a parameter's range is walked by a slider or a movement.</summary>
public enum ParameterCurve
{
    /// <summary>Equal steps: decibels, percent.</summary>
    Linear,

    /// <summary>Equal ratios: hertz, milliseconds. The minimum is above zero.</summary>
    Logarithmic,
}
