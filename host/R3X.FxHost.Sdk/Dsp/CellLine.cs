using System;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// Cuts one channel into cells. They lie on the line, not in the blocks: a block that ends inside a cell gets what that cell gives
/// so far, and the next block computes the cell again with what has come, so that every output is the same bit for bit however the
/// line is cut. Audio thread.
/// </summary>
/// <param name="inputs">Samples that come in with each frame.</param>
/// <param name="outputs">Samples that go out with each frame.</param>
internal abstract class CellLine(int inputs, int outputs)
{
    /// <summary>The most cells <see cref="Run"/> is given at once.</summary>
    protected const int MostCells = 16;

    private readonly AudioBuffer _states = new(1, (MostCells + 1) * CellDesign.MostStates);
    private readonly AudioBuffer _pending = new(1, CellDesign.Frames * inputs);
    private readonly AudioBuffer _part = new(1, CellDesign.Frames * outputs);

    /// <summary>The state at the first frame of the current cell; may be changed while <see cref="Pending"/> is empty.</summary>
    public Span<float> State => States[..CellDesign.MostStates];

    /// <summary>What has come of the current cell.</summary>
    public ReadOnlySpan<float> Pending => _pending[0][..(Filled * inputs)];

    /// <summary>The state at the first frame of every cell in turn, and behind the last.</summary>
    protected Span<float> States => _states[0];

    private int Filled { get; set; }

    /// <summary>Filters.</summary>
    /// <param name="input">As many samples a frame as come in.</param>
    /// <param name="output">
    /// As many samples a frame as go out; other memory than the input, unless both are one a frame and a register holds a
    /// whole cell.
    /// </param>
    public void Process(ReadOnlySpan<float> input, Span<float> output)
    {
        int frames = output.Length / outputs;
        for (int at = 0; at < frames;)
        {
            var from = input[(at * inputs)..];
            var to = output[(at * outputs)..];
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
                from[..(take * inputs)].CopyTo(_pending[0][(Filled * inputs)..]);
                Run(_pending[0], _part[0], 1);
                _part[0].Slice(Filled * outputs, take * outputs).CopyTo(to);
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

    /// <summary>Filters whole cells, and sets <see cref="States"/> behind the first.</summary>
    /// <param name="input">The cells' samples in, perhaps more.</param>
    /// <param name="output">Where they go, perhaps more.</param>
    /// <param name="cells">Number of cells.</param>
    protected abstract void Run(ReadOnlySpan<float> input, Span<float> output, int cells);

    private void Commit(int cells) => States.Slice(cells * CellDesign.MostStates, CellDesign.MostStates).CopyTo(State);
}
