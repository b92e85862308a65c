using System;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect(
    "chorus-flanger", "Chorus and flanger", EffectRole.Modulation,
    Help = "Adds a copy that drifts behind the voice: metal in motion, or a second speaker.")]

namespace R3X.FxHost.Effects;

/// <summary>
/// The voice beside a copy of itself whose short delay swings slowly: a hollow, moving metal at 1 to 5 ms (flanger), a
/// second speaker at 10 to 30 ms (chorus). The swing starts with the line at its shortest delay.
/// </summary>
public sealed class ChorusFlanger() : SegmentedEffect(Delay, Depth, Rate, Feedback, Mix)
{
    private static readonly Parameter Delay = new(
        "delay", ParameterUnit.Milliseconds, 1, 30, 3,
        "How far behind the copy is on average: 1 to 5 ms sounds like metal in motion, 10 to 30 ms like a second "
        + "speaker.");

    private static readonly Parameter Depth = new(
        "depth", ParameterUnit.Percent, 0, 100, 80,
        "How far the delay swings: 100 % from almost nothing to twice the delay, 0 % stands still.");

    private static readonly Parameter Rate = new(
        "rate", ParameterUnit.Hertz, 0.05, 10, 0.4,
        "How many times a second it swings: below 1 Hz it drifts, above 4 Hz it wobbles as if under water.");

    private static readonly Parameter Feedback = new(
        "feedback", ParameterUnit.Percent, -90, 90, 30,
        "How much of the copy is copied again: more rings like a jet or a pipe; below zero it sounds hollow.");

    private static readonly Parameter Mix = new(
        "mix", ParameterUnit.Percent, 0, 100, 25,
        "How much of the copy replaces the plain voice: 50 % cuts deepest, 100 % only wavers in pitch, 0 % "
        + "changes nothing.")
    {
        Neutral = 0,
    };

    private readonly double[] _delays = new double[SegmentFrames];
    private SweptLine[] _lines = [];
    private Oscillator _swing = null!;
    private Ramp _centre;
    private Ramp _width;
    private Ramp _feedback;
    private Ramp _mix;

    private bool IsMoving =>
        _centre.IsMoving || _width.IsMoving || _feedback.IsMoving || _mix.IsMoving || _swing.IsMoving;

    private double CentreFrames => Math.Max(SincTable.Reach, this[Delay] / 1000 * Format.SampleRate);

    private double WidthFrames => this[Depth] / 100 * (CentreFrames - SincTable.Reach);

    protected override void Allocate(EffectSetup setup)
    {
        _swing = new Oscillator(setup.Format.SampleRate);
        _lines = new SweptLine[setup.Format.Channels];
        for (int i = 0; i < _lines.Length; i++)
            _lines[i] = new SweptLine((int)Math.Ceiling(2 * Delay.Maximum / 1000 * setup.Format.SampleRate));
    }

    protected override EffectTiming Describe(EffectSetup setup) => new(0, TailFrames());

    protected override void Clear()
    {
        _swing.Clear();
        foreach (var line in _lines)
            line.Clear();
    }

    protected override void ApplySettings(bool atOnce)
    {
        _centre.MoveTo(CentreFrames, atOnce);
        _width.MoveTo(WidthFrames, atOnce);
        _feedback.MoveTo(this[Feedback] / 100, atOnce);
        _mix.MoveTo(this[Mix] / 100, atOnce);
        if (atOnce)
            _swing.JumpTo(this[Rate]);
        else if (HasChanged(Rate))
            _swing.RampTo(this[Rate]);
    }

    protected override void ProcessSegment(AudioBlock segment)
    {
        bool moving = IsMoving;
        var swing = _swing.Next(segment.Frames);
        for (int i = 0; i < swing.Length; i++)
            _delays[i] = Math.Max(SincTable.Reach, _centre.Next() - (_width.Next() * swing[i]));
        if (!moving)
            Sweep(segment, _delays, (float)_feedback.Value, (float)_mix.Value);
        for (int i = 0; i < swing.Length && moving; i++)
            Sweep(segment.Slice(i, 1), _delays.AsSpan(i), (float)_feedback.Next(), (float)_mix.Next());
    }

    private void Sweep(AudioBlock segment, ReadOnlySpan<double> delays, float feedback, float mix)
    {
        for (int channel = 0; channel < segment.Channels; channel++)
            _lines[channel].Process(segment[channel], delays, feedback, mix);
    }

    // Every round takes at most the longest delay of the swing; a tone that has built up is mix * g^n / (1 - g) after n
    // rounds.
    private int TailFrames()
    {
        double g = Math.Abs(this[Feedback]) / 100;
        double heard = this[Mix] / 100 / (1 - g);
        if (heard < 1e-4)
            return 0;
        double rounds = 1 + (g > 0 ? Math.Ceiling(Math.Max(0, Math.Log(1e-4 / heard) / Math.Log(g))) : 0);
        return (int)Math.Ceiling(rounds * (CentreFrames + WidthFrames + SincTable.Reach));
    }
}
