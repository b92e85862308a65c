using System;
using System.Runtime.CompilerServices;

namespace R3X.FxHost.Sdk.Dsp.Kernels;

/// <summary>
/// Cuts one channel into cells. They lie on the line, not in the blocks: a block that ends inside a cell gets what that
/// cell gives so far, and the next block computes the cell again with what has come, so that every output is the same
/// bit for bit however the line is cut. Audio thread.
/// </summary>
/// <param name="inputs">Samples that come in with each frame.</param>
/// <param name="outputs">Samples that go out with each frame.</param>
internal abstract class BlockStateSpaceLine(int inputs, int outputs)
{
    /// <summary>The most cells of one run.</summary>
    protected const int MostCells = 16;

    // So many are done side by side for the price of one.
    private const int Together = WideBlockStateSpaceProduct.Together;

    private const int MostFrames = MostCells * BlockStateSpaceDesign.Frames;

    // The state, then what has come of the current cell. All else is needed for one call only.
    private readonly AudioBuffer _memory =
        new(1, BlockStateSpaceDesign.MostStates + (BlockStateSpaceDesign.Frames * inputs));
    private int _filled;

    /// <summary>
    /// The state at the first frame of the current cell; may be changed while <see cref="Pending"/> is empty.
    /// </summary>
    public Span<float> State => _memory[0][..BlockStateSpaceDesign.MostStates];

    /// <summary>What has come of the current cell.</summary>
    public ReadOnlySpan<float> Pending => _memory[0].Slice(BlockStateSpaceDesign.MostStates, _filled * inputs);

    /// <summary>Filters.</summary>
    /// <param name="input">As many samples a frame as come in.</param>
    /// <param name="output">
    /// As many samples a frame as go out; other memory than the input, unless both are one a frame and a register holds
    /// a whole cell.
    /// </param>
    [SkipLocalsInit]
    public void Process(ReadOnlySpan<float> input, Span<float> output)
    {
        var states = StackMemory.Aligned(
            stackalloc float[StackMemory.Spare + ((MostCells + 1) * BlockStateSpaceDesign.MostStates)]);
        int frames = output.Length / outputs;
        for (int at = 0; at < frames;)
        {
            int take = Math.Min(frames - at, MostFrames - _filled);
            var from = input.Slice(at * inputs, take * inputs);
            var to = output.Slice(at * outputs, take * outputs);
            State.CopyTo(states);
            if (_filled == 0 && take % (Together * BlockStateSpaceDesign.Frames) == 0)
                Run(from, to, states, take / BlockStateSpaceDesign.Frames, take / BlockStateSpaceDesign.Frames);
            else
                RunParts(from, to, states);
            at += take;
            take += _filled;
            states.Slice(take / BlockStateSpaceDesign.Frames * BlockStateSpaceDesign.MostStates,
                BlockStateSpaceDesign.MostStates).CopyTo(State);
            _filled = take % BlockStateSpaceDesign.Frames;
        }
    }

    /// <summary>
    /// Begins a cell here. What was pending is forgotten: its effect on the state is the caller's to add.
    /// </summary>
    public void Restart() => _filled = 0;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Restart();
        _memory.Clear();
    }

    /// <summary>Filters whole cells.</summary>
    /// <param name="input">The cells' samples in.</param>
    /// <param name="output">Where they go.</param>
    /// <param name="states">In: the first cell's state. Out: behind it those of the following, one more than there are
    /// cells.</param>
    /// <param name="cells">Number of cells.</param>
    /// <param name="room">Number of cells that there is memory for: <paramref name="cells"/> up to a multiple of eight.
    /// What is there is waste.</param>
    protected abstract void Run(ReadOnlySpan<float> input, Span<float> output, Span<float> states, int cells, int room);

    // The rest of a cell, whole ones and the beginning of another in one run, since few cells take as long as many.
    [SkipLocalsInit]
    private void RunParts(ReadOnlySpan<float> from, Span<float> to, Span<float> states)
    {
        var memory = StackMemory.Aligned(stackalloc float[StackMemory.Spare + (MostFrames * (inputs + outputs))]);
        var x = memory[..(MostFrames * inputs)];
        var y = memory.Slice(x.Length, MostFrames * outputs);
        Pending.CopyTo(x);
        int begin = _filled * inputs, end = begin + from.Length, cell = BlockStateSpaceDesign.Frames * inputs;
        from.CopyTo(x[begin..]);
        int cells = (end + cell - 1) / cell, room = (cells + Together - 1) / Together * Together;
        x[end..(room * cell)].Clear();
        states[BlockStateSpaceDesign.MostStates..].Clear();
        Run(x, y, states, cells, room);
        y.Slice(_filled * outputs, to.Length).CopyTo(to);
        int rest = end % cell;
        x.Slice(end - rest, rest).CopyTo(_memory[0][BlockStateSpaceDesign.MostStates..]);
    }
}
