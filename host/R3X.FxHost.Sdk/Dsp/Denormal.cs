using System;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// Takes decayed state to zero. .NET has no flush-to-zero switch, and arithmetic on denormals costs several times as
/// much; flush filter and delay state once a block.
/// </summary>
public static class Denormal
{
    /// <summary>Below this nothing can be heard: -400 dBFS.</summary>
    public const double Floor = 1e-20;

    /// <summary>0 for a value too small to matter, else the value.</summary>
    /// <param name="value">Filter or envelope state.</param>
    public static double Flush(double value) => Math.Abs(value) < Floor ? 0 : value;

    /// <inheritdoc cref="Flush(double)"/>
    public static float Flush(float value) => Math.Abs(value) < (float)Floor ? 0 : value;
}
