using System;
using System.Numerics;

namespace R3X.FxHost.Metering.Likeness;

/// <summary>A sound as likeness is measured on it: one channel, 44.1 kHz, its mean taken off.</summary>
internal static class LikenessSound
{
    /// <summary>Samples per second of every sound that is measured.</summary>
    public const int Rate = 44_100;

    /// <summary>The samples at <see cref="Rate"/>.</summary>
    /// <param name="samples">One channel; what is no number counts as silence.</param>
    /// <param name="sampleRate">From 1 Hz.</param>
    public static double[] Of(ReadOnlySpan<float> samples, int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 1);
        var sound = new double[samples.Length];
        for (int i = 0; i < sound.Length; i++)
            sound[i] = float.IsFinite(samples[i]) ? samples[i] : 0;
        int common = (int)BigInteger.GreatestCommonDivisor(sampleRate, Rate);
        sound = PolyphaseFilter.Resample(sound, Rate / common, sampleRate / common);
        double mean = 0;
        foreach (double sample in sound)
            mean += sample / sound.Length;
        for (int i = 0; i < sound.Length; i++)
            sound[i] -= mean;
        return sound;
    }
}
