using System;
using NAudio.Effects;
using NAudio.Wave;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Packs;

/// <summary>
/// The bridge to the effects of NAudio. Every channel has an effect of its own, configured for mono: NAudio's take
/// interleaved samples, and some add the channels up. A setting that the library takes up in steps is structural here,
/// set before the effect is configured; the one that may move is given to it frame by frame.
/// </summary>
/// <typeparam name="TEffect">The effect.</typeparam>
/// <param name="mix">The setting that mixes.</param>
/// <param name="moving">The setting that moves; null where none does.</param>
/// <param name="others">The structural ones.</param>
public abstract class NAudioEffect<TEffect>(Parameter mix, Parameter? moving, params Parameter[] others)
    : MixedEffect(mix, moving is null ? others : [moving, .. others])
    where TEffect : AudioEffect, new()
{
    private readonly float[] _values = new float[SegmentFrames];
    private TEffect[] _effects = [];
    private Ramp _moving;

    /// <summary>Gives a fresh effect its structural settings.</summary>
    protected abstract void Configure(TEffect effect, EffectSetup setup);

    /// <summary>Gives an effect the setting that moves. Audio thread.</summary>
    protected virtual void Move(TEffect effect, float value)
    {
    }

    /// <summary>Frames until the sound is below -80 dB of what went in.</summary>
    protected abstract double TailFrames(EffectSetup setup);

    protected sealed override EffectTiming Make(EffectSetup setup)
    {
        var format = WaveFormat.CreateIeeeFloatWaveFormat(setup.Format.SampleRate, 1);
        _effects = new TEffect[setup.Format.Channels];
        for (int channel = 0; channel < _effects.Length; channel++)
        {
            // All of it, always: the bridge mixes.
            var effect = new TEffect { Mix = 1 };
            Configure(effect, setup);
            if (moving is not null)
                Move(effect, (float)setup[moving]);
            effect.Configure(format);
            _effects[channel] = effect;
        }

        return new EffectTiming(_effects[0].LatencySamples, (int)Math.Ceiling(TailFrames(setup)));
    }

    protected sealed override void ClearLibrary()
    {
        foreach (TEffect effect in _effects)
            effect.Reset();
    }

    protected sealed override void ApplyOthers(bool atOnce)
    {
        if (moving is null || !HasChanged(moving))
            return;
        _moving.MoveTo(this[moving], atOnce);
        for (int channel = 0; atOnce && channel < _effects.Length; channel++)
            Move(_effects[channel], (float)_moving.Value);
    }

    protected sealed override void Process(int channel, Span<float> samples)
    {
        TEffect effect = _effects[channel];
        // The first channel's turn moves the value for all of them.
        if (channel == 0)
            _isMoving = _moving.IsMoving;
        if (!_isMoving)
        {
            effect.Process(samples);
            return;
        }

        for (int i = 0; i < samples.Length; i++)
        {
            if (channel == 0)
                _values[i] = (float)_moving.Next();
            Move(effect, _values[i]);
            effect.Process(samples.Slice(i, 1));
        }
    }

    private bool _isMoving;
}
