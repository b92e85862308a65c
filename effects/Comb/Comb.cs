using System;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect(
    "comb", "Comb", EffectRole.Space,
    Help = "Sends the voice through a short metal tube that rings.")]

namespace R3X.FxHost.Effects;

/// <summary>
/// A short echo fed back into itself: evenly spaced resonances that make a voice sound as if it came out of a metal
/// tube. Peaks of the loop alone are -20 log10(1 - g) high, dips -20 log10(1 + g) deep.
/// </summary>
public sealed class Comb() : SegmentedEffect(Delay, Feedback, Feedforward, Damping, Mix)
{
    private static readonly Parameter Delay = new(
        "delay", ParameterUnit.Milliseconds, 0.5, 30, 8,
        "The length of the tube: short is a small metal throat with a high ring, long is a corridor with a flutter.");

    private static readonly Parameter Feedback = new(
        "feedback", ParameterUnit.Percent, -90, 90, 30,
        "How long the tube rings: 0 % not at all, 90 % very long; below zero it sounds hollow.");

    private static readonly Parameter Feedforward = new(
        "feedforward", ParameterUnit.Percent, -100, 100, 0,
        "Adds one plain echo that cuts notches into the voice without any ringing.");

    private static readonly Parameter Damping = new(
        "damping", ParameterUnit.Hertz, 500, 20_000, 8000,
        "Every round through the tube loses what is above this pitch: low is dull like cardboard, 20 kHz is bare "
        + "metal.");

    private static readonly Parameter Mix = new(
        "mix", ParameterUnit.Percent, 0, 100, 25,
        "How much of the tube is heard beside the plain voice; 0 % leaves the voice alone.")
    {
        Neutral = 0,
    };

    private CombLine[] _lines = [];
    private Ramp _direct;
    private Ramp _loop;
    private Ramp _feedback;
    private Ramp _feedforward;
    private Ramp _keep;
    private Ramp _mix;

    private bool IsMoving =>
        _direct.IsMoving || _loop.IsMoving || _feedback.IsMoving || _feedforward.IsMoving || _keep.IsMoving
        || _mix.IsMoving;

    private double DelayFrames => this[Delay] / 1000 * Format.SampleRate;

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

    private CombSettings Now => new(
        _direct.Value, _loop.Value, (float)_feedback.Value, (float)_feedforward.Value, (float)_keep.Value,
        (float)_mix.Value);

    protected override void Allocate(EffectSetup setup)
    {
        _lines = new CombLine[setup.Format.Channels];
        for (int i = 0; i < _lines.Length; i++)
            _lines[i] = new CombLine((int)Math.Ceiling(Delay.Maximum / 1000 * setup.Format.SampleRate));
    }

    protected override EffectTiming Describe(EffectSetup setup)
    {
        if (this[Damping] < Damping.Maximum && Keep == 0)
            setup.NoteTooHigh("damping of comb", this[Damping], "it is off");
        return new EffectTiming(0, TailFrames());
    }

    protected override void Clear()
    {
        foreach (var line in _lines)
            line.Clear();
    }

    protected override void ApplySettings(bool atOnce)
    {
        // The damping delays low pitches by keep/(1-keep) frames; without this the loop would be tuned flat.
        double keep = Keep;
        _direct.MoveTo(DelayFrames, atOnce);
        _loop.MoveTo(Math.Max(CombLine.ShortestDelay, DelayFrames - (keep / (1 - keep))), atOnce);
        _keep.MoveTo(keep, atOnce);
        _feedback.MoveTo(this[Feedback] / 100, atOnce);
        _feedforward.MoveTo(this[Feedforward] / 100, atOnce);
        _mix.MoveTo(this[Mix] / 100, atOnce);
    }

    protected override void ProcessSegment(AudioBlock segment)
    {
        if (IsMoving)
            Move(segment);
        else
            Run(segment, Now);
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
            _direct.Next();
            _loop.Next();
            _feedback.Next();
            _feedforward.Next();
            _keep.Next();
            _mix.Next();
            for (int channel = 0; channel < segment.Channels; channel++)
                _lines[channel].Walk(segment[channel].Slice(i, 1), Now);
        }
    }

    private void Run(AudioBlock segment, in CombSettings settings)
    {
        for (int channel = 0; channel < segment.Channels; channel++)
            _lines[channel].Process(segment[channel], settings);
    }

    // After n rounds a tone that has built up in the loop is mix * g^n / (1 - g) strong; the feedforward echo adds a
    // round.
    private int TailFrames()
    {
        double g = Math.Abs(this[Feedback]) / 100;
        double ff = Math.Abs(this[Feedforward]) / 100;
        double heard = this[Mix] / 100 * (g + ff) / (1 - g);
        if (heard < 1e-4)
            return 0;
        double repeats = g > 0 ? Math.Ceiling(Math.Max(0, Math.Log(1e-4 / heard) / Math.Log(g))) : 0;
        double rounds = 1 + (ff > 0 ? 1 : 0) + repeats;
        return (int)Math.Ceiling(rounds * (DelayFrames + 3)) + 8;
    }
}
