using System;

namespace R3X.FxHost.Metering.Likeness;

/// <summary>
/// Hann's window with zeros at both ends, as the figures of a character were measured; <see cref="Frames.Hann"/> has
/// one.
/// </summary>
internal static class SymmetricHann
{
    public static double[] Of(int length)
    {
        var window = new double[length];
        for (int i = 0; i < length; i++)
            window[i] = 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / (length - 1)));
        return window;
    }
}
