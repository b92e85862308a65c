using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect("exciter", "Exciter", EffectRole.Drive)]

namespace R3X.FxHost.Effects;

/// <summary>
/// Adds overtones of the upper voice, and nothing else: the input itself passes bit for bit, and what is added vanishes with
/// the level, so the frequency response stays flat.
/// </summary>
public sealed class Exciter : IEffect
{
    // The upper band of speech lies some 20 dB below the whole: the least drive lifts it into reach of the curve, the most
    // makes every syllable a rectified one.
    private const double LeastDrive = 12;
    private const double MostDrive = 42;

    // Below this drive the overtones fade in, so that a movement away from 0 % has no jump.
    private const double FullAmount = 10;

    private static readonly Parameter Frequency = new(
        "frequency", ParameterUnit.Hertz, 1000, 8000, 3000,
        "Only sounds above this pitch are given sparkle: turn it down for a rougher voice, up for a fine shimmer.");

    private static readonly Parameter Drive = new(
        "drive", ParameterUnit.Percent, 0, 100, 30,
        "How many overtones are made: a little adds air, a lot adds grit; 0 % adds nothing.");

    private static readonly Parameter Mix = new(
        "mix", ParameterUnit.Percent, 0, 100, 20,
        "How loud the new overtones are beside the voice; 0 % adds nothing.")
    {
        Neutral = 0,
    };

    private EffectSetup? _setup;
    private double _sampleRate;
    private StateVariableFilter? _split;
    private StateVariableFilter? _clear;
    private OvertoneStage? _stage;
    private FixedDelay? _delay;
    private AudioBuffer? _band;
    private AudioBuffer? _delayed;
    private SegmentClock _clock;
    private Ramp _gain;
    private Ramp _amount;
    private double _frequency;
    private double _drive;
    private double _mix;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } = [Frequency, Drive, Mix];

    private bool IsMoving => _gain.IsMoving || _amount.IsMoving || _split!.IsMoving || _clear!.IsMoving;

    private bool InBand => _frequency <= MatchedFilters.HighestFrequency * _sampleRate;

    private double Gain => Decibels.ToGain(LeastDrive + ((MostDrive - LeastDrive) * _drive / 100));

    // Twice, because a full-wave rectified sine holds less than half of itself as second harmonic.
    private double Amount => InBand ? 2 * _mix / 100 * Math.Min(1, _drive / FullAmount) / Gain : 0;

    /// <inheritdoc/>
    public EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        _sampleRate = setup.Format.SampleRate;
        int channels = setup.Format.Channels;
        _split = new StateVariableFilter(channels);
        _clear = new StateVariableFilter(channels);
        _stage = new OvertoneStage(channels, setup.Quality == RenderQuality.Full);
        _delay = new FixedDelay(channels, _stage.LatencyFrames);
        _band = new AudioBuffer(channels, SegmentClock.Frames);
        _delayed = new AudioBuffer(channels, SegmentClock.Frames);
        Reset();
        if (!InBand)
            setup.Note($"The exciter's frequency of {_frequency:0} Hz is above what a sample rate of {_sampleRate:0} Hz carries, so it adds nothing.");
        return new EffectTiming(_stage.LatencyFrames, _stage.TailFrames + (2 * Design().FramesToDecay(90)));
    }

    /// <inheritdoc/>
    public void SetParameter(Parameter parameter, double value)
    {
        if (parameter == Frequency)
        {
            _frequency = value;
            var coefficients = new StateVariableCoefficients(Design());
            _split?.RampTo(coefficients);
            _clear?.RampTo(coefficients);
        }
        else if (parameter == Drive)
        {
            _drive = value;
        }
        else
        {
            _mix = value;
        }

        _gain.RampTo(Gain);
        _amount.RampTo(Amount);
    }

    /// <inheritdoc/>
    public void Process(AudioBlock block)
    {
        if (_band is null)
            return;
        for (int start = 0; start < block.Frames;)
        {
            int frames = _clock.TakeCells(block.Frames - start, IsMoving);
            Segment(block.Slice(start, frames), _band.Block(frames));
            start += frames;
            if (_clock.IsAtEdge)
            {
                _split!.Flush();
                _clear!.Flush();
            }
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        if (_setup is null)
            return;
        _frequency = _setup[Frequency];
        _drive = _setup[Drive];
        _mix = _setup[Mix];
        _gain.JumpTo(Gain);
        _amount.JumpTo(Amount);
        _clock.Reset();
        var coefficients = new StateVariableCoefficients(Design());
        _split!.Clear();
        _split.JumpTo(coefficients);
        _clear!.Clear();
        _clear.JumpTo(coefficients);
        _stage!.Clear();
        _delay!.Clear();
    }

    private Biquad Design() =>
        MatchedFilters.HighPass(Math.Min(_frequency / _sampleRate, MatchedFilters.HighestFrequency), MatchedFilters.ButterworthQ);

    private void Segment(AudioBlock segment, AudioBlock band)
    {
        for (int channel = 0; channel < segment.Channels; channel++)
        {
            FiniteSamples.Clean(segment[channel]);
            if (_delay!.Frames == 0)
                continue;
            // Long before it is read again: what was written a moment ago at another alignment is slow to come back.
            _delay.Process(channel, segment[channel], _delayed![channel]);
        }

        _split!.Process(segment, band);
        var gain = _gain;
        for (int channel = 0; channel < segment.Channels; channel++)
        {
            _gain = gain;
            _stage!.Process(channel, band[channel], ref _gain);
        }

        // The difference tones that the curve makes below the band would muddy the voice.
        _clear!.Process(band);
        var amount = _amount;
        for (int channel = 0; channel < segment.Channels; channel++)
        {
            _amount = amount;
            Add(channel, segment[channel], band[channel]);
        }
    }

    private void Add(int channel, Span<float> samples, ReadOnlySpan<float> overtones)
    {
        var delayed = _delay!.Frames == 0 ? samples : _delayed![channel][..samples.Length];
        int i = 0;
        for (; i < samples.Length && _amount.IsMoving; i++)
            samples[i] = delayed[i] + ((float)_amount.Next() * overtones[i]);
        float amount = (float)_amount.Value;
        ref float dry = ref MemoryMarshal.GetReference(delayed);
        ref float added = ref MemoryMarshal.GetReference(overtones);
        ref float sum = ref MemoryMarshal.GetReference(samples);
        for (; Vector512.IsHardwareAccelerated && i <= samples.Length - Vector512<float>.Count; i += Vector512<float>.Count)
            (Vector512.LoadUnsafe(ref dry, (nuint)i) + (amount * Vector512.LoadUnsafe(ref added, (nuint)i))).StoreUnsafe(ref sum, (nuint)i);
        for (; i <= samples.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            (Vector256.LoadUnsafe(ref dry, (nuint)i) + (amount * Vector256.LoadUnsafe(ref added, (nuint)i))).StoreUnsafe(ref sum, (nuint)i);
        for (; i < samples.Length; i++)
            samples[i] = delayed[i] + (amount * overtones[i]);
    }
}
