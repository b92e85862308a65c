using System;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect(
    "delay", "Delay", EffectRole.Space,
    Help = "Repeats the voice as an echo.")]

namespace R3X.FxHost.Effects;

/// <summary>
/// Echoes, each duller and quieter than the one before: a public-address slap at the defaults, a canyon at the far end.
/// </summary>
public sealed class Delay() : SegmentedEffect(Time, Feedback, Damping, Mix)
{
    private static readonly Parameter Time = new(
        "time", ParameterUnit.Milliseconds, 10, 1000, 120,
        "How long after the voice its echo comes: short doubles it, 120 ms is a slap off a wall, half a second is a "
        + "canyon.",
        structural: true);

    private static readonly Parameter Feedback = new(
        "feedback", ParameterUnit.Percent, 0, 80, 25,
        "How much of each echo comes back as the next: 0 % is a single echo, more is a longer row of them.");

    private static readonly Parameter Damping = new(
        "damping", ParameterUnit.Hertz, 500, 20_000, 3500,
        "Each echo loses what is above this pitch: low is dull and far away, 20 kHz repeats the voice as bright as it "
        + "was.");

    private static readonly Parameter Mix = new(
        "mix", ParameterUnit.Percent, 0, 100, 25,
        "How loud the first echo is beside the voice, which stays as it is: 0 % is none, 100 % as loud as the voice.")
    {
        Neutral = 0,
    };

    private EchoLine[] _lines = [];
    private Ramp _feedback;
    private Ramp _keep;
    private Ramp _mix;

    private bool IsMoving => _feedback.IsMoving || _keep.IsMoving || _mix.IsMoving;

    private double Keep
    {
        get
        {
            double damping = this[Damping];
            return damping < Damping.Maximum && Format.Carries(damping)
                ? TimeConstant.KeepBelow(damping / Format.SampleRate)
                : 0;
        }
    }

    protected override void Allocate(EffectSetup setup)
    {
        _lines = new EchoLine[setup.Format.Channels];
        for (int i = 0; i < _lines.Length; i++)
            _lines[i] = new EchoLine(setup.Format.Frames(setup[Time]));
    }

    protected override EffectTiming Describe(EffectSetup setup)
    {
        if (this[Damping] < Damping.Maximum && Keep == 0)
            setup.NoteTooHigh("damping of delay", this[Damping], "it is off");
        return new EffectTiming(0, TailFrames(Format.Frames(this[Time])));
    }

    protected override void Clear()
    {
        foreach (var line in _lines)
            line.Clear();
    }

    protected override void ApplySettings(bool atOnce)
    {
        _feedback.MoveTo(this[Feedback] / 100, atOnce);
        if (HasChanged(Damping))
            _keep.MoveTo(Keep, atOnce);
        _mix.MoveTo(this[Mix] / 100, atOnce);
    }

    protected override void ProcessSegment(AudioBlock segment)
    {
        if (IsMoving)
            Move(segment);
        else
            Run(segment);
    }

    protected override void Flush()
    {
        foreach (var line in _lines)
            line.Flush();
    }

    private void Move(AudioBlock segment)
    {
        for (int i = 0; i < segment.Frames; i++)
        {
            _feedback.Next();
            _keep.Next();
            _mix.Next();
            Run(segment.Slice(i, 1));
        }
    }

    private void Run(AudioBlock segment)
    {
        for (int channel = 0; channel < segment.Channels; channel++)
            _lines[channel].Process(segment[channel], (float)_feedback.Value, (float)_keep.Value, (float)_mix.Value);
    }

    // A tone that has built up in the loop leaves echoes of mix * g^n / (1 - g); every echo is smeared by its damping.
    private int TailFrames(int frames)
    {
        double g = this[Feedback] / 100;
        double heard = this[Mix] / 100 / (1 - g);
        if (heard < 1e-4)
            return 0;
        double echoes = g > 0 ? Math.Max(1, Math.Ceiling(Math.Log(1e-4 / heard) / Math.Log(g))) : 1;
        double smear = Keep > 0 ? -1 / Math.Log(Keep) : 0;
        return (int)Math.Ceiling((echoes * (frames + smear)) + (10 * smear));
    }
}
