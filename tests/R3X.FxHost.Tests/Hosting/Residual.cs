using System;

namespace R3X.FxHost.Tests.Hosting;

/// <summary>What is left of a recording when the expected sound is taken away.</summary>
internal static class Residual
{
    /// <summary>
    /// The difference's level against the expected sound's, in dB, at the best alignment within a tenth of a second.
    /// Leading silence of the expected sound is not in a recording that starts with its first sample heard.
    /// </summary>
    public static double Of(ReadOnlySpan<float> expected, ReadOnlySpan<float> recorded)
    {
        int lead = expected.IndexOfAnyExcept(0f);
        double best = double.PositiveInfinity;
        for (int shift = -100; shift <= 100; shift++)
            best = Math.Min(best, At(expected, recorded, lead + shift));
        return best;
    }

    private static double At(ReadOnlySpan<float> expected, ReadOnlySpan<float> recorded, int offset)
    {
        double difference = 0;
        double energy = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            int at = i - offset;
            float heard = at >= 0 && at < recorded.Length ? recorded[at] : 0;
            difference += (heard - expected[i]) * (double)(heard - expected[i]);
            energy += expected[i] * (double)expected[i];
        }

        return 10 * Math.Log10((difference + 1e-20) / energy);
    }
}
