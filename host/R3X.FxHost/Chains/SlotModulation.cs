using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// Moves the settings of a slot on the grid of <see cref="ParameterGrid"/>, counted from the line's first sample: in
/// front of each cell the effect is told where its settings are to be behind it. Where the chain's amount is not 100 %,
/// it scales them, or says how much of the effect is heard. Audio thread.
/// </summary>
internal sealed class SlotModulation
{
    private readonly ModulatedParameter[] _settings;
    private readonly ModulatedParameter _amount;
    private readonly bool _isLastLimiter;
    private readonly LineLevel? _level;
    private long _frame;
    private long _cellStart;
    private float _shareBefore;
    private float _shareBehind;
    private int _cell;

    private SlotModulation(
        ModulatedParameter[] settings, ModulatedParameter amount, bool mixes, bool isLastLimiter, LineLevel? level)
    {
        _settings = settings;
        _amount = amount;
        _isLastLimiter = isLastLimiter;
        _level = level;
        Mixes = mixes;
        Reset();
    }

    /// <summary>Whether the effect is mixed with its input.</summary>
    public bool Mixes { get; }

    /// <summary>
    /// What moves in a slot; null when nothing does and all of the effect is heard, and blocks stay whole.
    /// </summary>
    /// <param name="plan">The slot.</param>
    /// <param name="values">Its values at the line's first sample, with all of the chain.</param>
    /// <param name="amount">The amount of the chain that holds for this slot.</param>
    /// <param name="isLastLimiter">Whether it is the chain's last limiter.</param>
    /// <param name="format">The line's format.</param>
    /// <param name="level">The line's level; needed where the slot, or the amount, follows it.</param>
    public static SlotModulation? Of(
        SlotPlan plan, double[] values, SettingValue amount, bool isLastLimiter, AudioFormat format, LineLevel? level)
    {
        var settings = new List<ModulatedParameter>();
        for (int i = 0; i < plan.Values.Count; i++)
        {
            Modulation? modulation = plan.Values[i].Modulation is RandomDraw or Pick ? null : plan.Values[i].Modulation;
            bool isScaled = !isLastLimiter && amount.Modulation is not null && plan.Parameters[i].Neutral is not null;
            if (modulation is not null || isScaled)
            {
                var value = new SettingValue(values[i], modulation);
                settings.Add(new ModulatedParameter(plan.Parameters[i], value, format, plan.Role));
            }
        }

        bool mixes = AmountLaw.Mixes(plan, isLastLimiter)
            && (amount.Modulation is not null || AmountLaw.Share(amount.Still, isLastLimiter) < 1);
        return settings.Count == 0 && !mixes
            ? null
            : new SlotModulation(
                [.. settings],
                new ModulatedParameter(ChainPlan.AmountParameter, amount, format),
                mixes,
                isLastLimiter,
                level);
    }

    /// <summary>Whether a slot goes by the line's level.</summary>
    public static bool Listens(SlotPlan plan) => plan.Values.Any(value => value.Modulation is FollowLoudness);

    /// <summary>A slot's values at the line's first sample, with all of the chain.</summary>
    /// <param name="plan">The slot.</param>
    /// <param name="format">The line's format.</param>
    /// <param name="seed">The line's seed.</param>
    public static double[] Start(SlotPlan plan, AudioFormat format, ulong seed)
    {
        double[] values = new double[plan.Values.Count];
        for (int i = 0; i < values.Length; i++)
        {
            Parameter parameter = plan.Parameters[i];
            values[i] = Start(parameter, RandomParameter.Settle(plan.Values[i], parameter, plan.Step, seed), format);
        }

        return values;
    }

    /// <summary>A setting's value at the line's first sample.</summary>
    /// <param name="parameter">The setting.</param>
    /// <param name="value">What it is given; drawn already, if it is drawn.</param>
    /// <param name="format">The line's format.</param>
    public static double Start(Parameter parameter, SettingValue value, AudioFormat format) =>
        new ModulatedParameter(parameter, value, format).ValueAt(0);

    /// <summary>Where the settings are now. Allocates.</summary>
    /// <param name="parameters">The slot's settings.</param>
    /// <param name="start">Where they were at the line's first sample.</param>
    public double[] Now(IReadOnlyList<Parameter> parameters, IReadOnlyList<double> start)
    {
        double[] now = [.. start];
        foreach (ModulatedParameter setting in _settings)
        {
            for (int i = 0; i < now.Length; i++)
                now[i] = ReferenceEquals(parameters[i], setting.Parameter) ? setting.Last : now[i];
        }

        return now;
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
        bool moves = !_amount.HasEnded(_frame);
        if (position == 0)
        {
            double amount = _amount.ValueAt(_frame + ParameterGrid.Frames);
            foreach (ModulatedParameter setting in _settings)
                setting.MoveOn(effect, _frame + ParameterGrid.Frames, _isLastLimiter ? 100 : amount);
            _cellStart = _frame;
            _shareBefore = _shareBehind;
            _shareBehind = ShareAt(amount);
        }

        foreach (ModulatedParameter setting in _settings)
            moves |= !setting.HasEnded(_frame);
        return moves ? Math.Min(frames, ParameterGrid.Frames - position) : frames;
    }

    /// <summary>How much of the effect is heard in the frames to process, where it is mixed with its input.</summary>
    /// <param name="shares">Room for one share, 0 to 1, for each.</param>
    public void Shares(Span<float> shares)
    {
        if (_shareBefore == _shareBehind)
        {
            shares.Fill(_shareBehind);
            return;
        }

        for (int i = 0; i < shares.Length; i++)
        {
            float passed = Math.Min(1, (float)(_frame + i + 1 - _cellStart) / ParameterGrid.Frames);
            shares[i] = _shareBefore + ((_shareBehind - _shareBefore) * passed);
        }
    }

    /// <summary>Passes on what was heard meanwhile.</summary>
    /// <param name="frames">The frames processed.</param>
    public void Advance(int frames)
    {
        _frame += frames;
        if (_level is null || _frame % ParameterGrid.Frames != 0 || _cell >= _level.Ended.Length)
            return;
        double meanSquare = _level.Ended[_cell++];
        _amount.Hear(meanSquare);
        foreach (ModulatedParameter setting in _settings)
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
        _cellStart = frame;
        _amount.Reset();
        double amount = _amount.ValueAt(0);
        foreach (ModulatedParameter setting in _settings)
            setting.Reset(_isLastLimiter ? 100 : amount);
        _shareBefore = _shareBehind = ShareAt(amount);
    }

    private float ShareAt(double amount) => (float)AmountLaw.Share(amount, _isLastLimiter);
}
