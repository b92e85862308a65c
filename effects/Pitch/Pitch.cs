using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect("pitch", "Pitch", EffectRole.Modulation, LatencyIsMeasurable = false)]

namespace R3X.FxHost.Effects;

/// <summary>
/// Raises or lowers a voice and, apart from that, makes its owner smaller or larger. 16 ms late. Made for one voice at a time;
/// music comes through as noise does, unshifted.
/// </summary>
public sealed class Pitch : IEffect
{
    private const double LatencyMilliseconds = 16;

    private static readonly Parameter Shift = new(
        "shift", ParameterUnit.Semitones, -12, 12, 3,
        "How much higher or lower the melody of the voice is: 12 semitones are an octave; the speaker stays "
        + "the same size.")
    {
        Neutral = 0,
    };

    private static readonly Parameter Formants = new(
        "formants", ParameterUnit.Semitones, -12, 12, 0,
        "The size of the speaker's throat: 0 st keeps it, above is a smaller creature, below a giant; set as "
        + "shift, it squeaks like fast tape.")
    {
        Neutral = 0,
    };

    private static readonly Parameter Mix = new(
        "mix", ParameterUnit.Percent, 0, 100, 100,
        "How much of the shifted voice is heard in place of the plain one: half and half is two voices in chorus, 0 % is the plain one.");

    private EffectSetup? _setup;
    private VoiceTracker? _tracker;
    private VoicedPart? _voiced;
    private UnvoicedPart? _unvoiced;
    private History[] _histories = [];
    private AudioBuffer? _scratch;
    private int _latency;
    private int _cell;
    private long _now;
    private Ramp _shift;
    private Ramp _formants;
    private Ramp _throat;
    private Ramp _active;
    private double _mix;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } = [Shift, Formants, Mix];

    /// <inheritdoc/>
    public EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        var format = setup.Format;
        _latency = format.Frames(LatencyMilliseconds);

        // What is planned is planned so many frames at a time, about a millisecond.
        _cell = format.SampleRate < 12_000 ? 8 : format.SampleRate < 24_000 ? 16 : ParameterGrid.Frames;
        _tracker = new VoiceTracker(format, _latency);
        _voiced = new VoicedPart(_tracker, _latency);
        _unvoiced = new UnvoicedPart(format.SampleRate);
        _scratch = new AudioBuffer(2, ParameterGrid.Frames);
        _histories = new History[format.Channels];
        for (int i = 0; i < _histories.Length; i++)
            _histories[i] = new History(_latency + (5 * _tracker.LongestPeriod) + 64, ParameterGrid.Frames);
        Reset();
        return new EffectTiming(_latency, IsNeutral ? 0 : 2 * _tracker.LongestPeriod);
    }

    /// <inheritdoc/>
    public void SetParameter(Parameter parameter, double value)
    {
        if (parameter == Shift)
            _shift.RampTo(value);
        else if (parameter == Formants)
            _formants.RampTo(value);
        else
            _mix = value;
        _throat.RampTo(_formants.Target == 0 ? 0 : 1);
        _active.RampTo(IsNeutral ? 0 : _mix / 100);
    }

    /// <inheritdoc/>
    public void Process(AudioBlock block)
    {
        if (_tracker is null || _voiced is null || _unvoiced is null || _scratch is null)
            return;
        for (int start = 0; start < block.Frames;)
        {
            int into = (int)(_now % _cell);
            int frames = Math.Min(block.Frames - start, _cell - into);
            var segment = block.Slice(start, frames);
            if (into == 0)
            {
                _tracker.Update(_now);
                _voiced.Plan(_now - _latency, _now - _latency + _cell, Factor(_shift.Value), Factor(_formants.Value));
            }

            Hear(segment, _tracker, _scratch[0][..frames]);
            Speak(segment, _voiced, _unvoiced, _scratch[0][..frames], _scratch[1][..frames]);
            _now += frames;
            start += frames;
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        if (_setup is null)
            return;
        _mix = _setup[Mix];
        _shift.JumpTo(_setup[Shift]);
        _formants.JumpTo(_setup[Formants]);
        _throat.JumpTo(_setup[Formants] == 0 ? 0 : 1);
        _active.JumpTo(IsNeutral ? 0 : _mix / 100);
        _now = 0;
        _tracker?.Clear();
        _voiced?.Clear();
        foreach (var history in _histories)
            history.Clear();
    }

    private bool IsNeutral => (_shift.Target == 0 && _formants.Target == 0) || _mix == 0;

    private static double Factor(double semitones) => Math.Pow(2, semitones / 12);

    private void Hear(AudioBlock segment, VoiceTracker tracker, Span<float> all)
    {
        all.Clear();
        for (int channel = 0; channel < segment.Channels; channel++)
        {
            var samples = segment[channel];
            FiniteSamples.Clean(samples);
            _histories[channel].Append(samples);
            for (int i = 0; i < samples.Length; i++)
                all[i] += samples[i];
        }

        tracker.Append(all);
    }

    private void Speak(AudioBlock segment, VoicedPart voiced, UnvoicedPart unvoiced, Span<float> shares, Span<float> voice)
    {
        long place = _now - _latency;
        for (int i = 0; i < shares.Length; i++)
            shares[i] = voiced.Share(place + i);
        var (formants, throat, active) = (_formants, _throat, _active);
        for (int i = 0; i < shares.Length; i++)
            _shift.Next();
        for (int channel = 0; channel < segment.Channels; channel++)
        {
            // Every channel walks the same ramps.
            (_formants, _throat, _active) = (formants, throat, active);
            var history = _histories[channel];
            var samples = segment[channel];
            history.Span(place, samples.Length).CopyTo(samples);
            if (_active.IsMoving || _active.Value != 0)
                voiced.Play(voice, place, history);
            if (_active.IsMoving || _throat.IsMoving || _formants.IsMoving || _throat.Value != 0)
                Blend(samples, voice, shares, history, place, unvoiced);
            else
                Blend(samples, voice, shares, (float)_active.Value);
        }
    }

    private static void Blend(Span<float> samples, ReadOnlySpan<float> voice, ReadOnlySpan<float> shares, float active)
    {
        for (int i = 0; active != 0 && i < samples.Length; i++)
        {
            float plain = samples[i];
            float wet = voice[i] + ((1 - shares[i]) * plain);
            samples[i] = plain + (active * (wet - plain));
        }
    }

    private void Blend(Span<float> samples, ReadOnlySpan<float> voice, ReadOnlySpan<float> shares, History history, long place, UnvoicedPart unvoiced)
    {
        double factor = Factor(_formants.Value);
        for (int i = 0; i < samples.Length; i++)
        {
            if (_formants.IsMoving)
                factor = Factor(_formants.Next());
            float size = (float)_throat.Next();
            float active = (float)_active.Next();
            if (active == 0)
                continue;
            float plain = samples[i];
            float other = plain;
            if (size != 0 && shares[i] < 1 && place + i >= 0)
                other += size * (unvoiced.Read(history, place + i, factor) - plain);
            float wet = voice[i] + ((1 - shares[i]) * other);
            samples[i] = plain + (active * (wet - plain));
        }
    }
}
