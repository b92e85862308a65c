using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// One setting on the move, or one that stands and is moved by the chain's amount. Its value follows from the frame
/// and from what was heard before it. Audio thread.
/// </summary>
internal sealed class ModulatedParameter
{
    /// <summary>Where following loudness is at its first end, in dBFS.</summary>
    public const double Quiet = -50;

    /// <summary>Where it is at its second end.</summary>
    public const double Loud = -15;

    // A period of the lowest voice: shorter would follow the wave instead of its loudness.
    private const double LevelMilliseconds = 10;

    private readonly EffectRole? _role;
    private readonly Modulation? _modulation;
    private readonly double _still;
    private readonly AudioFormat _format;
    private readonly double _levelStep;
    private readonly double _followStep;
    private double _power;
    private double _following;
    private double _last;

    /// <param name="parameter">What moves.</param>
    /// <param name="value">How; drawn already, if it is drawn.</param>
    /// <param name="format">The line's format.</param>
    /// <param name="role">Its effect's role, where the chain's amount moves it too; null elsewhere.</param>
    public ModulatedParameter(Parameter parameter, SettingValue value, AudioFormat format, EffectRole? role = null)
    {
        Parameter = parameter;
        _role = role;
        _modulation = value.Modulation;
        _still = value.Still;
        _format = format;
        _levelStep = Step(LevelMilliseconds);
        _followStep = value.Modulation is FollowLoudness follow ? Step(follow.Milliseconds) : 0;
        Reset();
    }

    public Parameter Parameter { get; }

    /// <summary>The value the effect was given last.</summary>
    public double Last => _last;

    /// <summary>Whether it needs to be told what was heard.</summary>
    public bool Listens => _modulation is FollowLoudness;

    /// <summary>Gives the effect the value at the end of the cell of the grid that begins now, where that is another
    /// one.</summary>
    /// <param name="effect">The effect.</param>
    /// <param name="cellEnd">The cell's end.</param>
    /// <param name="amount">The chain's amount there, in percent.</param>
    public void MoveOn(IEffect effect, long cellEnd, double amount)
    {
        double value = AmountLaw.Scale(Parameter, _role, ValueAt(cellEnd), amount);
        if (value == _last)
            return;
        _last = value;
        effect.SetParameter(Parameter, value);
    }

    /// <summary>The value at a frame of the line, with all of the chain.</summary>
    public double ValueAt(long frame) => _modulation switch
    {
        null => _still,
        Wobble wobble => Between(Parameter, wobble.From, wobble.To,
            0.5 + (0.5 * Math.Sin(Math.Tau * (wobble.RateHz * frame / _format.SampleRate % 1)))),
        Sweep sweep => Between(
            Parameter, sweep.From, sweep.To, Math.Min(1, frame * 1000.0 / (sweep.Milliseconds * _format.SampleRate))),
        FollowLoudness follow => Between(Parameter, follow.From, follow.To, _following),
        _ => throw new InvalidOperationException($"{_modulation} is drawn before the line begins."),
    };

    /// <summary>Whether it has come to rest for good at a frame.</summary>
    public bool HasEnded(long frame) => _modulation switch
    {
        null => true,
        Sweep sweep => frame * 1000.0 >= sweep.Milliseconds * _format.SampleRate,
        _ => false,
    };

    /// <summary>Hears a cell of the line's grid, as its mean square.</summary>
    public void Hear(double meanSquare)
    {
        _power += _levelStep * (meanSquare - _power);
        double level = 10 * Math.Log10(Math.Max(_power, 1e-12));
        _following += _followStep * (Math.Clamp((level - Quiet) / (Loud - Quiet), 0, 1) - _following);
    }

    /// <summary>Forgets what was heard.</summary>
    /// <param name="amount">The chain's amount at the line's first frame, in percent.</param>
    public void Reset(double amount = 100)
    {
        (_power, _following) = (0, 0);
        _last = AmountLaw.Scale(Parameter, _role, ValueAt(0), amount);
    }

    /// <summary>A value on the way from one to another, along the parameter's curve.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="from">The value at 0.</param>
    /// <param name="to">The value at 1.</param>
    /// <param name="share">0 to 1.</param>
    public static double Between(Parameter parameter, double from, double to, double share)
    {
        double value = parameter.Curve == ParameterCurve.Logarithmic
            ? from * Math.Pow(to / from, share) : from + ((to - from) * share);
        return Math.Clamp(value, Math.Min(from, to), Math.Max(from, to));
    }

    private double Step(double milliseconds) =>
        1 - Math.Exp(-ParameterGrid.Frames * 1000.0 / (milliseconds * _format.SampleRate));
}
