using System;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect(
    "gate", "Gate", EffectRole.Dynamics,
    Help = "Silences what is quieter than speech: breath, hum and room between the words.")]

namespace R3X.FxHost.Effects;

/// <summary>Turns the pauses down, all channels by the same gain.</summary>
public sealed class Gate() : SegmentedEffect(Threshold, Range, Attack, Hold, Release), IGainReducer
{
    private static readonly Parameter Threshold = new(
        "threshold", ParameterUnit.Decibels, -80, 0, -45,
        "Sounds that reach this level open the gate: turn it up until the noise between words is gone, and no "
        + "further.");

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

    private readonly float[] _gains = new float[SegmentFrames];
    private GateEnvelope _envelope = null!;
    private ReductionMeter _meter;
    private Ramp _open;
    private Ramp _floor;
    private Ramp _attack;
    private Ramp _release;
    private int _hold;

    /// <inheritdoc/>
    public GainReduction LastReduction => _meter.Reading;

    private bool IsMoving => _open.IsMoving || _floor.IsMoving || _attack.IsMoving || _release.IsMoving;

    private GateSettings Now => new(_open.Value, _floor.Value, _attack.Value, _release.Value, _hold);

    protected override void Allocate(EffectSetup setup) => _envelope = new GateEnvelope(setup.Format.SampleRate);

    protected override void Clear()
    {
        _meter.Begin();
        _envelope.Clear();
    }

    protected override void ApplySettings(bool atOnce)
    {
        _open.MoveTo(Decibels.ToGain(this[Threshold]), atOnce);
        _floor.MoveTo(Decibels.ToGain(-this[Range]), atOnce);
        _attack.MoveTo(TimeConstant.Keep(this[Attack], Format.SampleRate), atOnce);
        _release.MoveTo(TimeConstant.Keep(this[Release], Format.SampleRate), atOnce);
        _hold = Format.Frames(this[Hold]);
    }

    protected override void BeginBlock() => _meter.Begin();

    protected override void ProcessSegment(AudioBlock segment)
    {
        var gains = _gains.AsSpan(0, segment.Frames);
        Amplitude.LinkedPeaks(segment, gains);
        if (IsMoving)
            Move(gains);
        else
            _envelope.Process(gains, Now);
        _meter.AddFactors(gains);
        for (int channel = 0; channel < segment.Channels; channel++)
            Amplitude.Multiply(segment[channel], gains);
    }

    protected override void Flush() => _envelope.Flush();

    private void Move(Span<float> gains)
    {
        for (int i = 0; i < gains.Length; i++)
        {
            _open.Next();
            _floor.Next();
            _attack.Next();
            _release.Next();
            _envelope.Process(gains.Slice(i, 1), Now);
        }
    }
}
