using System;

namespace R3X.FxHost.Sdk.Dsp.Kernels;

/// <summary>
/// Finds the modes of a chain of filters: combinations of its state variables that decay by themselves. The chain's own
/// matrix is triangular, so its modes are found by substitution, one after another.
/// </summary>
internal sealed class BlockStateSpaceModes
{
    private readonly BlockStateSpaceDesign _design;
    private readonly int _count;
    private readonly double[][] _modes;
    private readonly double[] _decays;
    private readonly float[] _toSections =
        new float[BlockStateSpaceDesign.MostStates * BlockStateSpaceDesign.MostStates];
    private readonly float[] _fromSections =
        new float[BlockStateSpaceDesign.MostStates * BlockStateSpaceDesign.MostStates];

    /// <param name="step">The filter, frame by frame.</param>
    /// <param name="design">What it was filled into.</param>
    public BlockStateSpaceModes(BlockStateSpaceDesign.Step step, BlockStateSpaceDesign design)
    {
        _design = design;
        _count = design.States;
        var frame = Frame(step);
        _modes = Square(_count);
        _decays = new double[_count];
        for (int m = 0; m < _count; m++)
        {
            _decays[m] = frame[m][m];
            _modes[m][m] = 1;
            for (int row = m + 1; row < _count; row++)
            {
                double push = 0;
                for (int k = m; k < row; k++)
                    push += frame[row][k] * _modes[k][m];
                _modes[row][m] = push == 0 ? 0 : push / (_decays[m] - frame[row][row]);
            }
        }

        FillMatrices();
    }

    /// <summary>
    /// The state variables of the chain's sections from its modes, row by row,
    /// <see cref="BlockStateSpaceDesign.MostStates"/> a row.
    /// </summary>
    public ReadOnlySpan<float> ToSections => _toSections;

    /// <summary>The modes from the sections' state variables, likewise.</summary>
    public ReadOnlySpan<float> FromSections => _fromSections;

    /// <summary>Changes a design's matrices.</summary>
    /// <param name="direct">Its rows of the state become modes.</param>
    /// <param name="ringing">Its columns become those of modes.</param>
    /// <param name="decays">What each mode keeps from cell to cell.</param>
    public void Apply(Span<float> direct, Span<float> ringing, Span<float> decays)
    {
        int rows = _design.Rows;
        int outputs = BlockStateSpaceDesign.Frames * _design.Outputs;
        for (int column = 0; column < BlockStateSpaceDesign.Frames * _design.Inputs; column++)
            ToModes(direct.Slice((column * rows) + outputs, _count));
        var columns = ringing.ToArray();
        for (int m = 0; m < _count; m++)
        {
            decays[m] = BlockStateSpaceDesign.Significant(Math.Pow(_decays[m], BlockStateSpaceDesign.Frames));
            for (int row = 0; row < rows; row++)
            {
                double sum = 0;
                for (int k = 0; k < _count; k++)
                    sum += columns[(k * rows) + row] * _modes[k][m];
                ringing[(m * rows) + row] = row < outputs ? BlockStateSpaceDesign.Significant(sum) : 0;
            }
        }
    }

    private static double[][] Square(int count)
    {
        var square = new double[count][];
        for (int i = 0; i < count; i++)
            square[i] = new double[count];
        return square;
    }

    // How the state goes on by itself in one frame.
    private double[][] Frame(BlockStateSpaceDesign.Step step)
    {
        var frame = Square(_count);
        var state = new double[BlockStateSpaceDesign.MostStates];
        var input = new double[_design.Inputs];
        var output = new double[_design.Outputs];
        for (int k = 0; k < _count; k++)
        {
            Array.Clear(state);
            state[k] = 1;
            step(state, input, output);
            for (int row = 0; row < _count; row++)
                frame[row][k] = state[row];
        }

        return frame;
    }

    private void FillMatrices()
    {
        Span<double> state = stackalloc double[BlockStateSpaceDesign.MostStates];
        for (int column = 0; column < _count; column++)
        {
            state.Clear();
            state[column] = 1;
            Solve(state);
            for (int row = 0; row < _count; row++)
            {
                _toSections[(row * BlockStateSpaceDesign.MostStates) + column] = (float)_modes[row][column];
                _fromSections[(row * BlockStateSpaceDesign.MostStates) + column] = (float)state[row];
            }
        }
    }

    // Solves modes * m = state, where the modes are a triangle with ones on its diagonal.
    private void ToModes(Span<float> state)
    {
        Span<double> solved = stackalloc double[BlockStateSpaceDesign.MostStates];
        for (int row = 0; row < _count; row++)
            solved[row] = state[row];
        Solve(solved);
        for (int m = 0; m < _count; m++)
            state[m] = (float)solved[m];
    }

    private void Solve(Span<double> state)
    {
        for (int row = 0; row < _count; row++)
        {
            for (int k = 0; k < row; k++)
                state[row] -= _modes[row][k] * state[k];
        }
    }
}
