using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect("limiter", "Limiter", EffectRole.Limiter)]

namespace R3X.FxHost.Effects;

/// <summary>
/// Holds a ceiling that no peak passes, not even between samples: it looks ahead, fades down before the peak, holds, and comes
/// back. What stays below the ceiling passes bit for bit.
/// </summary>
public sealed class Limiter : IEffect, IGainReducer
{
    // The whole latency where the sample rate leaves little room, in milliseconds.
    private const double LowRateLatency = 2;
    private const int LowRate = 32_000;

    private static readonly Parameter Ceiling = new(
        "ceiling", ParameterUnit.Decibels, -24, 0, -1,
        "No peak gets louder than this: -1 dB is safe for every loudspeaker and every later conversion.");

    private static readonly Parameter Release = new(
        "release", ParameterUnit.Milliseconds, 10, 1000, 80,
        "How long it takes to come back up after a peak: short is louder and rougher, long is smoother.");

    private static readonly Parameter LookAhead = new(
        "look-ahead", ParameterUnit.Milliseconds, 0.2, 5, 1.5,
        "How early it starts to fade down before a peak: longer is cleaner, but delays the voice by as much.",
        structural: true);

    private readonly float[] _reductions = new float[SegmentClock.Frames];
    private EffectSetup? _setup;
    private PeakDetector[] _detectors = [];
    private LimiterGain? _gain;
    private FixedDelay? _delay;
    private FixedDelay? _ceilingDelay;
    private AudioBuffer? _delayed;
    private readonly AudioBuffer _ceilings = new(2, SegmentClock.Frames);
    private SegmentClock _clock;
    private ReductionMeter _meter;
    private Ramp _ceiling;
    private int _steady;
    private int _filled;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } = [Ceiling, Release, LookAhead];

    /// <inheritdoc/>
    public GainReduction LastReduction => _meter.Reading;

    /// <inheritdoc/>
    public EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        var format = setup.Format;
        var lengths = LimiterLengths.For(format, setup[LookAhead], setup.Quality, format.SampleRate < LowRate ? LowRateLatency : null);
        if (lengths.Fade < format.Frames(setup[LookAhead]))
            setup.Note($"The limiter's look-ahead is shortened to {format.Milliseconds(lengths.Fade):0.00} ms to keep its latency within 2 ms at {format.SampleRate} Hz; it distorts a little more.");
        _detectors = new PeakDetector[format.Channels];
        for (int i = 0; i < _detectors.Length; i++)
            _detectors[i] = new PeakDetector(lengths.DetectorReach);
        _gain = new LimiterGain(lengths, format.SampleRate);
        _delay = new FixedDelay(format.Channels, lengths.Latency);
        _delayed = new AudioBuffer(format.Channels, SegmentClock.Frames);
        _ceilingDelay = new FixedDelay(1, lengths.Latency);
        Reset();
        return new EffectTiming(lengths.Latency, 0);
    }

    /// <inheritdoc/>
    public void SetParameter(Parameter parameter, double value)
    {
        if (parameter == Ceiling)
            _ceiling.RampTo(Decibels.ToGain(value));
        else if (parameter == Release)
            _gain?.RampRelease(value);
    }

    /// <inheritdoc/>
    public void Process(AudioBlock block)
    {
        if (_gain is null || _delay is null)
            return;
        _meter.Begin();
        for (int start = 0; start < block.Frames;)
        {
            int position = _clock.Position;
            int frames = _clock.Take(block.Frames - start, _ceiling.IsMoving || _gain.IsMoving);
            Segment(block.Slice(start, frames), _gain, _delay, position);
            start += frames;
            if (_clock.IsAtEdge)
                _gain.Settle();
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        if (_setup is null)
            return;
        _ceiling.JumpTo(Decibels.ToGain(_setup[Ceiling]));
        (_steady, _filled) = (0, 0);
        _clock.Reset();
        _meter.Begin();
        foreach (var detector in _detectors)
            detector.Clear();
        _gain?.Clear();
        _gain?.JumpRelease(_setup[Release]);
        _delay?.Clear();
        _ceilingDelay?.Clear();

        // No frame older than the line may clamp the line's first ones.
        for (int left = _ceilingDelay?.Frames ?? 0; left > 0; left -= SegmentClock.Frames)
        {
            var now = _ceilings[0][..Math.Min(left, SegmentClock.Frames)];
            now.Fill((float)_ceiling.Value);
            _ceilingDelay?.Process(0, now, _ceilings[1][..now.Length]);
        }
    }

    private void Segment(AudioBlock segment, LimiterGain gain, FixedDelay delay, int position)
    {
        int frames = segment.Frames;
        var ceilings = _ceilings[0][..frames];
        var limits = _ceilings[1][..frames];
        _steady = _ceiling.IsMoving ? 0 : Math.Min(_steady + frames, int.MaxValue / 2);
        FillCeilings(ceilings, limits);
        float ceiling = LimiterGain.Margin * Math.Min(ceilings[0], ceilings[^1]);
        bool near = false;
        for (int channel = 0; channel < segment.Channels; channel++)
        {
            // The delay comes long before it is read: what was written a moment ago at another alignment is slow to come back.
            FiniteSamples.Clean(segment[channel]);
            delay.Process(channel, segment[channel], _delayed![channel]);
            near |= _detectors[channel].IsNear(segment[channel], ceiling);
        }

        // The loudest channel decides for all, or the voice would wander between the loudspeakers.
        bool active = (near || gain.IsActive) && Reduce(segment, ceilings, ceiling, gain, position);
        if (active)
            _meter.AddShares(_reductions.AsSpan(0, frames));
        else
            _meter.AddNothing(frames);
        for (int channel = 0; channel < segment.Channels; channel++)
        {
            var delayed = _delayed![channel][..frames];
            _detectors[channel].Advance(segment[channel]);
            if (active)
                LimiterGain.Apply(delayed, _reductions, limits, segment[channel]);
            else
                delayed.CopyTo(segment[channel]);
        }
    }

    private bool Reduce(AudioBlock segment, ReadOnlySpan<float> ceilings, float ceiling, LimiterGain gain, int position)
    {
        var reductions = _reductions.AsSpan(0, segment.Frames);
        reductions.Clear();
        for (int channel = 0; channel < segment.Channels; channel++)
            _detectors[channel].RaisePeaks(segment[channel], reductions, ceiling);
        return gain.Process(reductions, ceilings, position);
    }

    // A ceiling that has stood for longer than the latency is the same before and behind it.
    private void FillCeilings(Span<float> ceilings, Span<float> limits)
    {
        if (_steady > ceilings.Length + _ceilingDelay!.Frames)
        {
            if (_filled >= ceilings.Length)
                return;
            _ceilings[0].Fill((float)_ceiling.Value);
            _ceilings[1].Fill((float)_ceiling.Value);
            _filled = SegmentClock.Frames;
            return;
        }

        _filled = 0;
        if (_ceiling.IsMoving)
        {
            foreach (ref float ceiling in ceilings)
                ceiling = (float)_ceiling.Next();
        }
        else
        {
            ceilings.Fill((float)_ceiling.Value);
        }

        _ceilingDelay.Process(0, ceilings, limits);
    }
}
