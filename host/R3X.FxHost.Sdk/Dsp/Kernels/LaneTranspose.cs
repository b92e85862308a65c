using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace R3X.FxHost.Sdk.Dsp.Kernels;

/// <summary>
/// Turns rows into columns, so that what lay one after the other lies side by side in lanes, and back.
/// </summary>
internal static class LaneTranspose
{
    private const int Wide = 16;

    /// <summary>Sets to[column][row] = from[row][column].</summary>
    /// <param name="from">The first row.</param>
    /// <param name="fromStride">From one row to the next.</param>
    /// <param name="rows">A multiple of four.</param>
    /// <param name="columns">A multiple of four.</param>
    /// <param name="to">The first column, as a row.</param>
    /// <param name="toStride">From one to the next.</param>
    [MethodImpl(Kernel.Strength)]
    public static void Run(ref float from, int fromStride, int rows, int columns, ref float to, int toStride)
    {
        if (Vector512.IsHardwareAccelerated && rows % Wide == 0 && columns % Wide == 0)
        {
            for (int row = 0; row < rows; row += Wide)
            {
                for (int column = 0; column < columns; column += Wide)
                    Sixteen(ref Unsafe.Add(ref from, (row * fromStride) + column), fromStride,
                        ref Unsafe.Add(ref to, (column * toStride) + row), toStride);
            }

            return;
        }

        for (int row = 0; row < rows; row += 4)
        {
            for (int column = 0; column < columns; column += 4)
                Four(ref Unsafe.Add(ref from, (row * fromStride) + column), fromStride,
                    ref Unsafe.Add(ref to, (column * toStride) + row), toStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(ref float from, nint fromStride, ref float to, nint toStride)
    {
        var a = Vector128.LoadUnsafe(ref from);
        var b = Vector128.LoadUnsafe(ref Unsafe.Add(ref from, fromStride));
        var c = Vector128.LoadUnsafe(ref Unsafe.Add(ref from, 2 * fromStride));
        var d = Vector128.LoadUnsafe(ref Unsafe.Add(ref from, 3 * fromStride));

        // Twice the halves of two rows in turn: a b c d -> a c, b d -> a b c d of each column.
        var (ac, acHigh) = Zip(a, c);
        var (bd, bdHigh) = Zip(b, d);
        var (first, second) = Zip(ac, bd);
        var (third, fourth) = Zip(acHigh, bdHigh);
        first.StoreUnsafe(ref to);
        second.StoreUnsafe(ref Unsafe.Add(ref to, toStride));
        third.StoreUnsafe(ref Unsafe.Add(ref to, 2 * toStride));
        fourth.StoreUnsafe(ref Unsafe.Add(ref to, 3 * toStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> Low, Vector128<float> High) Zip(Vector128<float> a, Vector128<float> b)
    {
        if (Sse.IsSupported)
            return (Sse.UnpackLow(a, b), Sse.UnpackHigh(a, b));
        if (AdvSimd.Arm64.IsSupported)
            return (AdvSimd.Arm64.ZipLow(a, b), AdvSimd.Arm64.ZipHigh(a, b));
        return (
            Vector128.Create(a.GetElement(0), b.GetElement(0), a.GetElement(1), b.GetElement(1)),
            Vector128.Create(a.GetElement(2), b.GetElement(2), a.GetElement(3), b.GetElement(3)));
    }

    // Four rows at a time become columns inside each quarter; then the quarters change places.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sixteen(ref float from, nint fromStride, ref float to, nint toStride)
    {
        nint four = 4 * fromStride;
        Quarters(ref from, fromStride, out var a0, out var a1, out var a2, out var a3);
        Quarters(ref Unsafe.Add(ref from, four), fromStride, out var b0, out var b1, out var b2, out var b3);
        Quarters(ref Unsafe.Add(ref from, 2 * four), fromStride, out var c0, out var c1, out var c2, out var c3);
        Quarters(ref Unsafe.Add(ref from, 3 * four), fromStride, out var d0, out var d1, out var d2, out var d3);
        Spread(a0, b0, c0, d0, ref to, toStride);
        Spread(a1, b1, c1, d1, ref Unsafe.Add(ref to, toStride), toStride);
        Spread(a2, b2, c2, d2, ref Unsafe.Add(ref to, 2 * toStride), toStride);
        Spread(a3, b3, c3, d3, ref Unsafe.Add(ref to, 3 * toStride), toStride);
    }

    // Column k of each quarter of four rows, for k = 0 to 3.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarters(
        ref float from, nint stride, out Vector512<float> first, out Vector512<float> second,
            out Vector512<float> third, out Vector512<float> fourth)
    {
        var a = Vector512.LoadUnsafe(ref from);
        var b = Vector512.LoadUnsafe(ref Unsafe.Add(ref from, stride));
        var c = Vector512.LoadUnsafe(ref Unsafe.Add(ref from, 2 * stride));
        var d = Vector512.LoadUnsafe(ref Unsafe.Add(ref from, 3 * stride));
        var ac = Avx512F.UnpackLow(a, c);
        var acHigh = Avx512F.UnpackHigh(a, c);
        var bd = Avx512F.UnpackLow(b, d);
        var bdHigh = Avx512F.UnpackHigh(b, d);
        first = Avx512F.UnpackLow(ac, bd);
        second = Avx512F.UnpackHigh(ac, bd);
        third = Avx512F.UnpackLow(acHigh, bdHigh);
        fourth = Avx512F.UnpackHigh(acHigh, bdHigh);
    }

    // Quarter q of a, b, c and d in a row is column 4 q.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d,
        ref float to, nint stride)
    {
        var evenLow = Avx512F.Shuffle4x128(a, b, 0b10_00_10_00);
        var oddLow = Avx512F.Shuffle4x128(a, b, 0b11_01_11_01);
        var evenHigh = Avx512F.Shuffle4x128(c, d, 0b10_00_10_00);
        var oddHigh = Avx512F.Shuffle4x128(c, d, 0b11_01_11_01);
        nint four = 4 * stride;
        Avx512F.Shuffle4x128(evenLow, evenHigh, 0b10_00_10_00).StoreUnsafe(ref to);
        Avx512F.Shuffle4x128(oddLow, oddHigh, 0b10_00_10_00).StoreUnsafe(ref Unsafe.Add(ref to, four));
        Avx512F.Shuffle4x128(evenLow, evenHigh, 0b11_01_11_01).StoreUnsafe(ref Unsafe.Add(ref to, 2 * four));
        Avx512F.Shuffle4x128(oddLow, oddHigh, 0b11_01_11_01).StoreUnsafe(ref Unsafe.Add(ref to, 3 * four));
    }
}
