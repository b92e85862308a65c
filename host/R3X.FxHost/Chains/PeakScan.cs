using System;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// Finds a block's largest sample and anything that is not a number, in one pass. As whole numbers, magnitudes are in the order
/// of their floats, and what is not finite is above them all.
/// </summary>
internal static class PeakScan
{
    private const int Magnitude = int.MaxValue;
    private const int Infinity = 0x7F800000;

    /// <summary>The largest |sample|; positive infinity when any sample is NaN or infinite.</summary>
    public static float Of(in AudioBlock block)
    {
        int highest = 0;
        for (int channel = 0; channel < block.Channels; channel++)
            highest = Math.Max(highest, Of(block[channel]));
        return BitConverter.Int32BitsToSingle(Math.Min(highest, Infinity));
    }

    private static int Of(ReadOnlySpan<float> samples)
    {
        if (Vector512.IsHardwareAccelerated && samples.Length >= Vector512<int>.Count)
            return Wide(samples);
        return samples.Length >= Vector<int>.Count ? Narrow(samples) : One(samples);
    }

    // Two loads a step keep up with the memory; the last register overlaps what was seen, which a maximum does not mind.
    private static int Wide(ReadOnlySpan<float> samples)
    {
        ref float first = ref MemoryMarshal.GetReference(samples);
        int count = Vector512<int>.Count;
        var sign = Vector512.Create(Magnitude);
        var highest = Vector512.LoadUnsafe(ref first, (nuint)(samples.Length - count)).AsInt32() & sign;
        var other = Vector512<int>.Zero;
        for (int i = 0; i <= samples.Length - (2 * count); i += 2 * count)
        {
            highest = Vector512.Max(highest, Vector512.LoadUnsafe(ref first, (nuint)i).AsInt32() & sign);
            other = Vector512.Max(other, Vector512.LoadUnsafe(ref first, (nuint)(i + count)).AsInt32() & sign);
        }

        if (samples.Length % (2 * count) >= count)
            other = Vector512.Max(other, Vector512.LoadUnsafe(ref first, (nuint)(samples.Length / (2 * count) * 2 * count)).AsInt32() & sign);
        highest = Vector512.Max(highest, other);
        var half = Vector256.Max(highest.GetLower(), highest.GetUpper());
        var quarter = Vector128.Max(half.GetLower(), half.GetUpper());
        return Math.Max(
            Math.Max(quarter.GetElement(0), quarter.GetElement(1)),
            Math.Max(quarter.GetElement(2), quarter.GetElement(3)));
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
            other = Vector.Max(other, Vector.AsVectorInt32(Vector.LoadUnsafe(ref first, (nuint)(samples.Length / (2 * count) * 2 * count))) & sign);
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
