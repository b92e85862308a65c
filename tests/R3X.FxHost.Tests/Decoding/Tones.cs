using System;
using System.Collections.Generic;

namespace R3X.FxHost.Tests.Decoding;

/// <summary>Makes tones and says in which order they sound.</summary>
internal static class Tones
{
    private const double Amplitude = 0.3;

    /// <summary>A tone that fades in and out within 10 ms, as 16-bit samples.</summary>
    public static byte[] Int16(double frequency, double seconds, int rate)
    {
        int frames = (int)(seconds * rate);
        byte[] bytes = new byte[2 * frames];
        for (int i = 0; i < frames; i++)
        {
            double fade = Math.Min(1, Math.Min(i, frames - 1 - i) / (0.01 * rate));
            double sample = Amplitude * fade * Math.Sin(Math.Tau * frequency * i / rate);
            BitConverter.TryWriteBytes(bytes.AsSpan(2 * i), (short)Math.Round(sample * short.MaxValue));
        }

        return bytes;
    }

    /// <summary>
    /// The tones that sound, in their order, each once: 50 ms at a time, a tone counts where it makes up nearly all of
    /// the sound, and whatever else sounds counts as 0.
    /// </summary>
    public static int[] Of(ReadOnlySpan<float> samples, int rate, IReadOnlyList<int> tones)
    {
        var heard = new List<int>();
        int window = rate / 20;
        for (int start = 0; start + window <= samples.Length; start += window)
        {
            ReadOnlySpan<float> part = samples.Slice(start, window);
            double power = 0;
            foreach (float sample in part)
                power += sample * sample / window;
            if (power < 1e-4)
                continue;
            int tone = 0;
            foreach (int candidate in tones)
            {
                if (Power(part, candidate, rate) > 0.9 * power)
                    tone = candidate;
            }

            // Where one tone passes into the next there is neither.
            bool isEdge = tone == 0 && start > 0 && start + (2 * window) <= samples.Length;
            if (!isEdge && (heard.Count == 0 || heard[^1] != tone))
                heard.Add(tone);
        }

        return [.. heard];
    }

    private static double Power(ReadOnlySpan<float> part, double frequency, int rate)
    {
        double cosine = 0;
        double sine = 0;
        for (int i = 0; i < part.Length; i++)
        {
            cosine += part[i] * Math.Cos(Math.Tau * frequency * i / rate);
            sine += part[i] * Math.Sin(Math.Tau * frequency * i / rate);
        }

        return 2 * ((cosine * cosine) + (sine * sine)) / ((double)part.Length * part.Length);
    }
}
