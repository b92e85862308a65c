using System;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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

    /// <summary>Multiplies all channels by a factor that may be on its way to another.</summary>
    /// <param name="block">Changed in place.</param>
    /// <param name="factor">The factor, moved on by the block's frames; standing at 1 it leaves every bit
    /// alone.</param>
    public static void Scale(AudioBlock block, ref Ramp factor)
    {
        int i = 0;
        for (; i < block.Frames && factor.IsMoving; i++)
        {
            float gain = (float)factor.Next();
            for (int channel = 0; channel < block.Channels; channel++)
                block[channel][i] *= gain;
        }

        for (int channel = 0; channel < block.Channels && factor.Value != 1; channel++)
            Scale(block[channel][i..], (float)factor.Value);
    }

    /// <summary>Multiplies every sample by a factor of its own.</summary>
    /// <param name="samples">Changed in place.</param>
    /// <param name="factors">At least as many factors.</param>
    public static void Multiply(Span<float> samples, ReadOnlySpan<float> factors)
    {
        ref float first = ref MemoryMarshal.GetReference(samples);
        ref float by = ref MemoryMarshal.GetReference(factors[..samples.Length]);
        int i = 0;
        for (; Vector512.IsHardwareAccelerated && i <= samples.Length - Vector512<float>.Count;
            i += Vector512<float>.Count)
            (Vector512.LoadUnsafe(ref first, (nuint)i) * Vector512.LoadUnsafe(ref by, (nuint)i))
                .StoreUnsafe(ref first, (nuint)i);
        for (; i <= samples.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            (Vector256.LoadUnsafe(ref first, (nuint)i) * Vector256.LoadUnsafe(ref by, (nuint)i))
                .StoreUnsafe(ref first, (nuint)i);
        for (; i < samples.Length; i++)
            samples[i] *= factors[i];
    }

    /// <summary>
    /// The loudest channel's magnitude of every frame: what all channels are turned down by together.
    /// </summary>
    /// <param name="block">The sound.</param>
    /// <param name="peaks">At least as many values as frames; those are overwritten.</param>
    public static void LinkedPeaks(AudioBlock block, Span<float> peaks)
    {
        Magnitudes(block[0], peaks[..block.Frames]);
        for (int channel = 1; channel < block.Channels; channel++)
            Raise(block[channel], peaks[..block.Frames]);
    }

    private static void Magnitudes(ReadOnlySpan<float> samples, Span<float> peaks)
    {
        ref float from = ref MemoryMarshal.GetReference(samples);
        ref float to = ref MemoryMarshal.GetReference(peaks);
        int i = 0;
        for (; Vector512.IsHardwareAccelerated && i <= samples.Length - Vector512<float>.Count;
            i += Vector512<float>.Count)
            Vector512.Abs(Vector512.LoadUnsafe(ref from, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        for (; i <= samples.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            Vector256.Abs(Vector256.LoadUnsafe(ref from, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        for (; i < samples.Length; i++)
            peaks[i] = Math.Abs(samples[i]);
    }

    private static void Raise(ReadOnlySpan<float> samples, Span<float> peaks)
    {
        ref float from = ref MemoryMarshal.GetReference(samples);
        ref float to = ref MemoryMarshal.GetReference(peaks);
        int i = 0;
        for (; i <= samples.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var magnitude = Vector256.Abs(Vector256.LoadUnsafe(ref from, (nuint)i));
            Vector256.MaxNative(magnitude, Vector256.LoadUnsafe(ref to, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < samples.Length; i++)
            peaks[i] = Math.Max(peaks[i], Math.Abs(samples[i]));
    }
}
