using System;
using System.Linq;

namespace R3X.FxHost.Conformance;

/// <summary>Sounds to test with and what is measured on them. Everything seeded.</summary>
internal static class Signals
{
    public static float[] Noise(int frames, double amplitude = 0.25, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, frames).Select(_ => (float)(amplitude * ((2 * random.NextDouble()) - 1)))];
    }

    public static float[] Sine(int frames, double frequency, double sampleRate, double amplitude = 1) =>
        [.. Enumerable.Range(0, frames).Select(
            i => (float)(amplitude * Math.Sin(2 * Math.PI * frequency * i / sampleRate)))];

    public static float[] Impulse(int frames, int at = 0, float height = 1)
    {
        var samples = new float[frames];
        samples[at] = height;
        return samples;
    }

    /// <summary>
    /// Something like a voice: glottal pulses through three formants with syllables, fricative noise between, the
    /// loudest sample at the given level.
    /// </summary>
    public static float[] Voice(int frames, double sampleRate, double peak = 0.5, int seed = 1)
    {
        var random = new Random(seed);
        var samples = new double[frames];
        double phase = 0;
        (double Frequency, double Width)[] formants = [(600, 90), (1300, 110), (2600, 160)];
        var states = new (double S1, double S2)[formants.Length];
        for (int i = 0; i < frames; i++)
        {
            double seconds = i / sampleRate;
            phase += (115 + (20 * Math.Sin(2 * Math.PI * 3.1 * seconds))) / sampleRate;
            double source = phase >= 1 ? 1 : 0;
            phase -= Math.Floor(phase);
            double syllable = Math.Max(0, Math.Sin(2 * Math.PI * 2.3 * seconds));
            double hiss = Math.Max(0, -Math.Sin(2 * Math.PI * 2.3 * seconds)) * 0.05 * ((2 * random.NextDouble()) - 1);
            double sum = hiss;
            for (int f = 0; f < formants.Length; f++)
            {
                double radius = Math.Exp(-Math.PI * formants[f].Width / sampleRate);
                double y = source + (2 * radius * Math.Cos(2 * Math.PI * formants[f].Frequency / sampleRate)
                    * states[f].S1) - (radius * radius * states[f].S2);
                states[f] = (y, states[f].S1);
                sum += syllable * y * (0.3 / (f + 1));
            }

            samples[i] = sum;
        }

        double highest = samples.Max(Math.Abs);
        return [.. samples.Select(s => (float)(s * peak / highest))];
    }

    public static float Peak(ReadOnlySpan<float> samples)
    {
        float peak = 0;
        foreach (float sample in samples)
            peak = Math.Max(peak, Math.Abs(sample));
        return peak;
    }

    public static double Decibels(double factor) => 20 * Math.Log10(Math.Max(Math.Abs(factor), 1e-30));

    /// <summary>Amplitude of one frequency in all the samples (they should hold whole periods).</summary>
    public static double Amplitude(ReadOnlySpan<float> samples, double frequency, double sampleRate)
    {
        double w = 2 * Math.PI * frequency / sampleRate;
        double re = 0;
        double im = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            re += samples[i] * Math.Cos(w * i);
            im += samples[i] * Math.Sin(w * i);
        }

        return 2 * Math.Sqrt((re * re) + (im * im)) / samples.Length;
    }

    /// <summary>Power of every frequency k / length, k up to half the length, which is a power of two.</summary>
    public static double[] PowerSpectrum(ReadOnlySpan<float> samples)
    {
        int n = samples.Length;
        var re = new double[n];
        var im = new double[n];
        for (int i = 0, j = 0; i < n; i++)
        {
            re[j] = samples[i];
            int bit = n >> 1;
            for (; bit > 0 && (j & bit) != 0; bit >>= 1)
                j ^= bit;
            j |= bit;
        }

        for (int size = 2; size <= n; size <<= 1)
        {
            for (int k = 0; k < size / 2; k++)
            {
                double c = Math.Cos(2 * Math.PI * k / size);
                double s = -Math.Sin(2 * Math.PI * k / size);
                for (int a = k; a < n; a += size)
                {
                    int b = a + (size / 2);
                    double tr = (re[b] * c) - (im[b] * s);
                    double ti = (re[b] * s) + (im[b] * c);
                    (re[b], im[b]) = (re[a] - tr, im[a] - ti);
                    (re[a], im[a]) = (re[a] + tr, im[a] + ti);
                }
            }
        }

        return [.. Enumerable.Range(0, (n / 2) + 1).Select(k => (re[k] * re[k]) + (im[k] * im[k]))];
    }

    /// <summary>The delay, in frames and fractions, at which the output looks most like the input.</summary>
    public static double Delay(ReadOnlySpan<float> input, ReadOnlySpan<float> output, int most)
    {
        var scores = new double[most];
        for (int lag = 0; lag < most; lag++)
        {
            for (int i = most; i < input.Length; i++)
                scores[lag] += (double)output[i] * input[i - lag];
        }

        int best = Array.IndexOf(scores, scores.Max());
        if (best == 0 || best == most - 1)
            return best;
        double a = scores[best - 1], b = scores[best], c = scores[best + 1];
        return best + (0.5 * (a - c) / (a - (2 * b) + c));
    }
}
