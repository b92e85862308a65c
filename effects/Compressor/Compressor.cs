using System.Collections.Generic;
using System.Runtime.CompilerServices;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect("compressor", "Compressor", EffectRole.Dynamics)]

namespace R3X.FxHost.Effects;

/// <summary>
/// Makes loud parts quieter, so that the voice can be louder as a whole: D. Giannoulis, M. Massberg and J. Reiss, "Digital
/// Dynamic Range Compressor Design" (JAES 2012), in the log domain, all channels by the same gain.
/// </summary>
public sealed class Compressor : IEffect, IGainReducer
{
    private static readonly Parameter Threshold = new(
        "threshold", ParameterUnit.Decibels, -60, 0, -20,
        "Sounds louder than this are turned down: the lower it is, the more of the voice is evened out.");

    private static readonly Parameter Ratio = new(
        "ratio", ParameterUnit.Ratio, 1, 20, 3,
        "How firmly loud sounds are turned down: 1:1 leaves them alone, 3:1 evens out, 20:1 holds them almost flat.")
    {
        Neutral = 1,
    };

    private static readonly Parameter Attack = new(
        "attack", ParameterUnit.Milliseconds, 0.1, 200, 5,
        "How long a loud sound stays loud before it is turned down: longer keeps the punch of consonants.");

    private static readonly Parameter Release = new(
        "release", ParameterUnit.Milliseconds, 5, 2000, 50,
        "How long it takes to come back up after a loud sound: short sounds busy and tense, long sounds calm.");

    private static readonly Parameter Knee = new(
        "knee", ParameterUnit.Decibels, 0, 24, 6,
        "How gradually compression sets in around the threshold: 0 dB is abrupt, more is gentler.");

    private static readonly Parameter MakeUp = new(
        "make-up", ParameterUnit.Decibels, 0, 24, 0,
        "Turns the whole voice up afterwards, to win back the loudness that was taken away.")
    {
        Neutral = 0,
    };

    private EffectSetup? _setup;
    private EnvelopeFollower? _follower;
    private SegmentClock _clock;
    private ReductionMeter _meter;
    private Ramp _threshold;
    private Ramp _slope;
    private Ramp _knee;
    private Ramp _makeUp;
    private double _attack;
    private double _release;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } = [Threshold, Ratio, Attack, Release, Knee, MakeUp];

    /// <inheritdoc/>
    public GainReduction LastReduction => _meter.Reading;

    private bool IsMoving => _threshold.IsMoving || _slope.IsMoving || _knee.IsMoving || _makeUp.IsMoving;

    /// <inheritdoc/>
    public EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        _follower = new EnvelopeFollower(setup.Format.SampleRate);
        Reset();
        return EffectTiming.Immediate;
    }

    /// <inheritdoc/>
    public void SetParameter(Parameter parameter, double value)
    {
        if (parameter == Threshold)
            _threshold.RampTo(value);
        else if (parameter == Ratio)
            _slope.RampTo(1 - (1 / value));
        else if (parameter == Knee)
            _knee.RampTo(value);
        else if (parameter == MakeUp)
            _makeUp.RampTo(value);
        else if (parameter == Attack)
            _follower?.RampTo(_attack = value, _release);
        else
            _follower?.RampTo(_attack, _release = value);
    }

    /// <inheritdoc/>
    public void Process(AudioBlock block)
    {
        if (_follower is null)
            return;
        _meter.Begin();
        for (int start = 0; start < block.Frames;)
        {
            bool moving = IsMoving;
            int frames = _clock.Take(block.Frames - start, moving || _follower.IsMoving);
            var segment = block.Slice(start, frames);
            for (int channel = 0; channel < segment.Channels; channel++)
                FiniteSamples.Clean(segment[channel]);
            if (moving)
            {
                for (int i = 0; i < frames; i++)
                {
                    _threshold.Next();
                    _slope.Next();
                    _knee.Next();
                    _makeUp.Next();
                    Compress(segment.Slice(i, 1), _follower);
                }
            }
            else
            {
                Compress(segment, _follower);
            }

            start += frames;
            if (_clock.IsAtEdge)
                _follower.Flush();
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        if (_setup is null)
            return;
        _threshold.JumpTo(_setup[Threshold]);
        _slope.JumpTo(1 - (1 / _setup[Ratio]));
        _knee.JumpTo(_setup[Knee]);
        _makeUp.JumpTo(_setup[MakeUp]);
        _attack = _setup[Attack];
        _release = _setup[Release];
        _clock.Reset();
        _meter.Begin();
        _follower?.Clear();
        _follower?.JumpTo(_attack, _release);
    }

    [SkipLocalsInit]
    private void Compress(AudioBlock segment, EnvelopeFollower follower)
    {
        var levels = StackMemory.Aligned(stackalloc float[StackMemory.Spare + SegmentClock.Frames + GainComputer.Spare]);
        GainComputer.LinkedPeaks(segment, levels);
        var computer = new GainComputer((float)_threshold.Value, (float)_slope.Value, (float)_knee.Value);
        computer.ToReduction(levels, segment.Frames);
        follower.Process(levels[..segment.Frames]);
        _meter.AddDecibels(levels[..segment.Frames]);
        GainComputer.ToGain(levels, segment.Frames, (float)_makeUp.Value);
        for (int channel = 0; channel < segment.Channels; channel++)
            GainComputer.Multiply(segment[channel], levels);
    }
}
