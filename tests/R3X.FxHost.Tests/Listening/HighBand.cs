using System;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;

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

    /// <summary>The RMS level above a frequency, in dBFS, of the 5 ms of a recording in which it is highest; its first
    /// and last 6 ms, which may be cuts, are left out.</summary>
    public static double Highest(float[] samples, int sampleRate, double above = 8000)
    {
        const int half = 255;
        // One tap of silence makes whole vectors of them.
        float[] taps = [.. Enumerable.Range(-half, (2 * half) + 2).Select(
            k => k > half ? 0 : (float)Tap(k, half, above / sampleRate))];
        int window = sampleRate * 5 / 1000;
        double highest = 0;
        for (int start = 0; start + window + taps.Length <= samples.Length; start += window)
        {
            double energy = 0;
            for (int i = start; i < start + window; i++)
                energy += Math.Pow(Dot(samples.AsSpan(i, taps.Length), taps), 2);
            highest = Math.Max(highest, energy);
        }

        return 10 * Math.Log10((highest / window) + 1e-20);
    }

    private static float Dot(ReadOnlySpan<float> samples, ReadOnlySpan<float> taps)
    {
        Vector<float> sum = Vector<float>.Zero;
        ReadOnlySpan<Vector<float>> ofTaps = MemoryMarshal.Cast<float, Vector<float>>(taps);
        ReadOnlySpan<Vector<float>> ofSamples = MemoryMarshal.Cast<float, Vector<float>>(samples);
        for (int i = 0; i < ofTaps.Length; i++)
            sum += ofTaps[i] * ofSamples[i];
        return Vector.Sum(sum);
    }

    private static double Tap(int k, int half, double cutoff)
    {
        double lowPass = k == 0 ? 2 * cutoff : Math.Sin(2 * Math.PI * cutoff * k) / (Math.PI * k);
        double phase = Math.PI * (k + half) / half;
        double blackman = 0.42 - (0.5 * Math.Cos(phase)) + (0.08 * Math.Cos(2 * phase));
        return (k == 0 ? 1 : 0) - (lowPass * blackman);
    }
}
