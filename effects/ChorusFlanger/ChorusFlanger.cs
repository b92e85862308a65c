using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect("chorus-flanger", "Chorus and flanger", EffectRole.Modulation)]

namespace R3X.FxHost.Effects;

/// <summary>
/// The voice beside a copy of itself whose short delay swings slowly: a hollow, moving metal at 1 to 5 ms (flanger), a second
/// speaker at 10 to 30 ms (chorus). The swing starts with the line at its shortest delay.
/// </summary>
public sealed class ChorusFlanger : IEffect
{
    private static readonly Parameter Delay = new(
        "delay", ParameterUnit.Milliseconds, 1, 30, 3,
        "How far behind the copy is on average: 1 to 5 ms sounds like metal in motion, 10 to 30 ms like a second speaker.");

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

    private readonly double[] _delays = new double[SegmentClock.Frames];
    private EffectSetup? _setup;
    private AudioFormat _format;
    private SweptLine[] _lines = [];
    private Oscillator? _swing;
    private SegmentClock _clock;
    private Ramp _centre;
    private Ramp _width;
    private Ramp _feedback;
    private Ramp _mix;
    private double _delay;
    private double _depth;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } = [Delay, Depth, Rate, Feedback, Mix];

    private double CentreFrames => Math.Max(SincTable.Reach, _delay / 1000 * _format.SampleRate);

    private double WidthFrames => _depth / 100 * (CentreFrames - SincTable.Reach);

    /// <inheritdoc/>
    public EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        _format = setup.Format;
        _swing = new Oscillator(_format.SampleRate);
        _lines = new SweptLine[_format.Channels];
        for (int i = 0; i < _lines.Length; i++)
            _lines[i] = new SweptLine((int)Math.Ceiling(2 * Delay.Maximum / 1000 * _format.SampleRate));
        Reset();
        return new EffectTiming(0, TailFrames(setup));
    }

    /// <inheritdoc/>
    public void SetParameter(Parameter parameter, double value)
    {
        if (parameter == Feedback)
            _feedback.RampTo(value / 100);
        else if (parameter == Mix)
            _mix.RampTo(value / 100);
        else if (parameter == Rate)
            _swing?.RampTo(value);
        else if (parameter == Delay)
            _delay = value;
        else
            _depth = value;
        _centre.RampTo(CentreFrames);
        _width.RampTo(WidthFrames);
    }

    /// <inheritdoc/>
    public void Process(AudioBlock block)
    {
        if (_swing is null)
            return;
        for (int start = 0; start < block.Frames;)
        {
            bool moving = _centre.IsMoving || _width.IsMoving || _feedback.IsMoving || _mix.IsMoving || _swing.IsMoving;
            int frames = _clock.Take(block.Frames - start, moving);
            var segment = block.Slice(start, frames);
            for (int channel = 0; channel < segment.Channels; channel++)
                FiniteSamples.Clean(segment[channel]);
            var swing = _swing.Next(frames);
            for (int i = 0; i < frames; i++)
                _delays[i] = Math.Max(SincTable.Reach, _centre.Next() - (_width.Next() * swing[i]));
            for (int i = 0; i < frames && moving; i++)
                Sweep(segment.Slice(i, 1), _delays.AsSpan(i), (float)_feedback.Next(), (float)_mix.Next());
            if (!moving)
                Sweep(segment, _delays, (float)_feedback.Value, (float)_mix.Value);
            start += frames;
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        if (_setup is null)
            return;
        _delay = _setup[Delay];
        _depth = _setup[Depth];
        _centre.JumpTo(CentreFrames);
        _width.JumpTo(WidthFrames);
        _feedback.JumpTo(_setup[Feedback] / 100);
        _mix.JumpTo(_setup[Mix] / 100);
        _clock.Reset();
        _swing?.Clear();
        _swing?.JumpTo(_setup[Rate]);
        foreach (var line in _lines)
            line.Clear();
    }

    private void Sweep(AudioBlock segment, ReadOnlySpan<double> delays, float feedback, float mix)
    {
        for (int channel = 0; channel < segment.Channels; channel++)
            _lines[channel].Process(segment[channel], delays, feedback, mix);
    }

    // Every round takes at most the longest delay of the swing; a tone that has built up is mix * g^n / (1 - g) after n rounds.
    private int TailFrames(EffectSetup setup)
    {
        double g = Math.Abs(setup[Feedback]) / 100;
        double heard = setup[Mix] / 100 / (1 - g);
        if (heard < 1e-4)
            return 0;
        double rounds = 1 + (g > 0 ? Math.Ceiling(Math.Max(0, Math.Log(1e-4 / heard) / Math.Log(g))) : 0);
        return (int)Math.Ceiling(rounds * (CentreFrames + WidthFrames + SincTable.Reach));
    }
}
