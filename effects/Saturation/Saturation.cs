using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect("saturation", "Saturation", EffectRole.Drive)]

namespace R3X.FxHost.Effects;

/// <summary>Warm to fierce distortion through tanh, oversampled four times, as loud as before.</summary>
public sealed class Saturation : IEffect
{
    // Below this drive the curve fades in, so that a movement away from 0 % has no jump.
    private const double FullCurve = 10;

    private static readonly Parameter Drive = new(
        "drive", ParameterUnit.Percent, 0, 100, 15,
        "How hard the voice is pushed into the curve: a little is warm, a lot is a fierce, torn loudspeaker; 0 % is clean.");

    private static readonly Parameter Mix = new(
        "mix", ParameterUnit.Percent, 0, 100, 100,
        "How much of the driven voice replaces the clean one; 0 % is clean.")
    {
        Neutral = 0,
    };

    private readonly AudioBuffer _dry = new(1, SegmentClock.Frames);
    private EffectSetup? _setup;
    private IDriveStage? _stage;
    private FixedDelay? _delay;
    private SegmentClock _clock;
    private DriveRamps _curve;
    private Ramp _active;
    private double _drive;
    private double _mix;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } = [Drive, Mix];

    private bool IsMoving => _curve.IsMoving || _active.IsMoving;

    /// <inheritdoc/>
    public EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        int channels = setup.Format.Channels;
        _stage = setup.Quality == RenderQuality.Full ? new OversampledStage(channels) : new PlainStage();
        _delay = new FixedDelay(channels, _stage.LatencyFrames);
        Reset();
        return new EffectTiming(_stage.LatencyFrames, _stage.TailFrames);
    }

    /// <inheritdoc/>
    public void SetParameter(Parameter parameter, double value)
    {
        if (parameter == Drive)
            _drive = value;
        else
            _mix = value;
        _curve.RampTo(Gain, LevelMatch.Factor(_drive), Blend);
        _active.RampTo(Active);
    }

    /// <inheritdoc/>
    public void Process(AudioBlock block)
    {
        if (_stage is null || _delay is null)
            return;
        for (int start = 0; start < block.Frames;)
        {
            int frames = _clock.TakeCells(block.Frames - start, IsMoving);
            Process(block.Slice(start, frames), _stage, _delay);
            start += frames;
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        if (_setup is null)
            return;
        _drive = _setup[Drive];
        _mix = _setup[Mix];
        _curve.JumpTo(Gain, LevelMatch.Factor(_drive), Blend);
        _active.JumpTo(Active);
        _clock.Reset();
        _stage?.Clear();
        _delay?.Clear();
    }

    private double Gain => Decibels.ToGain(24 * _drive / 100);

    private double Blend => _mix / 100 * Math.Min(1, _drive / FullCurve);

    // At neutral the listener gets the delayed input itself, not what the filters made of it.
    private double Active => Blend == 0 ? 0 : 1;

    private void Process(AudioBlock segment, IDriveStage stage, FixedDelay delay)
    {
        var (curve, active) = (_curve, _active);
        for (int channel = 0; channel < segment.Channels; channel++)
        {
            // Every channel walks the same ramps.
            (_curve, _active) = (curve, active);
            var samples = segment[channel];
            var dry = _dry[0][..samples.Length];
            FiniteSamples.Clean(samples);
            if (_active.IsMoving || _active.Value == 0)
                delay.Process(channel, samples, dry);
            else
                delay.Skip(channel, samples);
            stage.Drive(channel, samples, ref _curve);
            if (_active.IsMoving)
            {
                for (int i = 0; i < samples.Length; i++)
                    samples[i] = dry[i] + ((float)_active.Next() * (samples[i] - dry[i]));
            }
            else if (_active.Value == 0)
            {
                dry.CopyTo(samples);
            }
        }
    }
}
