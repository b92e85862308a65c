using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Sdk;

/// <summary>
/// What effects have in common. It keeps the settings' values, cleans the input of NaN and infinities, and cuts blocks
/// into segments at fixed places of the line: every <see cref="SegmentFrames"/> frames, and around the
/// <see cref="ParameterGrid.Frames"/> frames in which settings move. What is done once a segment then happens at the
/// same frames however the line is cut into blocks, so the output is the same bit for bit. An effect for which this
/// does not do implements <see cref="IEffect"/> itself.
/// </summary>
/// <remarks>
/// The host calls <see cref="Prepare"/>, which calls <see cref="Allocate"/>, <see cref="Clear"/>,
/// <see cref="ApplySettings"/>, <see cref="Flush"/> and <see cref="Describe"/> in this order, off the audio thread; all
/// else is called on the audio thread, where nothing may allocate, lock or throw.
/// </remarks>
public abstract class SegmentedEffect : IEffect
{
    /// <summary>The longest segment in frames, a multiple of <see cref="ParameterGrid.Frames"/>.</summary>
    public const int SegmentFrames = 256;

    // The kernels' cells (Dsp/Kernels): blocks that end on them are cheaper.
    private const int CellFrames = 16;

    private readonly Parameter[] _parameters;
    private readonly double[] _values;
    private EffectSetup? _setup;
    private ulong _changed;
    private bool _flushesWhileStill;
    private int _position;
    private int _framesToMove;

    /// <summary>Declares the settings.</summary>
    /// <param name="parameters">The settings, in the order in which they are listed; 64 at most.</param>
    protected SegmentedEffect(params Parameter[] parameters)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parameters.Length, 64, nameof(parameters));
        _parameters = parameters;
        _values = new double[parameters.Length];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>The line's rate and channels.</summary>
    protected AudioFormat Format { get; private set; }

    /// <summary>
    /// Whether <see cref="Flush"/>, where it is overridden, has something to do while nothing moves. Where it has not,
    /// segments may lie anywhere, so that a block is cut once less. Always the same; true unless overridden.
    /// </summary>
    protected virtual bool FlushesWhileStill => true;

    /// <summary>A setting's value in its unit: the one it is to have, not one on the way.</summary>
    /// <param name="parameter">One of <see cref="Parameters"/>.</param>
    protected double this[Parameter parameter] => _values[IndexOf(parameter)];

    /// <inheritdoc/>
    public EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        Format = setup.Format;
        _flushesWhileStill = FlushesWhileStill;
        Allocate(setup);
        Reset();
        Flush();
        return Describe(setup);
    }

    /// <inheritdoc/>
    public void SetParameter(Parameter parameter, double value)
    {
        int index = IndexOf(parameter);
        _values[index] = value;
        _changed |= 1UL << index;
    }

    /// <inheritdoc/>
    public void Process(AudioBlock block)
    {
        if (_setup is null)
            return;
        if (_changed != 0)
            Apply(atOnce: false);
        BeginBlock();
        for (int start = 0; start < block.Frames;)
        {
            bool moves = _framesToMove > 0;
            int length = moves ? ParameterGrid.Frames : SegmentFrames;
            int grid = moves || _flushesWhileStill ? length : CellFrames;
            int frames = Math.Min(block.Frames - start, length - (_position & (grid - 1)));
            var segment = block.Slice(start, frames);
            for (int channel = 0; channel < segment.Channels; channel++)
                FiniteSamples.Clean(segment[channel]);
            ProcessSegment(segment);
            start += frames;
            _framesToMove -= moves ? frames : 0;
            _position = (_position + frames) & (SegmentFrames - 1);
            if (_position == 0 && (moves || _flushesWhileStill))
                Flush();
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        if (_setup is null)
            return;
        for (int i = 0; i < _values.Length; i++)
            _values[i] = _setup[_parameters[i]];
        _changed = ulong.MaxValue;
        _position = 0;
        Clear();
        Apply(atOnce: true);
    }

    /// <summary>
    /// In <see cref="ApplySettings"/>: whether any of these settings is to have a new value. At a line's start all are.
    /// </summary>
    /// <param name="parameters">Some of <see cref="Parameters"/>.</param>
    protected bool HasChanged(params ReadOnlySpan<Parameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            if ((_changed & (1UL << IndexOf(parameter))) != 0)
                return true;
        }

        return false;
    }

    /// <summary>Makes what the format and the structural settings ask for; the one place that may allocate.</summary>
    /// <param name="setup">The line's format, the starting values, the seed.</param>
    protected virtual void Allocate(EffectSetup setup)
    {
    }

    /// <summary>
    /// Latency and tail with the starting values, and the notes there are to make. No latency, no tail.
    /// </summary>
    /// <param name="setup">The line's format, the starting values, the seed.</param>
    protected virtual EffectTiming Describe(EffectSetup setup) => EffectTiming.Immediate;

    /// <summary>Forgets everything heard. Called before settings are applied at once.</summary>
    protected virtual void Clear()
    {
    }

    /// <summary>
    /// Takes up the settings' values: <see cref="Ramp.MoveTo"/> does, and what is like it. Called when one or more have
    /// changed, before the first frame that they count for.
    /// </summary>
    /// <param name="atOnce">True at a line's start; otherwise ramps over <see cref="ParameterGrid.Frames"/>
    /// frames.</param>
    protected abstract void ApplySettings(bool atOnce);

    /// <summary>Called before the segments of each block, for what is counted per block.</summary>
    protected virtual void BeginBlock()
    {
    }

    /// <summary>Turns a segment of input into output, in place.</summary>
    /// <param name="segment">1 to <see cref="SegmentFrames"/> frames of finite samples.</param>
    protected abstract void ProcessSegment(AudioBlock segment);

    /// <summary>
    /// Sets state that has decayed to 0 (<see cref="Denormal"/>), every <see cref="SegmentFrames"/> frames. An override
    /// does not call this.
    /// </summary>
    protected virtual void Flush()
    {
        // Where it is not overridden there is nothing to flush.
        _flushesWhileStill = false;
    }

    private int IndexOf(Parameter parameter)
    {
        for (int i = 0; i < _parameters.Length; i++)
        {
            if (ReferenceEquals(_parameters[i], parameter))
                return i;
        }

        throw new ArgumentException(
            $"\"{parameter}\" is not one of this effect's parameters. Give it to the base class.", nameof(parameter));
    }

    private void Apply(bool atOnce)
    {
        ApplySettings(atOnce);
        _changed = 0;
        _framesToMove = atOnce ? 0 : ParameterGrid.Frames;
    }
}
