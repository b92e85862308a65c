using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// Moves the settings of a slot on the grid of <see cref="ParameterGrid"/>, counted from the line's first sample: in front of each
/// cell the effect is told where its settings are to be behind it. Audio thread.
/// </summary>
internal sealed class SlotMovement
{
    private readonly MovingSetting[] _settings;
    private readonly LineLevel? _level;
    private long _frame;
    private int _cell;

    private SlotMovement(MovingSetting[] settings, LineLevel? level)
    {
        _settings = settings;
        _level = level;
    }

    /// <summary>What moves in a slot; null when nothing does, and blocks stay whole.</summary>
    /// <param name="plan">The slot.</param>
    /// <param name="format">The line's format.</param>
    /// <param name="level">The line's level; needed where <see cref="Listens"/>.</param>
    public static SlotMovement? Of(SlotPlan plan, AudioFormat format, LineLevel? level)
    {
        var settings = new List<MovingSetting>();
        for (int i = 0; i < plan.Values.Count; i++)
        {
            if (plan.Values[i].Movement is { } movement and not (RandomDraw or Pick))
                settings.Add(new MovingSetting(plan.Parameters[i], movement, format));
        }

        return settings.Count == 0 ? null : new SlotMovement([.. settings], level);
    }

    /// <summary>Whether a slot goes by the line's level.</summary>
    public static bool Listens(SlotPlan plan) => plan.Values.Any(value => value.Movement is FollowLoudness);

    /// <summary>The values a slot's effect is prepared with, those at the line's first sample.</summary>
    /// <param name="plan">The slot.</param>
    /// <param name="format">The line's format.</param>
    /// <param name="seed">The line's seed.</param>
    public static double[] Start(SlotPlan plan, AudioFormat format, ulong seed)
    {
        double[] values = new double[plan.Values.Count];
        for (int i = 0; i < values.Length; i++)
        {
            Parameter parameter = plan.Parameters[i];
            Movement? movement = plan.Values[i].Movement;
            values[i] = movement is null ? plan.Values[i].Still
                : LineDraw.Of(movement, parameter, plan.Step, seed) ?? new MovingSetting(parameter, movement, format).ValueAt(0);
        }

        return values;
    }

    /// <summary>Begins a block.</summary>
    public void Begin() => _cell = 0;

    /// <summary>Moves the effect's settings where a cell begins.</summary>
    /// <param name="effect">The effect.</param>
    /// <param name="frames">Frames left in the block.</param>
    /// <returns>The frames to process before this is to be called again.</returns>
    public int MoveOn(IEffect effect, int frames)
    {
        int position = (int)(_frame % ParameterGrid.Frames);
        bool moves = false;
        foreach (MovingSetting setting in _settings)
        {
            if (position == 0)
                setting.MoveOn(effect, _frame + ParameterGrid.Frames);
            moves |= !setting.HasEnded(_frame);
        }

        return moves ? Math.Min(frames, ParameterGrid.Frames - position) : frames;
    }

    /// <summary>Passes on what was heard meanwhile.</summary>
    /// <param name="frames">The frames processed.</param>
    public void Advance(int frames)
    {
        _frame += frames;
        if (_level is null || _frame % ParameterGrid.Frames != 0 || _cell >= _level.Ended.Length)
            return;
        double meanSquare = _level.Ended[_cell++];
        foreach (MovingSetting setting in _settings)
        {
            if (setting.Listens)
                setting.Hear(meanSquare);
        }
    }

    /// <summary>Goes to a frame of the line; settings move there from where they are at the line's first.</summary>
    /// <param name="frame">A whole number of cells of the grid.</param>
    public void Reset(long frame = 0)
    {
        _frame = frame;
        foreach (MovingSetting setting in _settings)
            setting.Reset();
    }
}
