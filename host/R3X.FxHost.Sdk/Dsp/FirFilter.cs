using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// One channel through a filter without feedback, sixteen frames at a time: y[n] = sum of weight[k] x[n-k], summed from the oldest
/// sample on. Audio thread.
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
        _memory = new AudioBuffer(1, _history + SegmentedEffect.SegmentFrames + CellDesign.Frames);
        _matrix = new AudioBuffer(1, (_history + CellDesign.Frames) * CellDesign.Frames);

        // Row i holds the weights, oldest sample first, i columns to the right.
        for (int row = 0; row < CellDesign.Frames; row++)
        {
            for (int k = 0; k < weights.Length; k++)
                _matrix[0][((row + k) * CellDesign.Frames) + row] = weights[_history - k];
        }
    }

    /// <summary>Filters in place.</summary>
    /// <param name="samples">At most <see cref="SegmentedEffect.SegmentFrames"/> finite samples.</param>
    public void Process(Span<float> samples)
    {
        samples.CopyTo(_memory[0][_history..]);
        int cells = (samples.Length + CellDesign.Frames - 1) / CellDesign.Frames;
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
        var x = new CellProduct.Factor
        {
            Matrix = ref MemoryMarshal.GetReference(_matrix[0]),
            Rows = CellDesign.Frames,
            Columns = _history + CellDesign.Frames,
            Values = ref MemoryMarshal.GetReference(_memory[0]),
            Stride = CellDesign.Frames,
        };
        var none = default(CellProduct.Factor);
        for (int row = 0; row < CellDesign.Frames; row += T.Count)
            CellProduct.Sum<T>(in x, in none, row, ref MemoryMarshal.GetReference(_output[0]), CellDesign.Frames, cells);
    }
}
