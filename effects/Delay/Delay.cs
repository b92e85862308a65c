using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect("delay", "Delay", EffectRole.Space)]

namespace R3X.FxHost.Effects;

/// <summary>Echoes, each duller and quieter than the one before: a public-address slap at the defaults, a canyon at the far end.</summary>
public sealed class Delay : IEffect
{
    private static readonly Parameter Time = new(
        "time", ParameterUnit.Milliseconds, 10, 1000, 120,
        "How long after the voice its echo comes: short doubles it, 120 ms is a slap off a wall, half a second is a canyon.",
        structural: true);

    private static readonly Parameter Feedback = new(
        "feedback", ParameterUnit.Percent, 0, 80, 25,
        "How much of each echo comes back as the next: 0 % is a single echo, more is a longer row of them.");

    private static readonly Parameter Damping = new(
        "damping", ParameterUnit.Hertz, 500, 20_000, 3500,
        "Each echo loses what is above this pitch: low is dull and far away, 20 kHz repeats the voice as bright as it was.");

    private static readonly Parameter Mix = new(
        "mix", ParameterUnit.Percent, 0, 100, 25,
        "How loud the first echo is beside the voice, which stays as it is: 0 % is none, 100 % as loud as the voice.")
    {
        Neutral = 0,
    };

    private EffectSetup? _setup;
    private AudioFormat _format;
    private EchoLine[] _lines = [];
    private SegmentClock _clock;
    private Ramp _feedback;
    private Ramp _keep;
    private Ramp _mix;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } = [Time, Feedback, Damping, Mix];

    private bool IsMoving => _feedback.IsMoving || _keep.IsMoving || _mix.IsMoving;

    /// <inheritdoc/>
    public EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        _format = setup.Format;
        int frames = _format.Frames(setup[Time]);
        _lines = new EchoLine[_format.Channels];
        for (int i = 0; i < _lines.Length; i++)
            _lines[i] = new EchoLine(frames);
        Reset();
        if (setup[Damping] < Damping.Maximum && KeepFor(setup[Damping]) == 0)
            setup.Note($"The damping of delay at {setup[Damping]:0} Hz is above what a sample rate of {_format.SampleRate} Hz carries, so it is off.");
        return new EffectTiming(0, TailFrames(setup, frames));
    }

    /// <inheritdoc/>
    public void SetParameter(Parameter parameter, double value)
    {
        if (parameter == Feedback)
            _feedback.RampTo(value / 100);
        else if (parameter == Mix)
            _mix.RampTo(value / 100);
        else
            _keep.RampTo(KeepFor(value));
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
                Run(segment);
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
        _feedback.JumpTo(_setup[Feedback] / 100);
        _keep.JumpTo(KeepFor(_setup[Damping]));
        _mix.JumpTo(_setup[Mix] / 100);
        _clock.Reset();
        foreach (var line in _lines)
            line.Clear();
    }

    private double KeepFor(double damping) =>
        damping >= Damping.Maximum || damping > MatchedFilters.HighestFrequency * _format.SampleRate
            ? 0
            : EchoLine.KeepFor(damping / _format.SampleRate);

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
    private int TailFrames(EffectSetup setup, int frames)
    {
        double g = setup[Feedback] / 100;
        double heard = setup[Mix] / 100 / (1 - g);
        if (heard < 1e-4)
            return 0;
        double echoes = g > 0 ? Math.Max(1, Math.Ceiling(Math.Log(1e-4 / heard) / Math.Log(g))) : 1;
        double keep = KeepFor(setup[Damping]);
        double smear = keep > 0 ? -1 / Math.Log(keep) : 0;
        return (int)Math.Ceiling((echoes * (frames + smear)) + (10 * smear));
    }
}
