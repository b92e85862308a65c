using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace R3X.FxHost.Sdk.Dsp.Kernels;

/// <summary>
/// The serial part of cells: every cell's state from the one before, s' = push + A s. In the order of its modes a
/// filter's A is nearly nothing: one number a mode, or a small matrix for a section or two.
/// </summary>
internal static class BlockStateSpaceChain
{
    // State below -300 dB becomes 0: a filter that rings out would soon compute with denormals.
    private const float Least = 1e-15f;

    /// <summary>When A has one number a mode: s' = push + a s.</summary>
    /// <param name="decays">The numbers, <see cref="BlockStateSpaceDesign.MostStates"/> of them.</param>
    /// <param name="pushes">What each cell's input does to the state.</param>
    /// <param name="states">In: the first cell's state. Out: behind it those of the following, one more than there are
    /// cells.</param>
    /// <param name="cells">Number of cells.</param>
    /// <typeparam name="T">The width.</typeparam>
    [MethodImpl(Kernel.Strength)]
    public static void Modes<T>(ref readonly float decays, ref float pushes, ref float states, int cells)
        where T : struct, ILanes<T>
    {
        for (int row = 0; row < BlockStateSpaceDesign.MostStates; row += T.Count)
        {
            T decay = T.Load(in decays, row), state = T.Load(ref states, row), least = T.All(Least);
            for (int i = row; i < cells * BlockStateSpaceDesign.MostStates; i += BlockStateSpaceDesign.MostStates)
            {
                state = T.FlushBelow(T.MultiplyAdd(decay, state, T.Load(ref pushes, i)), least);
                state.Store(ref states, i + BlockStateSpaceDesign.MostStates);
            }
        }
    }

    /// <summary>When A is a matrix of up to four rows and columns.</summary>
    /// <param name="matrix">The first column.</param>
    /// <param name="rows">From one column to the next.</param>
    /// <param name="pushes">What each cell's input does to the state.</param>
    /// <param name="states">In: the first cell's state. Out: behind it those of the following, one more than there are
    /// cells.</param>
    /// <param name="cells">Number of cells.</param>
    [MethodImpl(Kernel.Strength)]
    public static void Sections(ref float matrix, int rows, ref float pushes, ref float states, int cells)
    {
        var a = Vector128.LoadUnsafe(ref matrix);
        var b = Vector128.LoadUnsafe(ref matrix, (nuint)rows);
        var c = Vector128.LoadUnsafe(ref matrix, 2 * (nuint)rows);
        var d = Vector128.LoadUnsafe(ref matrix, 3 * (nuint)rows);
        var s = Vector128.LoadUnsafe(ref states);
        bool one = c == Vector128<float>.Zero && d == Vector128<float>.Zero;
        for (nuint i = 0; i < (nuint)(cells * BlockStateSpaceDesign.MostStates); i += BlockStateSpaceDesign.MostStates)
        {
            var near = Lanes4.MultiplyAdd(a, Vector128.Shuffle(s, Vector128.Create(0)),
                Vector128.LoadUnsafe(ref pushes, i));
            near = Lanes4.MultiplyAdd(b, Vector128.Shuffle(s, Vector128.Create(1)), near);

            // A single section needs no more, and the next cell waits for it.
            s = one ? near : near + Lanes4.MultiplyAdd(d, Vector128.Shuffle(s, Vector128.Create(3)),
                c * Vector128.Shuffle(s, Vector128.Create(2)));

            // A branch, since it is hardly ever taken and predicted well; the next cell does not wait for it.
            var size = Vector128.Abs(s);
            var tiny = Vector128.LessThan(size, Vector128.Create(Least))
                & Vector128.GreaterThan(size, Vector128<float>.Zero);
            if (tiny != Vector128<float>.Zero)
                s = Vector128.AndNot(s, tiny);
            s.StoreUnsafe(ref states, i + BlockStateSpaceDesign.MostStates);
        }
    }
}
