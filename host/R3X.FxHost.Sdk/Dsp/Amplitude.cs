using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>Makes samples louder or quieter, and says how loud they are. Audio thread.</summary>
public static class Amplitude
{
    /// <summary>Multiplies all samples by one factor.</summary>
    /// <param name="samples">Changed in place.</param>
    /// <param name="factor">The factor; 1 leaves every bit alone.</param>
    public static void Scale(Span<float> samples, float factor)
    {
        ref float first = ref MemoryMarshal.GetReference(samples);
        int i = 0;
        for (; i <= samples.Length - Vector<float>.Count; i += Vector<float>.Count)
            Vector.StoreUnsafe(Vector.LoadUnsafe(ref first, (nuint)i) * factor, ref first, (nuint)i);
        for (; i < samples.Length; i++)
            samples[i] *= factor;
    }

    /// <summary>Multiplies every sample by a factor of its own.</summary>
    /// <param name="samples">Changed in place.</param>
    /// <param name="factors">At least as many factors.</param>
    public static void Multiply(Span<float> samples, ReadOnlySpan<float> factors)
    {
        factors = factors[..samples.Length];
        ref float first = ref MemoryMarshal.GetReference(samples);
        ref float by = ref MemoryMarshal.GetReference(factors);
        int i = 0;
        for (; i <= samples.Length - Vector<float>.Count; i += Vector<float>.Count)
            Vector.StoreUnsafe(Vector.LoadUnsafe(ref first, (nuint)i) * Vector.LoadUnsafe(ref by, (nuint)i), ref first, (nuint)i);
        for (; i < samples.Length; i++)
            samples[i] *= factors[i];
    }

    /// <summary>The loudest channel's magnitude of every frame: what all channels are turned down by together.</summary>
    /// <param name="block">The sound.</param>
    /// <param name="peaks">At least as many values as frames; those are overwritten.</param>
    public static void LinkedPeaks(AudioBlock block, Span<float> peaks)
    {
        peaks = peaks[..block.Frames];
        peaks.Clear();
        for (int channel = 0; channel < block.Channels; channel++)
            Raise(block[channel], peaks);
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
