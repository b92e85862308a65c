using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Metering;

/// <summary>
/// Where one sound is found in another, by cross-correlation: first coarsely at 10 kHz, then to the sample. A voice
/// that got another pitch or another carrier is no longer found by its waves, but by the rise and fall of its
/// syllables, to the millisecond.
/// </summary>
internal static class Alignment
{
    private const int CoarseRate = 10_000;
    private const double LookedAtSeconds = 4;

    // Syllables: the mean of 10 ms, every millisecond.
    private const int SyllableWindow = CoarseRate / 100;
    private const int SyllableRate = 1000;

    // Measured on five voices: 0.39 and more behind a radio's band-pass, which of all effects takes most of a voice;
    // 0.14 and less with another pitch or carrier, at a place that means nothing.
    private const double Alike = 0.25;

    /// <summary>How many frames later the second sound is; below 0 where it is earlier.</summary>
    /// <param name="reference">The sound.</param>
    /// <param name="delayed">What became of it, perhaps upside down.</param>
    /// <param name="sampleRate">Of both.</param>
    /// <param name="most">The greatest delay looked for, in seconds either way.</param>
    public static int FramesLate(
        ReadOnlySpan<float> reference, ReadOnlySpan<float> delayed, int sampleRate, double most)
    {
        float[] coarseReference = Resampled.To(CoarseRate, reference, sampleRate);
        float[] coarseDelayed = Resampled.To(CoarseRate, delayed, sampleRate);
        int range = (int)(most * CoarseRate);
        var stretch = LoudestStretch(coarseReference, CoarseRate);
        int coarse = Best(coarseReference, coarseDelayed, stretch, -range, range);
        if (Likeness(coarseReference, coarseDelayed, stretch, coarse) is > 0 and < Alike)
            return (int)Math.Round(SyllablesLate(coarseReference, coarseDelayed, most) * sampleRate);
        int near = (int)Math.Round((double)coarse * sampleRate / CoarseRate);
        int slack = (2 * sampleRate / CoarseRate) + 2;
        return Best(reference, delayed, LoudestStretch(reference, sampleRate), near - slack, near + slack);
    }

    // In seconds.
    private static double SyllablesLate(ReadOnlySpan<float> reference, ReadOnlySpan<float> delayed, double most)
    {
        float[] a = Syllables(reference), b = Syllables(delayed);
        int range = (int)(most * SyllableRate);
        return (double)Best(a, b, (0, a.Length), -range, range) / SyllableRate;
    }

    private static float[] Syllables(ReadOnlySpan<float> sound)
    {
        const int Hop = CoarseRate / SyllableRate;
        var levels = new float[Math.Max(0, (sound.Length - SyllableWindow) / Hop)];
        float sum = 0;
        for (int i = 0; i < levels.Length; i++)
        {
            foreach (float sample in sound.Slice(i * Hop, SyllableWindow))
                levels[i] += Math.Abs(sample);
            sum += levels[i];
        }

        foreach (ref float level in levels.AsSpan())
            level -= sum / levels.Length;
        return levels;
    }

    // 1 where one is a copy of the other, 0 of silence.
    private static double Likeness(
        ReadOnlySpan<float> reference, ReadOnlySpan<float> delayed, (int Start, int End) stretch, int lag)
    {
        int start = Math.Max(stretch.Start, -lag);
        int end = Math.Min(stretch.End, delayed.Length - lag);
        if (end <= start)
            return 0;
        ReadOnlySpan<float> a = reference[start..end], b = delayed[(start + lag)..(end + lag)];
        double power = Dot(a, a) * Dot(b, b);
        return power > 0 ? Math.Abs(Dot(a, b)) / Math.Sqrt(power) : 0;
    }

    // The pitch of a voice makes neighbours of the true place nearly as good; a later one has to be better, not as
    // good.
    private static int Best(
        ReadOnlySpan<float> reference, ReadOnlySpan<float> delayed, (int Start, int End) stretch, int first, int last)
    {
        int best = 0;
        double highest = 0;
        for (int lag = first; lag <= last; lag++)
        {
            int start = Math.Max(stretch.Start, -lag);
            int end = Math.Min(stretch.End, delayed.Length - lag);
            if (end <= start)
                continue;
            double score = Math.Abs(Dot(reference[start..end], delayed[(start + lag)..(end + lag)]));
            if (score > highest)
                (best, highest) = (lag, score);
        }

        return best;
    }

    private static (int Start, int End) LoudestStretch(ReadOnlySpan<float> sound, int sampleRate)
    {
        int length = (int)(LookedAtSeconds * sampleRate);
        if (sound.Length <= length)
            return (0, sound.Length);
        int step = sampleRate / 10;
        int best = 0;
        double highest = -1;
        for (int start = 0; start + length <= sound.Length; start += step)
        {
            double energy = Dot(sound.Slice(start, length), sound.Slice(start, length));
            if (energy > highest)
                (best, highest) = (start, energy);
        }

        return (best, best + length);
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ref float firstA = ref MemoryMarshal.GetReference(a);
        ref float firstB = ref MemoryMarshal.GetReference(b);
        Vector<float> sums = Vector<float>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
            sums += Vector.LoadUnsafe(ref firstA, (nuint)i) * Vector.LoadUnsafe(ref firstB, (nuint)i);
        double sum = Vector.Sum(sums);
        for (; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
