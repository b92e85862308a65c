using System.Runtime.CompilerServices;

namespace R3X.FxHost.Sdk.Dsp.Kernels;

/// <summary>A matrix times the values of as many cells as there are lanes, one cell a lane.</summary>
internal static class LaneProduct
{
    /// <summary>Adds to each row of results the matrix's row times the values.</summary>
    /// <param name="matrix">Its first number.</param>
    /// <param name="rowStep">From one row to the next.</param>
    /// <param name="columnStep">From one column to the next.</param>
    /// <param name="rows">Rows, a multiple of four.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="values">A row of lanes a column.</param>
    /// <param name="results">A row of lanes a row.</param>
    /// <typeparam name="T">The width.</typeparam>
    [MethodImpl(Kernel.Strength)]
    public static void Add<T>(ref readonly float matrix, nint rowStep, nint columnStep, int rows, int columns,
        ref float values, ref float results)
        where T : struct, ILanes<T>
    {
        // Four rows share the loads of the values and do not wait for each other.
        for (int row = 0; row < rows; row += 4)
        {
            ref float result = ref Unsafe.Add(ref results, row * T.Count);
            T a = T.Load(ref result, 0), b = T.Load(ref result, T.Count), c = T.Load(ref result, 2 * T.Count),
                d = T.Load(ref result, 3 * T.Count);
            ref float m = ref Unsafe.Add(ref Unsafe.AsRef(in matrix), row * rowStep);
            for (int column = 0; column < columns; column++)
            {
                var value = T.Load(ref values, column * T.Count);
                a = T.MultiplyAdd(value, T.All(m), a);
                b = T.MultiplyAdd(value, T.All(Unsafe.Add(ref m, rowStep)), b);
                c = T.MultiplyAdd(value, T.All(Unsafe.Add(ref m, 2 * rowStep)), c);
                d = T.MultiplyAdd(value, T.All(Unsafe.Add(ref m, 3 * rowStep)), d);
                m = ref Unsafe.Add(ref m, columnStep);
            }

            a.Store(ref result, 0);
            b.Store(ref result, T.Count);
            c.Store(ref result, 2 * T.Count);
            d.Store(ref result, 3 * T.Count);
        }
    }
}
