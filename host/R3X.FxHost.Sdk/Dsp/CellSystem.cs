using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// Runs one channel through a <see cref="CellDesign"/>. Cells lie on the line, not in the blocks: a block that ends inside a
/// cell gets what that cell gives so far, and the next block computes the cell again with what has come, so that every output
/// is the same bit for bit however the line is cut. Audio thread.
/// </summary>
internal sealed class CellSystem
{
    private const int MostCells = 16;

    private readonly AudioBuffer _states = new(1, (MostCells + 1) * CellDesign.MostStates);
    private readonly AudioBuffer _pushes = new(1, MostCells * CellDesign.MostStates);
    private readonly AudioBuffer _pending;
    private readonly AudioBuffer _part;

    /// <param name="design">The filter.</param>
    public CellSystem(CellDesign design)
    {
        Design = design;
        _pending = new AudioBuffer(1, CellDesign.Frames * design.Inputs);
        _part = new AudioBuffer(1, CellDesign.Frames * design.Outputs);
    }

    /// <summary>The filter.</summary>
    public CellDesign Design { get; }

    /// <summary>The state at the first frame of the current cell; may be changed while <see cref="Pending"/> is empty.</summary>
    public Span<float> State => _states[0][..CellDesign.MostStates];

    /// <summary>What has come of the current cell.</summary>
    public ReadOnlySpan<float> Pending => _pending[0][..(Filled * Design.Inputs)];

    private int Filled { get; set; }

    /// <summary>Filters.</summary>
    /// <param name="input"><see cref="CellDesign.Inputs"/> samples a frame.</param>
    /// <param name="output">
    /// <see cref="CellDesign.Outputs"/> samples a frame; other memory than the input, unless both are one a frame and
    /// a register holds a whole cell.
    /// </param>
    public void Process(ReadOnlySpan<float> input, Span<float> output)
    {
        int frames = output.Length / Design.Outputs;
        for (int at = 0; at < frames;)
        {
            var from = input[(at * Design.Inputs)..];
            var to = output[(at * Design.Outputs)..];
            int left = frames - at;
            if (Filled == 0 && left >= CellDesign.Frames)
            {
                int cells = Math.Min(left / CellDesign.Frames, MostCells);
                Run(from, to, cells);
                Commit(cells);
                at += cells * CellDesign.Frames;
            }
            else
            {
                int take = Math.Min(left, CellDesign.Frames - Filled);
                from[..(take * Design.Inputs)].CopyTo(_pending[0][(Filled * Design.Inputs)..]);
                Run(_pending[0], _part[0], 1);
                _part[0].Slice(Filled * Design.Outputs, take * Design.Outputs).CopyTo(to);
                Filled += take;
                at += take;
                if (Filled == CellDesign.Frames)
                {
                    Commit(1);
                    Restart();
                }
            }
        }
    }

    /// <summary>Begins a cell here. What was pending is forgotten: its effect on the state is the caller's to add.</summary>
    public void Restart()
    {
        Filled = 0;
        _pending.Clear();
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Restart();
        _states.Clear();
    }

    private void Commit(int cells) => _states[0].Slice(cells * CellDesign.MostStates, CellDesign.MostStates).CopyTo(State);

    private void Run(ReadOnlySpan<float> input, Span<float> output, int cells)
    {
        if (Vector512.IsHardwareAccelerated)
            Run<Lanes16>(input, output, cells);
        else if (Vector256.IsHardwareAccelerated)
            Run<Lanes8>(input, output, cells);
        else
            Run<Lanes4>(input, output, cells);
    }

    private void Run<T>(ReadOnlySpan<float> input, Span<float> output, int cells)
        where T : struct, ILanes<T>
    {
        var d = Design;
        int outputs = CellDesign.Frames * d.Outputs;
        ref float pushes = ref MemoryMarshal.GetReference(_pushes[0]);
        ref float states = ref MemoryMarshal.GetReference(_states[0]);
        ref float result = ref MemoryMarshal.GetReference(output[..(cells * outputs)]);
        var none = default(CellProduct.Factor);
        var x = new CellProduct.Factor
        {
            Matrix = ref MemoryMarshal.GetReference(d.Direct),
            Rows = d.Rows,
            Columns = CellDesign.Frames * d.Inputs,
            Values = ref MemoryMarshal.GetReference(input[..(cells * CellDesign.Frames * d.Inputs)]),
            Stride = CellDesign.Frames * d.Inputs,
        };
        var s = new CellProduct.Factor
        {
            Matrix = ref MemoryMarshal.GetReference(d.Ringing),
            Rows = d.Rows,
            Values = ref states,
            Stride = CellDesign.MostStates,
        };

        for (int row = 0; row < d.States; row += T.Count)
            CellProduct.Sum<T>(in x, in none, outputs + row, ref Unsafe.Subtract(ref pushes, outputs), CellDesign.MostStates, cells);
        if (d.HasModes)
            CellChain.Modes<T>(ref MemoryMarshal.GetReference(d.Decays), ref pushes, ref states, cells);
        else
            CellChain.Sections(ref Unsafe.Add(ref s.Matrix, outputs), d.Rows, ref pushes, ref states, cells);
        for (int row = 0; row < outputs;)
        {
            // Rows side by side may share their columns: those that do not count are zeros.
            bool two = typeof(T) == typeof(Lanes16) && cells % WideCellProduct.Together == 0 && row + CellDesign.Frames < outputs;
            x.Columns = d.Reach[(row / CellDesign.Frames) + (two ? 1 : 0)];
            s.Columns = d.Ring[row / CellDesign.Frames];
            if (two)
                WideCellProduct.SumTwo(in s, in x, row, ref result, outputs, cells);
            else
                CellProduct.Sum<T>(in s, in x, row, ref result, outputs, cells);
            row += two ? 2 * T.Count : T.Count;
        }
    }
}
