using System;

namespace R3X.FxHost.Sdk.Dsp.Kernels;

/// <summary>
/// A linear filter written out for a whole cell of frames at once: y = H x + O s and s' = B x + A s, where x and y hold
/// a cell's samples and s the filter's state at the cell's first frame (C. Burrus, "Block Implementation of Digital
/// Filters", 1971). All that is serial is one small product a cell; the rest is as wide as the machine.
/// </summary>
internal sealed class BlockStateSpaceDesign
{
    /// <summary>Frames in a cell.</summary>
    public const int Frames = 16;

    /// <summary>The most state variables.</summary>
    public const int MostStates = 16;

    /// <summary>The most state variables without modes.</summary>
    public const int MostSections = 4;

    // -220 dB is inaudible, and products of such small numbers are denormal, which is slow.
    private const double Least = 1e-11;

    private readonly AudioBuffer _direct;
    private readonly AudioBuffer _ringing;
    private readonly AudioBuffer _decays = new(1, MostStates);
    private BlockStateSpaceModes? _modes;

    /// <summary>Makes room for a filter of a shape.</summary>
    /// <param name="inputs">Samples that come in with each frame.</param>
    /// <param name="outputs">Samples that go out with each frame.</param>
    /// <param name="states">State variables, at most <see cref="MostSections"/> or, with modes,
    /// <see cref="MostStates"/>.</param>
    public BlockStateSpaceDesign(int inputs, int outputs, int states)
    {
        (Inputs, Outputs, States) = (inputs, outputs, states);
        _direct = new AudioBuffer(1, Frames * inputs * Rows);
        _ringing = new AudioBuffer(1, MostStates * Rows);
    }

    /// <summary>One frame of the filter in its plain form.</summary>
    /// <param name="state">Changed to the next frame's.</param>
    /// <param name="input">The frame's samples in.</param>
    /// <param name="output">The frame's samples out.</param>
    public delegate void Step(Span<double> state, ReadOnlySpan<double> input, Span<double> output);

    /// <summary>Samples that come in with each frame.</summary>
    public int Inputs { get; }

    /// <summary>Samples that go out with each frame.</summary>
    public int Outputs { get; }

    /// <summary>State variables.</summary>
    public int States { get; }

    /// <summary>Values that a cell's product gives: its output, then the next state.</summary>
    public int Rows => (Frames * Outputs) + MostStates;

    /// <summary>The modes, once they are found.</summary>
    public BlockStateSpaceModes Modes =>
        _modes ?? throw new InvalidOperationException("The filter's modes have not been looked for.");

    /// <summary>With modes: what each keeps from cell to cell.</summary>
    public ReadOnlySpan<float> Decays => _decays[0];

    /// <summary>H over B, column by column: one for each sample that comes in.</summary>
    public ReadOnlySpan<float> Direct => _direct[0];

    /// <summary>O over A, column by column: one for each state variable.</summary>
    public ReadOnlySpan<float> Ringing => _ringing[0];

    /// <summary>Finds the matrices by running the filter on one unit after another. Does not allocate.</summary>
    public void Fill(Step step)
    {
        Span<double> state = stackalloc double[MostStates];
        for (int k = 0; k < Frames * Inputs; k++)
        {
            state.Clear();
            Run(step, state, k, _direct[0].Slice(k * Rows, Rows));
        }

        for (int k = 0; k < States; k++)
        {
            state.Clear();
            state[k] = 1;
            Run(step, state, -1, _ringing[0].Slice(k * Rows, Rows));
        }
    }

    /// <summary>
    /// Takes modes for state variables: A becomes a diagonal, and what is serial a single product. The step's own state
    /// variables must each act on later ones only, and decay at different rates.
    /// </summary>
    /// <param name="step">The filter that was filled in.</param>
    public void FindModes(Step step)
    {
        _modes = new BlockStateSpaceModes(step, this);
        _modes.Apply(_direct[0], _ringing[0], _decays[0]);
    }

    /// <summary>A number of a matrix, or 0 where it is too small to matter.</summary>
    public static float Significant(double value) => Math.Abs(value) < Least ? 0 : (float)value;

    private void Run(Step step, Span<double> state, int unit, Span<float> column)
    {
        Span<double> input = stackalloc double[Inputs];
        Span<double> output = stackalloc double[Outputs];
        for (int frame = 0; frame < Frames; frame++)
        {
            input.Clear();
            if (unit >= 0 && unit / Inputs == frame)
                input[unit % Inputs] = 1;
            step(state, input, output);
            for (int i = 0; i < Outputs; i++)
                column[(frame * Outputs) + i] = Significant(output[i]);
        }

        for (int i = 0; i < MostStates; i++)
            column[(Frames * Outputs) + i] = i < States ? Significant(state[i]) : 0;
    }
}
