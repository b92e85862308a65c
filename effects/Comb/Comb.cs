using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect("comb", "Comb", EffectRole.Space)]

namespace R3X.FxHost.Effects;

/// <summary>
/// A short echo fed back into itself: evenly spaced resonances that make a voice sound as if it came out of a metal tube.
/// Peaks of the loop alone are -20 log10(1 - g) high, dips -20 log10(1 + g) deep.
/// </summary>
public sealed class Comb : IEffect
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
        "Every round through the tube loses what is above this pitch: low is dull like cardboard, 20 kHz is bare metal.");

    private static readonly Parameter Mix = new(
        "mix", ParameterUnit.Percent, 0, 100, 25,
        "How much of the tube is heard beside the plain voice; 0 % leaves the voice alone.")
    {
        Neutral = 0,
    };

    private EffectSetup? _setup;
    private AudioFormat _format;
    private CombLine[] _lines = [];
    private SegmentClock _clock;
    private Ramp _direct;
    private Ramp _loop;
    private Ramp _feedback;
    private Ramp _feedforward;
    private Ramp _keep;
    private Ramp _mix;
    private double _delay;
    private double _damping;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } = [Delay, Feedback, Feedforward, Damping, Mix];

    private bool IsMoving =>
        _direct.IsMoving || _loop.IsMoving || _feedback.IsMoving || _feedforward.IsMoving || _keep.IsMoving || _mix.IsMoving;

    private double DelayFrames => _delay / 1000 * _format.SampleRate;

    private double Keep =>
        _damping >= Damping.Maximum || _damping > MatchedFilters.HighestFrequency * _format.SampleRate
            ? 0
            : CombLine.KeepFor(_damping / _format.SampleRate);

    // The damping delays low pitches by keep/(1-keep) frames; without this the tube would be tuned flat.
    private double LoopFrames => Math.Max(CombLine.ShortestDelay, DelayFrames - (Keep / (1 - Keep)));

    /// <inheritdoc/>
    public EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        _format = setup.Format;
        _lines = new CombLine[_format.Channels];
        for (int i = 0; i < _lines.Length; i++)
            _lines[i] = new CombLine((int)Math.Ceiling(Delay.Maximum / 1000 * _format.SampleRate));
        Reset();
        if (_damping < Damping.Maximum && Keep == 0)
            setup.Note($"The damping of comb at {_damping:0} Hz is above what a sample rate of {_format.SampleRate} Hz carries, so it is off.");
        return new EffectTiming(0, TailFrames(setup));
    }

    /// <inheritdoc/>
    public void SetParameter(Parameter parameter, double value)
    {
        if (parameter == Feedback)
            _feedback.RampTo(value / 100);
        else if (parameter == Feedforward)
            _feedforward.RampTo(value / 100);
        else if (parameter == Mix)
            _mix.RampTo(value / 100);
        else if (parameter == Delay)
            _delay = value;
        else
            _damping = value;
        _direct.RampTo(DelayFrames);
        _loop.RampTo(LoopFrames);
        _keep.RampTo(Keep);
    }

    /// <inheritdoc/>
    public void Process(AudioBlock block)
    {
        for (int start = 0; start < block.Frames;)
        {
            bool moving = IsMoving;
            int frames = _clock.Take(block.Frames - start, moving);
            var segment = block.Slice(start, frames);
            for (int channel = 0; channel < segment.Channels; channel++)
                FiniteSamples.Clean(segment[channel]);
            if (moving)
                Move(segment);
            else
                Run(segment, Now);
            start += frames;
            if (_clock.IsAtEdge)
            {
                foreach (var line in _lines)
                    line.Flush();
            }
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        if (_setup is null)
            return;
        _delay = _setup[Delay];
        _damping = _setup[Damping];
        _direct.JumpTo(DelayFrames);
        _loop.JumpTo(LoopFrames);
        _keep.JumpTo(Keep);
        _feedback.JumpTo(_setup[Feedback] / 100);
        _feedforward.JumpTo(_setup[Feedforward] / 100);
        _mix.JumpTo(_setup[Mix] / 100);
        _clock.Reset();
        foreach (var line in _lines)
            line.Clear();
    }

    private CombSettings Now => new(
        _direct.Value, _loop.Value, (float)_feedback.Value, (float)_feedforward.Value, (float)_keep.Value, (float)_mix.Value);

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

    // After n rounds a tone that has built up in the loop is mix * g^n / (1 - g) strong; the feedforward echo adds a round.
    private int TailFrames(EffectSetup setup)
    {
        double g = Math.Abs(setup[Feedback]) / 100;
        double ff = Math.Abs(setup[Feedforward]) / 100;
        double heard = setup[Mix] / 100 * (g + ff) / (1 - g);
        if (heard < 1e-4)
            return 0;
        double rounds = 1 + (ff > 0 ? 1 : 0) + (g > 0 ? Math.Ceiling(Math.Max(0, Math.Log(1e-4 / heard) / Math.Log(g))) : 0);
        return (int)Math.Ceiling(rounds * (DelayFrames + 3)) + 8;
    }
}
