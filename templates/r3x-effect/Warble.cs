using System;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect(
    "warble", "Warble", EffectRole.Modulation,
    Help = "Lets the voice swell as a loose contact does.")]

namespace WarbleEffect;

/// <summary>Loudness that swings as a sine, as a loose contact makes it.</summary>
public sealed class Warble() : SegmentedEffect(Rate, Depth)
{
    private static readonly Parameter Rate = new(
        "rate", ParameterUnit.Hertz, 0.5, 40, 9, "How many times a second the voice swells.");

    private static readonly Parameter Depth = new(
        "depth", ParameterUnit.Percent, 0, 100, 60,
        "How far the voice sinks between two swells: 100 % down to silence, 0 % changes nothing.")
    {
        Neutral = 0,
    };

    private Oscillator _swing = null!;
    private Ramp _depth;

    protected override void Allocate(EffectSetup setup) => _swing = new Oscillator(setup.Format.SampleRate);

    protected override void Clear() => _swing.Clear();

    protected override void ApplySettings(bool atOnce)
    {
        if (atOnce)
            _swing.JumpTo(this[Rate]);
        else
            _swing.RampTo(this[Rate]);
        _depth.MoveTo(this[Depth] / 100, atOnce);
    }

    protected override void ProcessSegment(AudioBlock segment)
    {
        // A cosine from 1 down to -1 becomes a gain from 1 down to 1 - depth.
        Span<float> gains = _swing.Next(segment.Frames);
        for (int i = 0; i < gains.Length; i++)
            gains[i] = 1 + ((float)_depth.Next() * (gains[i] - 1) / 2);
        for (int channel = 0; channel < segment.Channels; channel++)
            Amplitude.Multiply(segment[channel], gains);
    }
}
