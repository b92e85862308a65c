using System;
using System.Numerics;
using System.Runtime.InteropServices;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// The static curve of Giannoulis, Massberg and Reiss (2012), eq. 4: how many decibels a level is reduced by, with a knee
/// whose slope grows linearly. Works on whole vectors: arrays are as long as a segment, and what is past the frames is waste.
/// </summary>
internal readonly struct GainComputer(float threshold, float slope, float knee)
{
    // Digital silence has no logarithm.
    private const float Silence = 1e-10f;

    /// <summary>The loudest channel's magnitude of every frame.</summary>
    public static void LinkedPeaks(AudioBlock segment, float[] peaks)
    {
        Array.Clear(peaks, 0, segment.Frames);
        for (int channel = 0; channel < segment.Channels; channel++)
            Raise(segment[channel], peaks);
    }

    /// <summary>Magnitudes to decibels of reduction, 0 or more, in place.</summary>
    public void ToReduction(float[] levels, int frames)
    {
        float halfKnee = knee / 2;
        // k^2 / (2 W) inside the knee and k - W/2 above it are one expression: no branch.
        var curvature = new Vector<float>(knee > 0 ? 1 / (2 * knee) : 0);
        var width = new Vector<float>(knee);
        var offset = new Vector<float>(halfKnee - threshold);
        ref float first = ref MemoryMarshal.GetArrayDataReference(levels);
        for (int i = 0; i < frames; i += Vector<float>.Count)
        {
            var peak = Vector.Max(Vector.LoadUnsafe(ref first, (nuint)i), new Vector<float>(Silence));
            var aboveKneeStart = (Exponential.Log2(peak) * Exponential.DecibelsPerOctave) + offset;
            var inKnee = Vector.Min(Vector.Max(aboveKneeStart, Vector<float>.Zero), width);
            var aboveKnee = Vector.Max(aboveKneeStart - width, Vector<float>.Zero);
            var reduction = ((inKnee * inKnee * curvature) + aboveKnee) * slope;
            Vector.StoreUnsafe(reduction, ref first, (nuint)i);
        }
    }

    /// <summary>Decibels of reduction to factors, in place; exactly 1 where nothing is to be done.</summary>
    public static void ToGain(float[] levels, int frames, float makeUp)
    {
        var gain = new Vector<float>(makeUp);
        ref float first = ref MemoryMarshal.GetArrayDataReference(levels);
        for (int i = 0; i < frames; i += Vector<float>.Count)
        {
            var reduction = Vector.LoadUnsafe(ref first, (nuint)i);
            Vector.StoreUnsafe(Exponential.Exp2((gain - reduction) * Exponential.OctavesPerDecibel), ref first, (nuint)i);
        }
    }

    /// <summary>Applies the factors to one channel.</summary>
    public static void Multiply(Span<float> samples, float[] gains)
    {
        ref float factors = ref MemoryMarshal.GetArrayDataReference(gains);
        ref float first = ref MemoryMarshal.GetReference(samples);
        int i = 0;
        for (; i <= samples.Length - Vector<float>.Count; i += Vector<float>.Count)
            Vector.StoreUnsafe(Vector.LoadUnsafe(ref first, (nuint)i) * Vector.LoadUnsafe(ref factors, (nuint)i), ref first, (nuint)i);
        for (; i < samples.Length; i++)
            samples[i] *= gains[i];
    }

    private static void Raise(ReadOnlySpan<float> samples, Span<float> peaks)
    {
        ref float from = ref MemoryMarshal.GetReference(samples);
        ref float to = ref MemoryMarshal.GetReference(peaks);
        int i = 0;
        for (; i <= samples.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var magnitude = Vector.Abs(Vector.LoadUnsafe(ref from, (nuint)i));
            Vector.StoreUnsafe(Vector.Max(magnitude, Vector.LoadUnsafe(ref to, (nuint)i)), ref to, (nuint)i);
        }

        for (; i < samples.Length; i++)
            peaks[i] = Math.Max(peaks[i], Math.Abs(samples[i]));
    }
}
