using System;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect(
    "pitch", "Pitch", EffectRole.Modulation, LatencyIsMeasurable = false,
    Help = "Makes the voice higher or lower, and the throat smaller or larger.")]

namespace R3X.FxHost.Effects;

/// <summary>
/// Shifts the pitch of a voice and, apart from that, its formants. 16 ms late. Made for one voice at a time; music
/// comes through as noise does, unshifted.
/// </summary>
public sealed class Pitch() : SegmentedEffect(Shift, Formants, Mix)
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
        "How much of the shifted voice is heard in place of the plain one: half and half is two voices in chorus, 0 % "
        + "is the plain one.");

    private readonly AudioBuffer _scratch = new(2, ParameterGrid.Frames);
    private PitchTracker _tracker = null!;
    private VoicedPart _voiced = null!;
    private UnvoicedPart _unvoiced = null!;
    private SampleHistory[] _histories = [];
    private int _latency;
    private int _cell;
    private long _now;
    private Ramp _shift;
    private Ramp _formants;
    private Ramp _formantsActive;
    private Ramp _active;

    private bool IsNeutral => (this[Shift] == 0 && this[Formants] == 0) || this[Mix] == 0;

    protected override void Allocate(EffectSetup setup)
    {
        var format = setup.Format;
        _latency = format.Frames(LatencyMilliseconds);

        // What is planned is planned so many frames at a time, about a millisecond.
        _cell = format.SampleRate < 12_000 ? 8 : format.SampleRate < 24_000 ? 16 : ParameterGrid.Frames;
        _tracker = new PitchTracker(format, _latency);
        _voiced = new VoicedPart(_tracker, _latency);
        _unvoiced = new UnvoicedPart(format.SampleRate);
        _histories = new SampleHistory[format.Channels];
        for (int i = 0; i < _histories.Length; i++)
            _histories[i] = new SampleHistory(_latency + (5 * _tracker.LongestPeriod) + 64, ParameterGrid.Frames);
    }

    protected override EffectTiming Describe(EffectSetup setup) =>
        new(_latency, IsNeutral ? 0 : 2 * _tracker.LongestPeriod);

    protected override void Clear()
    {
        _now = 0;
        _tracker.Clear();
        _voiced.Clear();
        foreach (var history in _histories)
            history.Clear();
    }

    protected override void ApplySettings(bool atOnce)
    {
        _shift.MoveTo(this[Shift], atOnce);
        _formants.MoveTo(this[Formants], atOnce);
        _formantsActive.MoveTo(this[Formants] == 0 ? 0 : 1, atOnce);
        _active.MoveTo(IsNeutral ? 0 : this[Mix] / 100, atOnce);
    }

    protected override void ProcessSegment(AudioBlock segment)
    {
        for (int start = 0; start < segment.Frames;)
        {
            int into = (int)(_now % _cell);
            int frames = Math.Min(segment.Frames - start, _cell - into);
            var part = segment.Slice(start, frames);
            if (into == 0)
            {
                _tracker.Update(_now);
                _voiced.Plan(
                    _now - _latency, _now - _latency + _cell, Factor(_shift.Value), Factor(_formants.Value));
            }

            Append(part, _scratch[0][..frames]);
            Synthesize(part, _scratch[0][..frames], _scratch[1][..frames]);
            _now += frames;
            start += frames;
        }
    }

    private static double Factor(double semitones) => Math.Pow(2, semitones / 12);

    private void Append(AudioBlock segment, Span<float> all)
    {
        all.Clear();
        for (int channel = 0; channel < segment.Channels; channel++)
        {
            var samples = segment[channel];
            _histories[channel].Append(samples);
            for (int i = 0; i < samples.Length; i++)
                all[i] += samples[i];
        }

        _tracker.Append(all);
    }

    private void Synthesize(AudioBlock segment, Span<float> shares, Span<float> voice)
    {
        long place = _now - _latency;
        for (int i = 0; i < shares.Length; i++)
            shares[i] = _voiced.Share(place + i);
        var (formants, formantsActive, active) = (_formants, _formantsActive, _active);
        for (int i = 0; i < shares.Length; i++)
            _shift.Next();
        for (int channel = 0; channel < segment.Channels; channel++)
        {
            // Every channel walks the same ramps.
            (_formants, _formantsActive, _active) = (formants, formantsActive, active);
            var history = _histories[channel];
            var samples = segment[channel];
            history.Span(place, samples.Length).CopyTo(samples);
            if (_active.IsMoving || _active.Value != 0)
                _voiced.Play(voice, place, history);
            if (_active.IsMoving || _formantsActive.IsMoving || _formants.IsMoving || _formantsActive.Value != 0)
                Blend(samples, voice, shares, history, place);
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

    private void Blend(
        Span<float> samples, ReadOnlySpan<float> voice, ReadOnlySpan<float> shares, SampleHistory history, long place)
    {
        double factor = Factor(_formants.Value);
        for (int i = 0; i < samples.Length; i++)
        {
            if (_formants.IsMoving)
                factor = Factor(_formants.Next());
            float size = (float)_formantsActive.Next();
            float active = (float)_active.Next();
            if (active == 0)
                continue;
            float plain = samples[i];
            float other = plain;
            if (size != 0 && shares[i] < 1 && place + i >= 0)
                other += size * (_unvoiced.Read(history, place + i, factor) - plain);
            float wet = voice[i] + ((1 - shares[i]) * other);
            samples[i] = plain + (active * (wet - plain));
        }
    }
}
