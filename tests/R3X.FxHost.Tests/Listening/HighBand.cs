using System;

namespace R3X.FxHost.Tests.Listening;

/// <summary>How much is heard above a frequency: where clicks show.</summary>
internal static class HighBand
{
    /// <summary>
    /// The RMS level above a frequency, in dBFS, in 5 ms around a frame. The high-pass is a windowed sinc of 511 taps
    /// (Blackman, stop band below -74 dB).
    /// </summary>
    public static double Around(ReadOnlySpan<float> samples, int frame, int sampleRate, double above = 8000)
    {
        const int half = 255;
        int window = sampleRate * 5 / 1000;
        double energy = 0;
        for (int i = frame - (window / 2); i < frame + (window / 2); i++)
        {
            double sum = 0;
            for (int k = -half; k <= half; k++)
            {
                int at = i + k;
                if (at >= 0 && at < samples.Length)
                    sum += samples[at] * Tap(k, half, above / sampleRate);
            }

            energy += sum * sum;
        }

        return 10 * Math.Log10((energy / (window / 2 * 2)) + 1e-20);
    }

    private static double Tap(int k, int half, double cutoff)
    {
        double lowPass = k == 0 ? 2 * cutoff : Math.Sin(2 * Math.PI * cutoff * k) / (Math.PI * k);
        double phase = Math.PI * (k + half) / half;
        double blackman = 0.42 - (0.5 * Math.Cos(phase)) + (0.08 * Math.Cos(2 * phase));
        return (k == 0 ? 1 : 0) - (lowPass * blackman);
    }
}
