using System;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// Keeps NaN and infinities out of filter memory: one that reaches a recursive filter stays there for ever, so the
/// input is cleaned (<see cref="SegmentedEffect"/> does).
/// </summary>
public static class FiniteSamples
{
    /// <summary>No sample beyond this (+120 dBFS) is sound.</summary>
    public const float Limit = 1e6f;

    /// <summary>
    /// Sets NaN, infinities and samples beyond +-<see cref="Limit"/> to 0; leaves all others as they are, bit for bit.
    /// </summary>
    /// <param name="samples">Cleaned in place.</param>
    public static void Clean(Span<float> samples)
    {
        if (!IsClean(samples))
            Repair(samples);
    }

    // Nearly always true, and then nothing is written.
    private static bool IsClean(ReadOnlySpan<float> samples)
    {
        ref float first = ref MemoryMarshal.GetReference(samples);
        int i = 0;
        // As whole numbers, magnitudes are in the order of their floats, and what is not finite is above them all.
        if (Vector512.IsHardwareAccelerated && samples.Length >= Vector512<float>.Count)
        {
            // The last register overlaps what was seen.
            int last = samples.Length - Vector512<float>.Count;
            var most = Vector512.LoadUnsafe(ref first, (nuint)last).AsInt32() & Vector512.Create(int.MaxValue);
            for (; i < last; i += Vector512<float>.Count)
                most = Vector512.Max(most,
                    Vector512.LoadUnsafe(ref first, (nuint)i).AsInt32() & Vector512.Create(int.MaxValue));
            return Vector512.LessThanOrEqualAll(most, Vector512.Create(BitConverter.SingleToInt32Bits(Limit)));
        }

        var sign = new Vector<int>(int.MaxValue);
        Vector<int> highest = Vector<int>.Zero, other = Vector<int>.Zero;
        for (; i <= samples.Length - (2 * Vector<float>.Count); i += 2 * Vector<float>.Count)
        {
            highest = Vector.Max(highest, Vector.AsVectorInt32(Vector.LoadUnsafe(ref first, (nuint)i)) & sign);
            other = Vector.Max(other,
                Vector.AsVectorInt32(Vector.LoadUnsafe(ref first, (nuint)(i + Vector<float>.Count))) & sign);
        }

        bool all = Vector.LessThanOrEqualAll(Vector.Max(highest, other),
            new Vector<int>(BitConverter.SingleToInt32Bits(Limit)));
        for (; i < samples.Length; i++)
            all &= Math.Abs(samples[i]) <= Limit;
        return all;
    }

    private static void Repair(Span<float> samples)
    {
        ref float first = ref MemoryMarshal.GetReference(samples);
        int i = 0;
        var limit = new Vector<float>(Limit);
        for (; i <= samples.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var x = Vector.LoadUnsafe(ref first, (nuint)i);
            var good = Vector.LessThanOrEqual(Vector.Abs(x), limit);
            if (!Vector.EqualsAll(good, Vector<int>.AllBitsSet))
                Vector.StoreUnsafe(Vector.ConditionalSelect(good, x, Vector<float>.Zero), ref first, (nuint)i);
        }

        for (; i < samples.Length; i++)
        {
            // Written so that NaN, which compares false, is caught.
            if (!(Math.Abs(samples[i]) <= Limit))
                samples[i] = 0;
        }
    }
}
