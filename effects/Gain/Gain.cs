using System.Collections.Generic;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect("gain", "Gain", EffectRole.Tone)]

namespace R3X.FxHost.Effects;

/// <summary>Louder or quieter, nothing else.</summary>
public sealed class Gain : IEffect
{
    private static readonly Parameter Level = new(
        "level", ParameterUnit.Decibels, -60, 24, 0,
        "Turns the whole voice up or down: 6 dB is twice the amplitude, 0 dB changes nothing.")
    {
        Neutral = 0,
    };

    private EffectSetup? _setup;
    private SegmentClock _clock;
    private Ramp _gain;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } = [Level];

    /// <inheritdoc/>
    public EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        Reset();
        return EffectTiming.Immediate;
    }

    /// <inheritdoc/>
    public void SetParameter(Parameter parameter, double value) => _gain.RampTo(Decibels.ToGain(value));

    /// <inheritdoc/>
    public void Process(AudioBlock block)
    {
        for (int start = 0; start < block.Frames;)
        {
            bool moving = _gain.IsMoving;
            int frames = _clock.Take(block.Frames - start, moving);
            var segment = block.Slice(start, frames);
            var before = _gain;
            for (int channel = 0; channel < segment.Channels; channel++)
            {
                // Every channel walks the same ramp.
                _gain = before;
                var samples = segment[channel];
                FiniteSamples.Clean(samples);
                for (int i = 0; i < samples.Length && moving; i++)
                    samples[i] *= (float)_gain.Next();
                if (!moving && _gain.Value != 1)
                    Amplitude.Scale(samples, (float)_gain.Value);
            }

            start += frames;
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        if (_setup is null)
            return;
        _gain.JumpTo(Decibels.ToGain(_setup[Level]));
        _clock.Reset();
    }
}
