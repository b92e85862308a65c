using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using R3X.FxHost.Sdk.Dsp.Kernels;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// Runs a second-order section, or two in a row, over all channels, and moves between designs without a click. Audio
/// thread.
/// </summary>
/// <remarks>
/// While a design moves it runs frame by frame in double precision; while all stand, in cells of frames at once
/// (<see cref="BlockStateSpaceSystem"/>). A low corner loses nothing in cells of single precision: rounding enters the
/// state only once a cell, and through a matrix that does not amplify. While every section lets everything through
/// there is nothing to do.
/// </remarks>
public sealed class StateVariableFilter
{
    private readonly double[] _states;
    private readonly BlockStateSpaceSystem[] _cells;
    private readonly BlockStateSpaceDesign _design;
    private readonly BlockStateSpaceDesign.Step _step;
    private readonly Section[] _sections;
    private int _framesToMove;
    private bool _inCells;
    private bool _isDesigned;
    private bool _isOpen;

    /// <summary>Allocates a transparent filter at rest.</summary>
    /// <param name="channels">Number of channels, at least 1.</param>
    /// <param name="sections">Sections in a row: 1, or 2 for little more than the price of one.</param>
    public StateVariableFilter(int channels, int sections = 1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(2 * sections, BlockStateSpaceDesign.MostSections);
        _sections = new Section[sections];
        _states = new double[2 * sections * channels];
        _design = new BlockStateSpaceDesign(1, 1, 2 * sections);
        _cells = new BlockStateSpaceSystem[channels];
        for (int i = 0; i < channels; i++)
            _cells[i] = new BlockStateSpaceSystem(_design);
        _step = (state, input, output) => output[0] = Next(input[0], state);
        for (int i = 0; i < sections; i++)
            JumpTo(new StateVariableCoefficients(Biquad.Identity).Transparent(), i);
    }

    /// <summary>Whether coefficients are on their way.</summary>
    public bool IsMoving => _framesToMove > 0;

    /// <summary>Takes up a design at once.</summary>
    /// <param name="coefficients">The design.</param>
    /// <param name="section">Whose: 0 is the first.</param>
    public void JumpTo(in StateVariableCoefficients coefficients, int section = 0)
    {
        LeaveCells();
        _sections[section] = new Section { Now = coefficients, Target = coefficients };
        Redesigned();
    }

    /// <summary>Starts towards a design, to be there after <see cref="ParameterGrid.Frames"/> frames.</summary>
    /// <param name="coefficients">The design.</param>
    /// <param name="section">Whose: 0 is the first.</param>
    public void RampTo(in StateVariableCoefficients coefficients, int section = 0)
    {
        LeaveCells();
        ref var s = ref _sections[section];
        s.Target = coefficients;
        s.Change = s.Now.StepTo(coefficients, ParameterGrid.Frames);
        s.Left = ParameterGrid.Frames;
        Redesigned();
    }

    /// <summary><see cref="JumpTo"/> or <see cref="RampTo"/>.</summary>
    /// <param name="coefficients">The design.</param>
    /// <param name="atOnce">Whether to be there at once.</param>
    /// <param name="section">Whose: 0 is the first.</param>
    public void MoveTo(in StateVariableCoefficients coefficients, bool atOnce, int section = 0)
    {
        if (atOnce)
            JumpTo(coefficients, section);
        else
            RampTo(coefficients, section);
    }

    /// <summary>Filters in place.</summary>
    /// <param name="block">Any number of frames, with as many channels as the filter.</param>
    public void Process(AudioBlock block) => Process(block, block);

    /// <summary>Filters from one block to another, which is quicker than to copy first.</summary>
    /// <param name="input">Any number of frames, with as many channels as the filter.</param>
    /// <param name="output">A block of the same shape.</param>
    [SkipLocalsInit]
    public void Process(AudioBlock input, AudioBlock output)
    {
        int moving = Math.Min(_framesToMove, input.Frames);
        if (moving > 0)
            Move(input.Slice(0, moving), output);
        if (moving == input.Frames)
            return;
        if (_isOpen)
        {
            PassThrough(input.Slice(moving, input.Frames - moving), output.Slice(moving, input.Frames - moving));
            return;
        }

        EnterCells();

        // Where a register holds a whole cell, that is read before it is written. Elsewhere the input must lie apart
        // from the output.
        Span<float> apart = Vector512.IsHardwareAccelerated ? default : stackalloc float[SegmentedEffect.SegmentFrames];
        for (int channel = 0; channel < _cells.Length; channel++)
        {
            var to = output[channel];
            for (int at = moving; at < input.Frames; at += SegmentedEffect.SegmentFrames)
            {
                scoped ReadOnlySpan<float> part =
                    input[channel].Slice(at, Math.Min(input.Frames - at, SegmentedEffect.SegmentFrames));
                if (!Vector512.IsHardwareAccelerated)
                {
                    part.CopyTo(apart);
                    part = apart[..part.Length];
                }

                _cells[channel].Process(part, to.Slice(at, part.Length));
            }
        }
    }

    /// <summary>Sets state that has decayed to 0.</summary>
    public void Flush()
    {
        // Cells take care of their own.
        if (_inCells)
            return;
        foreach (ref double state in _states.AsSpan())
            state = Denormal.Flush(state);
    }

    /// <summary>Forgets what was heard, not the design.</summary>
    public void Clear()
    {
        Array.Clear(_states);
        foreach (var cells in _cells)
            cells.Clear();
        _inCells = false;
    }

    private void Redesigned()
    {
        _isDesigned = false;
        _isOpen = true;
        _framesToMove = 0;
        foreach (ref readonly var section in _sections.AsSpan())
        {
            _isOpen &= section.Target.IsTransparent;
            _framesToMove = Math.Max(_framesToMove, section.Left);
        }
    }

    // What was heard is forgotten, so that a filter that closes again begins at rest.
    private void PassThrough(AudioBlock input, AudioBlock output)
    {
        Array.Clear(_states);
        for (int channel = 0; channel < _cells.Length; channel++)
        {
            // Both are the same memory when the filter works in place.
            if (!Unsafe.AreSame(ref input[channel][0], ref output[channel][0]))
                input[channel].CopyTo(output[channel]);
        }
    }

    private Span<double> States(int channel) => _states.AsSpan(channel * _design.States, _design.States);

    private void EnterCells()
    {
        if (_inCells)
            return;
        _inCells = true;
        if (!_isDesigned)
            _design.Fill(_step);
        _isDesigned = true;
        for (int channel = 0; channel < _cells.Length; channel++)
        {
            for (int i = 0; i < _design.States; i++)
                _cells[channel].State[i] = (float)States(channel)[i];
        }
    }

    // A cell that is not full is walked through frame by frame, to where the state must be known.
    private void LeaveCells()
    {
        if (!_inCells)
            return;
        _inCells = false;
        for (int channel = 0; channel < _cells.Length; channel++)
        {
            var cells = _cells[channel];
            var states = States(channel);
            for (int i = 0; i < states.Length; i++)
                states[i] = cells.State[i];
            foreach (float x in cells.Pending)
                Next(x, states);
            cells.Restart();
        }
    }

    private void Move(AudioBlock input, AudioBlock output)
    {
        _framesToMove -= input.Frames;
        for (int i = 0; i < input.Frames; i++)
        {
            foreach (ref var section in _sections.AsSpan())
                section.Move();
            for (int channel = 0; channel < _cells.Length; channel++)
                output[channel][i] = (float)Next(input[channel][i], States(channel));
        }
    }

    private double Next(double x, Span<double> states)
    {
        for (int i = 0; i < _sections.Length; i++)
            x = _sections[i].Now.Next(x, ref states[2 * i], ref states[(2 * i) + 1]);
        return x;
    }

    private struct Section
    {
        public StateVariableCoefficients Now;
        public StateVariableCoefficients Target;
        public StateVariableCoefficients Change;
        public int Left;

        public void Move()
        {
            if (Left == 0)
                return;
            Left--;
            Now = Left == 0 ? Target : Now.Plus(in Change);
        }
    }
}
