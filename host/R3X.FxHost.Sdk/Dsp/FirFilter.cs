using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using R3X.FxHost.Sdk.Dsp.Kernels;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// One channel through a filter without feedback, sixteen frames at a time: y[n] = sum of weight[k] x[n-k], summed from
/// the oldest sample on. Audio thread.
/// </summary>
public sealed class FirFilter
{
    private readonly AudioBuffer _matrix;
    private readonly AudioBuffer _memory;
    private readonly AudioBuffer _output = new(1, SegmentedEffect.SegmentFrames);
    private readonly int _history;

    /// <summary>Allocates a filter at rest.</summary>
    /// <param name="weights">The impulse response, at least one value.</param>
    public FirFilter(ReadOnlySpan<float> weights)
    {
        _history = weights.Length - 1;
        _memory = new AudioBuffer(1, _history + SegmentedEffect.SegmentFrames + BlockStateSpaceDesign.Frames);
        _matrix = new AudioBuffer(1, (_history + BlockStateSpaceDesign.Frames) * BlockStateSpaceDesign.Frames);

        // Row i holds the weights, oldest sample first, i columns to the right.
        for (int row = 0; row < BlockStateSpaceDesign.Frames; row++)
        {
            for (int k = 0; k < weights.Length; k++)
                _matrix[0][((row + k) * BlockStateSpaceDesign.Frames) + row] = weights[_history - k];
        }
    }

    /// <summary>Filters in place.</summary>
    /// <param name="samples">At most <see cref="SegmentedEffect.SegmentFrames"/> finite samples.</param>
    public void Process(Span<float> samples)
    {
        samples.CopyTo(_memory[0][_history..]);
        int cells = (samples.Length + BlockStateSpaceDesign.Frames - 1) / BlockStateSpaceDesign.Frames;
        if (Vector512.IsHardwareAccelerated)
            Run<Lanes16>(cells);
        else if (Vector256.IsHardwareAccelerated)
            Run<Lanes8>(cells);
        else
            Run<Lanes4>(cells);
        _output[0][..samples.Length].CopyTo(samples);
        _memory[0].Slice(samples.Length, _history).CopyTo(_memory[0]);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => _memory.Clear();

    private void Run<T>(int cells)
        where T : struct, ILanes<T>
    {
        var x = new BlockStateSpaceProduct.Factor
        {
            Matrix = ref MemoryMarshal.GetReference(_matrix[0]),
            Rows = BlockStateSpaceDesign.Frames,
            Columns = _history + BlockStateSpaceDesign.Frames,
            Values = ref MemoryMarshal.GetReference(_memory[0]),
            Stride = BlockStateSpaceDesign.Frames,
        };
        var none = default(BlockStateSpaceProduct.Factor);
        for (int row = 0; row < BlockStateSpaceDesign.Frames; row += T.Count)
            BlockStateSpaceProduct.Sum<T>(in x, in none, row, ref MemoryMarshal.GetReference(_output[0]),
                BlockStateSpaceDesign.Frames, cells);
    }
}
