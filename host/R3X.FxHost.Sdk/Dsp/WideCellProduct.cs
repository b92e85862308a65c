using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// The inner loop of <see cref="CellProduct"/> once more for AVX-512, with registers by their own names: only then does the compiler
/// make one instruction of load, multiplication and sum. Half of the time of a whole chain is spent here.
/// </summary>
internal static class WideCellProduct
{
    /// <summary>Cells in a group.</summary>
    public const int Together = 8;

    /// <summary>Does as many whole groups of eight cells as there are.</summary>
    /// <returns>The first cell that is left.</returns>
    /// <inheritdoc cref="CellProduct.Sum{T}"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Sum(in CellProduct.Factor first, in CellProduct.Factor second, int row, ref float results, int stride, int cells)
    {
        nint rs = stride;
        int cell = 0;
        for (; cell + Together <= cells; cell += Together)
        {
            Vector512<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
            for (int part = 0; part < 2; part++)
            {
                ref readonly var factor = ref part == 0 ? ref first : ref second;
                nint step = factor.Rows, one = factor.Stride, two = 2 * one, three = 3 * one;
                ref float m = ref Unsafe.Add(ref factor.Matrix, row);
                ref float v = ref Unsafe.Add(ref factor.Values, cell * one);
                ref float w = ref Unsafe.Add(ref v, 4 * one);
                for (int k = factor.Columns; k > 0; k--)
                {
                    var column = Vector512.LoadUnsafe(ref m);
                    a = Vector512.FusedMultiplyAdd(column, Vector512.Create(v), a);
                    b = Vector512.FusedMultiplyAdd(column, Vector512.Create(Unsafe.Add(ref v, one)), b);
                    c = Vector512.FusedMultiplyAdd(column, Vector512.Create(Unsafe.Add(ref v, two)), c);
                    d = Vector512.FusedMultiplyAdd(column, Vector512.Create(Unsafe.Add(ref v, three)), d);
                    e = Vector512.FusedMultiplyAdd(column, Vector512.Create(w), e);
                    f = Vector512.FusedMultiplyAdd(column, Vector512.Create(Unsafe.Add(ref w, one)), f);
                    g = Vector512.FusedMultiplyAdd(column, Vector512.Create(Unsafe.Add(ref w, two)), g);
                    h = Vector512.FusedMultiplyAdd(column, Vector512.Create(Unsafe.Add(ref w, three)), h);
                    m = ref Unsafe.Add(ref m, step);
                    v = ref Unsafe.Add(ref v, 1);
                    w = ref Unsafe.Add(ref w, 1);
                }
            }

            ref float r = ref Unsafe.Add(ref results, row + (cell * rs));
            ref float q = ref Unsafe.Add(ref r, 4 * rs);
            a.StoreUnsafe(ref r);
            b.StoreUnsafe(ref Unsafe.Add(ref r, rs));
            c.StoreUnsafe(ref Unsafe.Add(ref r, 2 * rs));
            d.StoreUnsafe(ref Unsafe.Add(ref r, 3 * rs));
            e.StoreUnsafe(ref q);
            f.StoreUnsafe(ref Unsafe.Add(ref q, rs));
            g.StoreUnsafe(ref Unsafe.Add(ref q, 2 * rs));
            h.StoreUnsafe(ref Unsafe.Add(ref q, 3 * rs));
        }

        return cell;
    }

    /// <summary>The same for twice as many rows, which share what they are multiplied with.</summary>
    /// <returns>The first cell that is left.</returns>
    /// <inheritdoc cref="CellProduct.Sum{T}"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int SumTwo(in CellProduct.Factor first, in CellProduct.Factor second, int row, ref float results, int stride, int cells)
    {
        nint rs = stride;
        int cell = 0;
        for (; cell + Together <= cells; cell += Together)
        {
            Vector512<float> a0 = default, b0 = default, c0 = default, d0 = default, e0 = default, f0 = default, g0 = default, h0 = default;
            Vector512<float> a1 = default, b1 = default, c1 = default, d1 = default, e1 = default, f1 = default, g1 = default, h1 = default;
            for (int part = 0; part < 2; part++)
            {
                ref readonly var factor = ref part == 0 ? ref first : ref second;
                nint step = factor.Rows, one = factor.Stride, two = 2 * one, three = 3 * one;
                ref float m = ref Unsafe.Add(ref factor.Matrix, row);
                ref float v = ref Unsafe.Add(ref factor.Values, cell * one);
                ref float w = ref Unsafe.Add(ref v, 4 * one);
                for (int k = factor.Columns; k > 0; k--)
                {
                    var upper = Vector512.LoadUnsafe(ref m);
                    var lower = Vector512.LoadUnsafe(ref m, (nuint)Vector512<float>.Count);
                    var x = Vector512.Create(v);
                    a0 = Vector512.FusedMultiplyAdd(upper, x, a0);
                    a1 = Vector512.FusedMultiplyAdd(lower, x, a1);
                    x = Vector512.Create(Unsafe.Add(ref v, one));
                    b0 = Vector512.FusedMultiplyAdd(upper, x, b0);
                    b1 = Vector512.FusedMultiplyAdd(lower, x, b1);
                    x = Vector512.Create(Unsafe.Add(ref v, two));
                    c0 = Vector512.FusedMultiplyAdd(upper, x, c0);
                    c1 = Vector512.FusedMultiplyAdd(lower, x, c1);
                    x = Vector512.Create(Unsafe.Add(ref v, three));
                    d0 = Vector512.FusedMultiplyAdd(upper, x, d0);
                    d1 = Vector512.FusedMultiplyAdd(lower, x, d1);
                    x = Vector512.Create(w);
                    e0 = Vector512.FusedMultiplyAdd(upper, x, e0);
                    e1 = Vector512.FusedMultiplyAdd(lower, x, e1);
                    x = Vector512.Create(Unsafe.Add(ref w, one));
                    f0 = Vector512.FusedMultiplyAdd(upper, x, f0);
                    f1 = Vector512.FusedMultiplyAdd(lower, x, f1);
                    x = Vector512.Create(Unsafe.Add(ref w, two));
                    g0 = Vector512.FusedMultiplyAdd(upper, x, g0);
                    g1 = Vector512.FusedMultiplyAdd(lower, x, g1);
                    x = Vector512.Create(Unsafe.Add(ref w, three));
                    h0 = Vector512.FusedMultiplyAdd(upper, x, h0);
                    h1 = Vector512.FusedMultiplyAdd(lower, x, h1);
                    m = ref Unsafe.Add(ref m, step);
                    v = ref Unsafe.Add(ref v, 1);
                    w = ref Unsafe.Add(ref w, 1);
                }
            }

            ref float r = ref Unsafe.Add(ref results, row + (cell * rs));
            ref float q = ref Unsafe.Add(ref r, 4 * rs);
            a0.StoreUnsafe(ref r);
            a1.StoreUnsafe(ref r, (nuint)Vector512<float>.Count);
            b0.StoreUnsafe(ref Unsafe.Add(ref r, rs));
            b1.StoreUnsafe(ref Unsafe.Add(ref r, rs), (nuint)Vector512<float>.Count);
            c0.StoreUnsafe(ref Unsafe.Add(ref r, 2 * rs));
            c1.StoreUnsafe(ref Unsafe.Add(ref r, 2 * rs), (nuint)Vector512<float>.Count);
            d0.StoreUnsafe(ref Unsafe.Add(ref r, 3 * rs));
            d1.StoreUnsafe(ref Unsafe.Add(ref r, 3 * rs), (nuint)Vector512<float>.Count);
            e0.StoreUnsafe(ref q);
            e1.StoreUnsafe(ref q, (nuint)Vector512<float>.Count);
            f0.StoreUnsafe(ref Unsafe.Add(ref q, rs));
            f1.StoreUnsafe(ref Unsafe.Add(ref q, rs), (nuint)Vector512<float>.Count);
            g0.StoreUnsafe(ref Unsafe.Add(ref q, 2 * rs));
            g1.StoreUnsafe(ref Unsafe.Add(ref q, 2 * rs), (nuint)Vector512<float>.Count);
            h0.StoreUnsafe(ref Unsafe.Add(ref q, 3 * rs));
            h1.StoreUnsafe(ref Unsafe.Add(ref q, 3 * rs), (nuint)Vector512<float>.Count);
        }

        return cell;
    }
}
