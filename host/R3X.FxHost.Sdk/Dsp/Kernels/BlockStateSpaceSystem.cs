using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace R3X.FxHost.Sdk.Dsp.Kernels;

/// <summary>Runs one channel through a <see cref="BlockStateSpaceDesign"/>. Audio thread.</summary>
/// <param name="design">The filter.</param>
internal sealed class BlockStateSpaceSystem(BlockStateSpaceDesign design)
    : BlockStateSpaceLine(design.Inputs, design.Outputs)
{
    /// <inheritdoc/>
    protected override void Run(ReadOnlySpan<float> input, Span<float> output, Span<float> states, int cells, int room)
    {
        if (Vector512.IsHardwareAccelerated)
            Run<Lanes16>(input, output, ref MemoryMarshal.GetReference(states), room);
        else if (Vector256.IsHardwareAccelerated)
            Run<Lanes8>(input, output, ref MemoryMarshal.GetReference(states), room);
        else
            Run<Lanes4>(input, output, ref MemoryMarshal.GetReference(states), room);
    }

    [SkipLocalsInit]
    private void Run<T>(ReadOnlySpan<float> input, Span<float> output, ref float states, int cells)
        where T : struct, ILanes<T>
    {
        var d = design;
        int outputs = BlockStateSpaceDesign.Frames * d.Outputs;
        ref float pushes = ref MemoryMarshal.GetReference(
            StackMemory.Aligned(stackalloc float[StackMemory.Spare + (MostCells * BlockStateSpaceDesign.MostStates)]));
        ref float result = ref MemoryMarshal.GetReference(output[..(cells * outputs)]);
        var none = default(BlockStateSpaceProduct.Factor);
        var x = new BlockStateSpaceProduct.Factor
        {
            Matrix = ref MemoryMarshal.GetReference(d.Direct),
            Rows = d.Rows,
            Columns = BlockStateSpaceDesign.Frames * d.Inputs,
            Values = ref MemoryMarshal.GetReference(input[..(cells * BlockStateSpaceDesign.Frames * d.Inputs)]),
            Stride = BlockStateSpaceDesign.Frames * d.Inputs,
        };
        var s = new BlockStateSpaceProduct.Factor
        {
            Matrix = ref MemoryMarshal.GetReference(d.Ringing),
            Rows = d.Rows,
            Columns = d.States,
            Values = ref states,
            Stride = BlockStateSpaceDesign.MostStates,
        };

        for (int row = 0; row < d.States; row += T.Count)
            BlockStateSpaceProduct.Sum<T>(in x, in none, outputs + row, ref Unsafe.Subtract(ref pushes, outputs),
                BlockStateSpaceDesign.MostStates, cells);
        BlockStateSpaceChain.Sections(ref Unsafe.Add(ref s.Matrix, outputs), d.Rows, ref pushes, ref states, cells);
        for (int row = 0; row < outputs; row += T.Count)
            BlockStateSpaceProduct.Sum<T>(in s, in x, row, ref result, outputs, cells);
    }
}
