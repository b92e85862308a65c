using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Sdk.Dsp.Kernels;

/// <summary>The serial part of a <see cref="ParallelFilter"/>: each term's state from one cell to the next.</summary>
internal static class ParallelChain
{
    // State below -300 dB becomes 0, before it is denormal.
    private const float Least = 1e-15f;

    /// <summary>s' = push + p s with complex p and s: sixteen real parts, their sixteen imaginary parts, and so
    /// on.</summary>
    /// <param name="decays">p of each term, in the same order.</param>
    /// <param name="count">Values of one cell's states.</param>
    /// <param name="pushes">What each cell's input does to the states.</param>
    /// <param name="states">In: the first cell's. Out: behind them those of the following.</param>
    /// <param name="cells">Number of cells.</param>
    /// <typeparam name="T">The width.</typeparam>
    [MethodImpl(Kernel.Strength)]
    public static void Run<T>(ReadOnlySpan<float> decays, int count, ref float pushes, ref float states, int cells)
        where T : struct, ILanes<T>
    {
        const int Width = ParallelDesign.Width;
        ref float p = ref MemoryMarshal.GetReference(decays);
        T least = T.All(Least);
        for (int row = 0; row < count; row = (row + T.Count) % Width == 0 ? row + T.Count + Width : row + T.Count)
        {
            T re = T.Load(ref p, row), im = T.Load(ref p, row + Width), less = T.All(0) - im;
            T a = T.Load(ref states, row), b = T.Load(ref states, row + Width);
            int end = row + (cells * count);
            for (int i = row; i < end; i += count)
            {
                T c = T.MultiplyAdd(less, b, T.MultiplyAdd(re, a, T.Load(ref pushes, i)));
                T d = T.MultiplyAdd(im, a, T.MultiplyAdd(re, b, T.Load(ref pushes, i + Width)));
                a = T.FlushBelow(c, least);
                b = T.FlushBelow(d, least);
                a.Store(ref states, i + count);
                b.Store(ref states, i + count + Width);
            }
        }
    }
}
