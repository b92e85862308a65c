using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// Finds a block's largest sample and anything that is not a number, in one pass. As whole numbers, magnitudes are in
/// the order of their floats, and what is not finite is above them all.
/// </summary>
internal static class PeakLevel
{
    private const int Magnitude = int.MaxValue;
    private const int Infinity = 0x7F800000;

    /// <summary>The largest |sample|; positive infinity when any sample is NaN or infinite.</summary>
    public static float Of(in AudioBlock block) => Of(in block, in block);

    /// <summary>The same, and copies the block in the same pass.</summary>
    /// <param name="block">The block.</param>
    /// <param name="copy">A block of the same shape, or the block itself.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Of(in AudioBlock block, in AudioBlock copy)
    {
        int highest = 0;
        for (int channel = 0; channel < block.Channels; channel++)
            highest = Math.Max(highest, Of(block[channel], copy[channel]));
        return BitConverter.Int32BitsToSingle(Math.Min(highest, Infinity));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Of(ReadOnlySpan<float> samples, Span<float> copy)
    {
        bool isApart = !Unsafe.AreSame(ref MemoryMarshal.GetReference(samples), ref MemoryMarshal.GetReference(copy));
        if (Vector512.IsHardwareAccelerated && samples.Length >= Vector512<int>.Count)
            return isApart ? WideCopy(samples, copy) : Wide(samples);
        if (isApart)
            samples.CopyTo(copy);
        return samples.Length >= Vector<int>.Count ? Narrow(samples) : One(samples);
    }

    // Two loads a step keep up with the memory; the last registers overlap what was seen, which a maximum does not
    // mind.
    private static int Wide(ReadOnlySpan<float> samples)
    {
        ref float first = ref MemoryMarshal.GetReference(samples);
        int count = Vector512<int>.Count, last = samples.Length - count;
        var sign = Vector512.Create(Magnitude);
        var highest = Vector512.LoadUnsafe(ref first, (nuint)last).AsInt32() & sign;
        var other = Vector512.LoadUnsafe(ref first, (nuint)Math.Max(0, last - count)).AsInt32() & sign;
        for (int i = 0; i <= last - count; i += 2 * count)
        {
            highest = Vector512.Max(highest, Vector512.LoadUnsafe(ref first, (nuint)i).AsInt32() & sign);
            other = Vector512.Max(other, Vector512.LoadUnsafe(ref first, (nuint)(i + count)).AsInt32() & sign);
        }

        return Highest(Vector512.Max(highest, other));
    }

    private static int WideCopy(ReadOnlySpan<float> samples, Span<float> copy)
    {
        ref float from = ref MemoryMarshal.GetReference(samples);
        ref float to = ref MemoryMarshal.GetReference(copy[..samples.Length]);
        int count = Vector512<int>.Count, last = samples.Length - count;
        var sign = Vector512.Create(Magnitude);
        var end = Vector512.LoadUnsafe(ref from, (nuint)last);
        var highest = end.AsInt32() & sign;
        var other = Vector512<int>.Zero;
        int i = 0;
        for (; i <= last - count; i += 2 * count)
        {
            Vector512<float> a = Vector512.LoadUnsafe(ref from, (nuint)i),
                b = Vector512.LoadUnsafe(ref from, (nuint)(i + count));
            a.StoreUnsafe(ref to, (nuint)i);
            b.StoreUnsafe(ref to, (nuint)(i + count));
            highest = Vector512.Max(highest, a.AsInt32() & sign);
            other = Vector512.Max(other, b.AsInt32() & sign);
        }

        if (i <= last)
        {
            var a = Vector512.LoadUnsafe(ref from, (nuint)i);
            a.StoreUnsafe(ref to, (nuint)i);
            other = Vector512.Max(other, a.AsInt32() & sign);
        }

        end.StoreUnsafe(ref to, (nuint)last);
        return Highest(Vector512.Max(highest, other));
    }

    private static int Highest(Vector512<int> highest)
    {
        var half = Vector256.Max(highest.GetLower(), highest.GetUpper());
        var quarter = Vector128.Max(half.GetLower(), half.GetUpper());
        quarter = Vector128.Max(quarter, Vector128.Shuffle(quarter, Vector128.Create(2, 3, 0, 1)));
        return Math.Max(quarter.GetElement(0), quarter.GetElement(1));
    }

    private static int Narrow(ReadOnlySpan<float> samples)
    {
        ref float first = ref MemoryMarshal.GetReference(samples);
        int count = Vector<int>.Count;
        var sign = new Vector<int>(Magnitude);
        var highest = Vector.AsVectorInt32(Vector.LoadUnsafe(ref first, (nuint)(samples.Length - count))) & sign;
        var other = Vector<int>.Zero;
        for (int i = 0; i <= samples.Length - (2 * count); i += 2 * count)
        {
            highest = Vector.Max(highest, Vector.AsVectorInt32(Vector.LoadUnsafe(ref first, (nuint)i)) & sign);
            other = Vector.Max(other, Vector.AsVectorInt32(Vector.LoadUnsafe(ref first, (nuint)(i + count))) & sign);
        }

        if (samples.Length % (2 * count) >= count)
            other = Vector.Max(other, Vector.AsVectorInt32(
                Vector.LoadUnsafe(ref first, (nuint)(samples.Length / (2 * count) * 2 * count))) & sign);
        highest = Vector.Max(highest, other);
        int most = 0;
        for (int lane = 0; lane < count; lane++)
            most = Math.Max(most, highest[lane]);
        return most;
    }

    private static int One(ReadOnlySpan<float> samples)
    {
        int highest = 0;
        foreach (float sample in samples)
            highest = Math.Max(highest, BitConverter.SingleToInt32Bits(sample) & Magnitude);
        return highest;
    }
}
