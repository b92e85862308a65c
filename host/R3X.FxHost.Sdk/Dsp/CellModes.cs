using System;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// Finds the modes of a chain of filters: combinations of its state variables that decay by themselves. The chain's own matrix is
/// triangular, so its modes are found by substitution, one after another.
/// </summary>
internal sealed class CellModes
{
    // A mode that is this far down is not worth a product.
    private const float Least = 1e-8f;

    private readonly CellDesign _design;
    private readonly int _count;
    private readonly double[][] _modes;
    private readonly double[] _decays;
    private readonly int[] _order;

    /// <param name="step">The filter, frame by frame.</param>
    /// <param name="design">What it was filled into.</param>
    public CellModes(CellDesign.Step step, CellDesign design)
    {
        _design = design;
        _count = design.States;
        var frame = Frame(step);
        _modes = Square(_count);
        _decays = new double[_count];
        _order = new int[_count];
        for (int m = 0; m < _count; m++)
        {
            _decays[m] = frame[m][m];
            _order[m] = m;
            _modes[m][m] = 1;
            for (int row = m + 1; row < _count; row++)
            {
                double push = 0;
                for (int k = m; k < row; k++)
                    push += frame[row][k] * _modes[k][m];
                _modes[row][m] = push == 0 ? 0 : push / (_decays[m] - frame[row][row]);
            }
        }

        // Slow ones first: whoever needs only the slow ones stops early.
        Array.Sort(_order, (a, b) => Math.Abs(_decays[b]).CompareTo(Math.Abs(_decays[a])));
    }

    /// <summary>Changes a design's matrices.</summary>
    /// <param name="direct">Its rows of the state become modes.</param>
    /// <param name="ringing">Its columns become those of modes.</param>
    /// <param name="decays">What each mode keeps from cell to cell.</param>
    public void Apply(Span<float> direct, Span<float> ringing, Span<float> decays)
    {
        int rows = _design.Rows;
        int outputs = CellDesign.Frames * _design.Outputs;
        for (int column = 0; column < CellDesign.Frames * _design.Inputs; column++)
            ToModes(direct.Slice((column * rows) + outputs, _count));
        var columns = ringing.ToArray();
        for (int m = 0; m < _count; m++)
        {
            decays[m] = CellDesign.Heard(Math.Pow(_decays[_order[m]], CellDesign.Frames));
            for (int row = 0; row < rows; row++)
            {
                double sum = 0;
                for (int k = 0; k < _count; k++)
                    sum += columns[(k * rows) + row] * _modes[k][_order[m]];
                ringing[(m * rows) + row] = row < outputs ? CellDesign.Heard(sum) : 0;
            }
        }
    }

    /// <summary>How many modes can be heard in sixteen outputs.</summary>
    /// <param name="ringing">The columns.</param>
    /// <param name="first">The first of the outputs.</param>
    public int Heard(ReadOnlySpan<float> ringing, int first)
    {
        for (int m = _count; m > 0; m--)
        {
            foreach (float value in ringing.Slice(((m - 1) * _design.Rows) + first, CellDesign.Frames))
            {
                if (Math.Abs(value) > Least)
                    return m;
            }
        }

        return 0;
    }

    private static double[][] Square(int count)
    {
        var square = new double[count][];
        for (int i = 0; i < count; i++)
            square[i] = new double[count];
        return square;
    }

    // How the state goes on by itself in one frame.
    private double[][] Frame(CellDesign.Step step)
    {
        var frame = Square(_count);
        var state = new double[CellDesign.MostStates];
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

    // Solves modes * m = state, where the modes are a triangle with ones on its diagonal.
    private void ToModes(Span<float> state)
    {
        Span<double> solved = stackalloc double[CellDesign.MostStates];
        for (int row = 0; row < _count; row++)
        {
            double left = state[row];
            for (int k = 0; k < row; k++)
                left -= _modes[row][k] * solved[k];
            solved[row] = left;
        }

        for (int m = 0; m < _count; m++)
            state[m] = (float)solved[_order[m]];
    }
}
