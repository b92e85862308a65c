using System;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect(
    "saturation", "Saturation", EffectRole.Drive,
    Help = "Adds warmth; a lot of it is grit.")]

namespace R3X.FxHost.Effects;

/// <summary>Warm to fierce distortion through tanh, oversampled four times, as loud as before.</summary>
// Not NAudio's or NWaves' distortion: measured, their aliases are only 32 dB down.
public sealed class Saturation() : SegmentedEffect(Drive, Mix)
{
    // Below this drive the curve fades in, so that a movement away from 0 % has no jump.
    private const double FullCurve = 10;

    private static readonly Parameter Drive = new(
        "drive", ParameterUnit.Percent, 0, 100, 15,
        "How hard the voice is pushed into the curve: a little is warm, a lot is a fierce, torn loudspeaker; 0 % is "
        + "clean.");

    private static readonly Parameter Mix = new(
        "mix", ParameterUnit.Percent, 0, 100, 100,
        "How much of the driven voice replaces the clean one; 0 % is clean.")
    {
        Neutral = 0,
    };

    private readonly AudioBuffer _dry = new(1, SegmentFrames);
    private IDriveStage _stage = null!;
    private FixedDelay _delay = null!;
    private DriveRamps _curve;
    private Ramp _active;

    protected override void Allocate(EffectSetup setup)
    {
        int channels = setup.Format.Channels;
        _stage = setup.Quality == RenderQuality.Full ? new OversampledStage(channels) : new PlainStage();
        _delay = new FixedDelay(channels, _stage.LatencyFrames);
    }

    protected override EffectTiming Describe(EffectSetup setup) => new(_stage.LatencyFrames, _stage.TailFrames);

    protected override void Clear()
    {
        _stage.Clear();
        _delay.Clear();
    }

    protected override void ApplySettings(bool atOnce)
    {
        double drive = this[Drive];
        double blend = this[Mix] / 100 * Math.Min(1, drive / FullCurve);
        _curve.MoveTo(Decibels.ToGain(24 * drive / 100), LevelMatch.Factor(drive), blend, atOnce);

        // At neutral the output is the delayed input itself, not what the filters made of it.
        _active.MoveTo(blend == 0 ? 0 : 1, atOnce);
    }

    protected override void ProcessSegment(AudioBlock segment)
    {
        var (curve, active) = (_curve, _active);
        for (int channel = 0; channel < segment.Channels; channel++)
        {
            // Every channel has the same ramps.
            (_curve, _active) = (curve, active);
            var samples = segment[channel];
            var dry = _dry[0][..samples.Length];
            if (_active.IsMoving || _active.Value == 0)
                _delay.Process(channel, samples, dry);
            else
                _delay.Skip(channel, samples);
            _stage.Drive(channel, samples, ref _curve);
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
