using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace R3X.FxHost.Sdk.Dsp.Kernels;

/// <summary>
/// The inner loop of <see cref="BlockStateSpaceProduct"/> once more for AVX-512, with registers by their own names:
/// only then does the compiler make one instruction of load, multiplication and sum.
/// </summary>
internal static class WideBlockStateSpaceProduct
{
    /// <summary>Cells in a group.</summary>
    public const int Together = 8;

    /// <summary>Does as many whole groups of eight cells as there are.</summary>
    /// <returns>The first cell that is left.</returns>
    /// <inheritdoc cref="BlockStateSpaceProduct.Sum{T}"/>
    [MethodImpl(Kernel.Strength)]
    public static int Sum(in BlockStateSpaceProduct.Factor first, in BlockStateSpaceProduct.Factor second, int row,
        ref float results, int stride, int cells)
    {
        nint rs = stride;
        int cell = 0;
        for (; cell + Together <= cells; cell += Together)
        {
            Vector512<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default,
                h = default;
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
}
