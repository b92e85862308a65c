using System.Runtime.CompilerServices;

namespace R3X.FxHost.Sdk.Dsp.Kernels;

/// <summary>
/// The products of cells: a few rows of a matrix, as many as there are lanes, times the values of several cells. Every
/// result is one sum in the order of the columns, so it is the same alone and among others.
/// </summary>
internal static class BlockStateSpaceProduct
{
    /// <summary>Sets a few rows of each cell's result to the sum of two products.</summary>
    /// <param name="first">A matrix and the cells' values for it.</param>
    /// <param name="second">Another, added behind it.</param>
    /// <param name="row">The first of the rows.</param>
    /// <param name="results">The first cell's first result.</param>
    /// <param name="stride">From one cell's results to the next one's.</param>
    /// <param name="cells">Number of cells.</param>
    /// <typeparam name="T">The width.</typeparam>
    [MethodImpl(Kernel.Strength)]
    public static void Sum<T>(in Factor first, in Factor second, int row, ref float results, int stride, int cells)
        where T : struct, ILanes<T>
    {
        // Offsets as wide as a pointer: otherwise half of the loop would be sign extension.
        nint rs = stride;
        int cell = 0;
        if (typeof(T) == typeof(Lanes16))
            cell = WideBlockStateSpaceProduct.Sum(in first, in second, row, ref results, stride, cells);

        // Eight sums at a time keep the multipliers busy, and share the loads of the matrix.
        for (; cell + 8 <= cells; cell += 8)
        {
            T a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
            for (int part = 0; part < 2; part++)
            {
                ref readonly Factor factor = ref part == 0 ? ref first : ref second;
                nint step = factor.Rows, one = factor.Stride, two = 2 * one, three = 3 * one;
                ref float m = ref Unsafe.Add(ref factor.Matrix, row);
                ref float v = ref Unsafe.Add(ref factor.Values, cell * one);
                ref float w = ref Unsafe.Add(ref v, 4 * one);
                for (int k = factor.Columns; k > 0; k--)
                {
                    var column = T.Load(ref m, 0);
                    a = T.MultiplyAdd(column, T.All(v), a);
                    b = T.MultiplyAdd(column, T.All(Unsafe.Add(ref v, one)), b);
                    c = T.MultiplyAdd(column, T.All(Unsafe.Add(ref v, two)), c);
                    d = T.MultiplyAdd(column, T.All(Unsafe.Add(ref v, three)), d);
                    e = T.MultiplyAdd(column, T.All(w), e);
                    f = T.MultiplyAdd(column, T.All(Unsafe.Add(ref w, one)), f);
                    g = T.MultiplyAdd(column, T.All(Unsafe.Add(ref w, two)), g);
                    h = T.MultiplyAdd(column, T.All(Unsafe.Add(ref w, three)), h);
                    m = ref Unsafe.Add(ref m, step);
                    v = ref Unsafe.Add(ref v, 1);
                    w = ref Unsafe.Add(ref w, 1);
                }
            }

            ref float r = ref Unsafe.Add(ref results, row + (cell * rs));
            ref float q = ref Unsafe.Add(ref r, 4 * rs);
            a.Store(ref r, 0);
            b.Store(ref Unsafe.Add(ref r, rs), 0);
            c.Store(ref Unsafe.Add(ref r, 2 * rs), 0);
            d.Store(ref Unsafe.Add(ref r, 3 * rs), 0);
            e.Store(ref q, 0);
            f.Store(ref Unsafe.Add(ref q, rs), 0);
            g.Store(ref Unsafe.Add(ref q, 2 * rs), 0);
            h.Store(ref Unsafe.Add(ref q, 3 * rs), 0);
        }

        for (; cell < cells; cell++)
        {
            T sum = default;
            for (int part = 0; part < 2; part++)
            {
                ref readonly Factor factor = ref part == 0 ? ref first : ref second;
                nint step = factor.Rows;
                ref float m = ref Unsafe.Add(ref factor.Matrix, row);
                ref float v = ref Unsafe.Add(ref factor.Values, cell * (nint)factor.Stride);
                for (int k = factor.Columns; k > 0; k--)
                {
                    sum = T.MultiplyAdd(T.Load(ref m, 0), T.All(v), sum);
                    m = ref Unsafe.Add(ref m, step);
                    v = ref Unsafe.Add(ref v, 1);
                }
            }

            sum.Store(ref Unsafe.Add(ref results, row + (cell * rs)), 0);
        }
    }

    /// <summary>A matrix, column after column, and the values of cells to multiply it with.</summary>
    public ref struct Factor
    {
        /// <summary>The first column.</summary>
        public ref float Matrix;

        /// <summary>From one column to the next.</summary>
        public int Rows;

        /// <summary>How many columns count.</summary>
        public int Columns;

        /// <summary>The first cell's values, one a column.</summary>
        public ref float Values;

        /// <summary>From one cell's values to the next one's.</summary>
        public int Stride;
    }
}
