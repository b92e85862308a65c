using System;
using System.Runtime.InteropServices;
using R3X.FxHost.Sdk.Dsp.Kernels;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>What a <see cref="ParallelFilter"/> makes of its states: one of its designs. Made by
/// <see cref="ParallelFilter.Design"/>.</summary>
public sealed class ParallelOutput
{
    private readonly AudioBuffer _direct = new(1, BlockStateSpaceDesign.Frames * BlockStateSpaceDesign.Frames);
    private readonly AudioBuffer _ringing;

    internal ParallelOutput(int states) => _ringing = new AudioBuffer(1, BlockStateSpaceDesign.Frames * states);

    /// <summary>Whether it lets everything through unchanged.</summary>
    internal bool IsTransparent { get; set; } = true;

    /// <summary>A cell's output from its input, column by column.</summary>
    internal Span<float> DirectMatrix => _direct[0];

    /// <summary>A cell's output from the states at its first frame, column by column.</summary>
    internal Span<float> RingingMatrix => _ringing[0];

    internal BlockStateSpaceProduct.Factor Direct(Span<float> x) => new()
    {
        Matrix = ref MemoryMarshal.GetReference(DirectMatrix),
        Rows = BlockStateSpaceDesign.Frames,
        Columns = BlockStateSpaceDesign.Frames,
        Values = ref MemoryMarshal.GetReference(x),
        Stride = BlockStateSpaceDesign.Frames,
    };

    internal BlockStateSpaceProduct.Factor Ringing(Span<float> states, int count) => new()
    {
        Matrix = ref MemoryMarshal.GetReference(RingingMatrix),
        Rows = BlockStateSpaceDesign.Frames,
        Columns = count,
        Values = ref MemoryMarshal.GetReference(states),
        Stride = count,
    };

    internal void Copy(ParallelOutput other)
    {
        other.DirectMatrix.CopyTo(DirectMatrix);
        other.RingingMatrix.CopyTo(RingingMatrix);
        IsTransparent = other.IsTransparent;
    }

    internal void Mix(ParallelOutput from, ParallelOutput to, float share)
    {
        Mix(from.DirectMatrix, to.DirectMatrix, share, DirectMatrix);
        Mix(from.RingingMatrix, to.RingingMatrix, share, RingingMatrix);
        IsTransparent = (from.IsTransparent || share == 1) && (to.IsTransparent || share == 0);
    }

    private static void Mix(ReadOnlySpan<float> from, ReadOnlySpan<float> to, float share, Span<float> mixed)
    {
        for (int i = 0; i < mixed.Length; i++)
            mixed[i] = ((1 - share) * from[i]) + (share * to[i]);
    }
}
