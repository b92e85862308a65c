using System;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>How fast a smoothed value follows.</summary>
public static class TimeConstant
{
    /// <summary>
    /// The share e^(-1/(tau fs)) of its old value that a one-pole smoother keeps per frame, so that it has gone 63 % of
    /// the way after tau.
    /// </summary>
    /// <param name="milliseconds">Tau, above 0.</param>
    /// <param name="sampleRate">Frames per second.</param>
    public static double Keep(double milliseconds, double sampleRate) => Math.Exp(-1000 / (milliseconds * sampleRate));

    /// <summary>
    /// The share that a one-pole low-pass keeps per frame, so that it is at -3 dB exactly at a frequency.
    /// </summary>
    /// <param name="frequency">As a fraction of the sample rate, above 0, to 0.5.</param>
    public static double KeepBelow(double frequency)
    {
        double b = 2 - Math.Cos(2 * Math.PI * frequency);
        return b - Math.Sqrt((b * b) - 1);
    }
}
