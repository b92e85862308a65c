using System;

namespace R3X.FxHost.Metering;

/// <summary>The scale of ITU-R BS.1770.</summary>
internal static class Loudness
{
    /// <summary>The loudness in LUFS of a weighted mean square, summed over the channels; negative infinity for
    /// 0.</summary>
    public static double OfEnergy(double energy) => -0.691 + (10 * Math.Log10(energy));

    /// <summary>The weighted mean square that reads as a loudness in LUFS.</summary>
    public static double ToEnergy(double loudness) => Math.Pow(10, (loudness + 0.691) / 10);

    /// <summary>How much a channel counts: surround channels +1.5 dB, the low-frequency channel of six not at
    /// all.</summary>
    /// <param name="channel">In the order left, right, centre, (low,) surrounds.</param>
    /// <param name="channels">How many there are.</param>
    public static double Weight(int channel, int channels) => (channel, channels) switch
    {
        (3, 6) => 0,
        ( >= 3, 5) or ( > 3, 6) => 1.41,
        _ => 1,
    };
}
