using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.InteropServices;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect("de-esser", "De-esser", EffectRole.Dynamics)]

namespace R3X.FxHost.Effects;

/// <summary>
/// Turns down only what is high, and only while it is loud: hissing S and SH sounds, which later drives would tear. Below its
/// threshold it returns the input bit for bit.
/// </summary>
public sealed class DeEsser : IEffect, IGainReducer
{
    // An S comes up within a few milliseconds and lasts for fifty or more.
    private const double AttackMilliseconds = 0.5;
    private const double ReleaseMilliseconds = 40;

    // Above the threshold three quarters of the excess are taken away, set in over 6 dB.
    private const float Slope = 0.75f;
    private const float Knee = 6;
    private const float Silence = 1e-10f;

    private static readonly Parameter Frequency = new(
        "frequency", ParameterUnit.Hertz, 2000, 12_000, 5000,
        "Where hissing begins: lower takes the edge off SH as well, higher touches only the sharpest S.");

    private static readonly Parameter Threshold = new(
        "threshold", ParameterUnit.Decibels, -60, 0, -30,
        "Hissing louder than this is turned down: the lower it is, the more of the sharpness goes.");

    private static readonly Parameter Amount = new(
        "amount", ParameterUnit.Decibels, 0, 24, 8,
        "By how much the sharpest S is turned down at most: too much makes the voice lisp, 0 dB changes nothing.")
    {
        Neutral = 0,
    };

    private readonly float[] _levels = new float[SegmentClock.Frames + Vector<float>.Count];
    private EffectSetup? _setup;
    private double _sampleRate;
    private DynamicShelf? _shelf;
    private EnvelopeFollower? _follower;
    private SegmentClock _clock;
    private ReductionMeter _meter;
    private Ramp _warp;
    private Ramp _threshold;
    private Ramp _amount;
    private Ramp _active;
    private double _frequency;
    private double _most;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } = [Frequency, Threshold, Amount];

    /// <summary>How far the shelf above the frequency is turned down.</summary>
    public GainReduction LastReduction => _meter.Reading;

    private bool IsInBand => _frequency <= MatchedFilters.HighestFrequency * _sampleRate;

    private double Warp => DynamicShelf.Warp(Math.Min(_frequency / _sampleRate, MatchedFilters.HighestFrequency));

    private double AmountInBand => IsInBand ? _most : 0;

    // At neutral what was held of an earlier S is let go at once.
    private double Active => AmountInBand == 0 ? 0 : 1;

    private bool IsMoving => _warp.IsMoving || _threshold.IsMoving || _amount.IsMoving || _active.IsMoving;

    /// <inheritdoc/>
    public EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        _sampleRate = setup.Format.SampleRate;
        _shelf = new DynamicShelf(setup.Format.Channels);
        _follower = new EnvelopeFollower(_sampleRate);
        _follower.JumpTo(AttackMilliseconds, ReleaseMilliseconds);
        Reset();
        if (!IsInBand)
            setup.Note($"The frequency of de-esser at {_frequency:0} Hz is above what a sample rate of {_sampleRate:0} Hz carries, so it changes nothing.");
        return new EffectTiming(0, AmountInBand == 0 ? 0 : DynamicShelf.RingFrames(Warp));
    }

    /// <inheritdoc/>
    public void SetParameter(Parameter parameter, double value)
    {
        if (parameter == Frequency)
            _frequency = value;
        else if (parameter == Amount)
            _most = value;
        else
            _threshold.RampTo(value);
        _warp.RampTo(Warp);
        _amount.RampTo(AmountInBand);
        _active.RampTo(Active);
    }

    /// <inheritdoc/>
    public void Process(AudioBlock block)
    {
        if (_shelf is null || _follower is null)
            return;
        _meter.Begin();
        for (int start = 0; start < block.Frames;)
        {
            int frames = _clock.Take(block.Frames - start, IsMoving);
            var segment = block.Slice(start, frames);
            for (int channel = 0; channel < segment.Channels; channel++)
                FiniteSamples.Clean(segment[channel]);
            Amplitude.LinkedPeaks(_shelf.Split(segment, ref _warp), _levels);
            ToReduction(frames);
            _follower.Process(_levels.AsSpan(0, frames));
            ToRoot(frames);
            _shelf.Cut(segment, _levels);
            start += frames;
            if (_clock.IsAtEdge)
            {
                _shelf.Flush();
                _follower.Flush();
            }
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        if (_setup is null)
            return;
        _frequency = _setup[Frequency];
        _most = _setup[Amount];
        _warp.JumpTo(Warp);
        _threshold.JumpTo(_setup[Threshold]);
        _amount.JumpTo(AmountInBand);
        _active.JumpTo(Active);
        _clock.Reset();
        _meter.Begin();
        _shelf?.Clear();
        _follower?.Clear();
    }

    // Peaks to decibels to be taken away, in place.
    private void ToReduction(int frames)
    {
        int i = 0;
        for (; i < frames && (_threshold.IsMoving || _amount.IsMoving); i++)
            _levels[i] = Reduction(new Vector<float>(_levels[i]), (float)_threshold.Next(), (float)_amount.Next())[0];
        float threshold = (float)_threshold.Value, amount = (float)_amount.Value;
        ref float first = ref MemoryMarshal.GetArrayDataReference(_levels);
        for (; i < frames; i += Vector<float>.Count)
            Vector.StoreUnsafe(Reduction(Vector.LoadUnsafe(ref first, (nuint)i), threshold, amount), ref first, (nuint)i);
    }

    // Decibels to the square root of a factor, exactly 1 where nothing is to be done.
    private void ToRoot(int frames)
    {
        int moving = 0;
        for (; moving < frames && _active.IsMoving; moving++)
            _levels[moving] *= (float)_active.Next();
        Amplitude.Scale(_levels.AsSpan(moving, frames - moving), (float)_active.Value);
        _meter.AddDecibels(_levels.AsSpan(0, frames));
        ref float first = ref MemoryMarshal.GetArrayDataReference(_levels);
        for (int i = 0; i < frames; i += Vector<float>.Count)
        {
            var reduction = Vector.LoadUnsafe(ref first, (nuint)i);
            Vector.StoreUnsafe(Exponential.Exp2(reduction * (-0.5f * Exponential.OctavesPerDecibel)), ref first, (nuint)i);
        }
    }

    private static Vector<float> Reduction(Vector<float> peak, float threshold, float amount)
    {
        var level = Exponential.Log2(Vector.Max(peak, new Vector<float>(Silence))) * Exponential.DecibelsPerOctave;
        var above = Vector.Max(level - new Vector<float>(threshold), Vector<float>.Zero);
        var inKnee = Vector.Min(above, new Vector<float>(Knee));
        var reduction = Slope * ((inKnee * inKnee * (1 / (2 * Knee))) + (above - inKnee));
        return Vector.Min(reduction, new Vector<float>(amount));
    }
}
