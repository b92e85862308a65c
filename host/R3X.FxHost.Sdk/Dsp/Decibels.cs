using System;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>Levels and factors.</summary>
public static class Decibels
{
    /// <summary>The factor a level stands for: 10^(dB/20).</summary>
    /// <param name="decibels">Level in dB.</param>
    public static double ToGain(double decibels) => Math.Pow(10, decibels / 20);

    /// <summary>The level of a factor: 20 log10 |gain|; negative infinity for 0.</summary>
    /// <param name="gain">Factor.</param>
    public static double FromGain(double gain) => 20 * Math.Log10(Math.Abs(gain));
}
