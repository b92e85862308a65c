using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect("gate", "Gate", EffectRole.Dynamics)]

namespace R3X.FxHost.Effects;

/// <summary>Turns the pauses down, all channels together, so that breath and hiss are not heard between words.</summary>
public sealed class Gate : IEffect, IGainReducer
{
    private static readonly Parameter Threshold = new(
        "threshold", ParameterUnit.Decibels, -80, 0, -45,
        "Sounds that reach this level open the gate: turn it up until the noise between words is gone, and no further.");

    private static readonly Parameter Range = new(
        "range", ParameterUnit.Decibels, 0, 80, 40,
        "How much quieter the pauses become: 10 dB is gentle, 80 dB is silence, 0 dB changes nothing.")
    {
        Neutral = 0,
    };

    private static readonly Parameter Attack = new(
        "attack", ParameterUnit.Milliseconds, 0.1, 50, 1,
        "How fast the gate opens: short keeps the first consonant of a word whole, long fades words in.");

    private static readonly Parameter Hold = new(
        "hold", ParameterUnit.Milliseconds, 0, 500, 60,
        "How long the gate waits before it closes: longer keeps the soft ends of words.");

    private static readonly Parameter Release = new(
        "release", ParameterUnit.Milliseconds, 5, 2000, 120,
        "How slowly the gate closes: short chops the voice like a cheap radio, long fades it out.");

    private readonly float[] _gains = new float[SegmentClock.Frames];
    private EffectSetup? _setup;
    private AudioFormat _format;
    private GateLatch? _latch;
    private SegmentClock _clock;
    private ReductionMeter _meter;
    private Ramp _open;
    private Ramp _floor;
    private Ramp _attack;
    private Ramp _release;
    private int _hold;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } = [Threshold, Range, Attack, Hold, Release];

    /// <inheritdoc/>
    public GainReduction LastReduction => _meter.Reading;

    private bool IsMoving => _open.IsMoving || _floor.IsMoving || _attack.IsMoving || _release.IsMoving;

    private GateSettings Now => new(_open.Value, _floor.Value, _attack.Value, _release.Value, _hold);

    /// <inheritdoc/>
    public EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        _format = setup.Format;
        _latch = new GateLatch(_format.SampleRate);
        Reset();
        return EffectTiming.Immediate;
    }

    /// <inheritdoc/>
    public void SetParameter(Parameter parameter, double value)
    {
        if (parameter == Threshold)
            _open.RampTo(Decibels.ToGain(value));
        else if (parameter == Range)
            _floor.RampTo(Decibels.ToGain(-value));
        else if (parameter == Attack)
            _attack.RampTo(TimeConstant.Keep(value, _format.SampleRate));
        else if (parameter == Release)
            _release.RampTo(TimeConstant.Keep(value, _format.SampleRate));
        else
            _hold = _format.Frames(value);
    }

    /// <inheritdoc/>
    public void Process(AudioBlock block)
    {
        if (_latch is null)
            return;
        _meter.Begin();
        for (int start = 0; start < block.Frames;)
        {
            bool moving = IsMoving;
            int frames = _clock.Take(block.Frames - start, moving);
            var segment = block.Slice(start, frames);
            for (int channel = 0; channel < segment.Channels; channel++)
                FiniteSamples.Clean(segment[channel]);
            var gains = _gains.AsSpan(0, frames);
            Amplitude.LinkedPeaks(segment, gains);
            if (moving)
                Move(gains, _latch);
            else
                _latch.Process(gains, Now);
            _meter.AddFactors(gains);
            for (int channel = 0; channel < segment.Channels; channel++)
                Amplitude.Multiply(segment[channel], gains);
            start += frames;
            if (_clock.IsAtEdge)
                _latch.Flush();
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        if (_setup is null)
            return;
        _open.JumpTo(Decibels.ToGain(_setup[Threshold]));
        _floor.JumpTo(Decibels.ToGain(-_setup[Range]));
        _attack.JumpTo(TimeConstant.Keep(_setup[Attack], _format.SampleRate));
        _release.JumpTo(TimeConstant.Keep(_setup[Release], _format.SampleRate));
        _hold = _format.Frames(_setup[Hold]);
        _clock.Reset();
        _meter.Begin();
        _latch?.Clear();
    }

    private void Move(Span<float> gains, GateLatch latch)
    {
        for (int i = 0; i < gains.Length; i++)
        {
            _open.Next();
            _floor.Next();
            _attack.Next();
            _release.Next();
            latch.Process(gains.Slice(i, 1), Now);
        }
    }
}
