using System.Collections.Generic;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect("tremolo", "Tremolo", EffectRole.Modulation)]

namespace R3X.FxHost.Effects;

/// <summary>Loudness that swings as a sine: a shiver when slow, a battle droid's rasp at 120 Hz. It starts at full loudness.</summary>
public sealed class Tremolo : IEffect
{
    private static readonly Parameter Rate = new(
        "rate", ParameterUnit.Hertz, 0.1, 150, 6,
        "How many times a second the voice swells: 4 to 8 Hz trembles, above 30 Hz it is heard as a rough buzz.");

    private static readonly Parameter Depth = new(
        "depth", ParameterUnit.Percent, 0, 100, 40,
        "How far the voice sinks between two swells: 100 % down to silence, 0 % changes nothing.")
    {
        Neutral = 0,
    };

    private EffectSetup? _setup;
    private AmplitudeModulation? _modulation;
    private SegmentClock _clock;
    private double _rate;
    private double _depth;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } = [Rate, Depth];

    // A cosine that goes down to -1 takes the factor down to 1 - 2 * amount.
    private double Amount => _depth / 200;

    /// <inheritdoc/>
    public EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        _modulation = new AmplitudeModulation(setup.Format.SampleRate);
        Reset();
        return EffectTiming.Immediate;
    }

    /// <inheritdoc/>
    public void SetParameter(Parameter parameter, double value)
    {
        if (parameter == Rate)
            _rate = value;
        else
            _depth = value;
        _modulation?.RampTo(_rate, Amount);
    }

    /// <inheritdoc/>
    public void Process(AudioBlock block)
    {
        if (_modulation is null)
            return;
        for (int start = 0; start < block.Frames;)
        {
            int frames = _clock.Take(block.Frames - start, _modulation.IsMoving);
            var segment = block.Slice(start, frames);
            for (int channel = 0; channel < segment.Channels; channel++)
                FiniteSamples.Clean(segment[channel]);
            _modulation.Process(segment);
            start += frames;
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        if (_setup is null)
            return;
        _rate = _setup[Rate];
        _depth = _setup[Depth];
        _clock.Reset();
        _modulation?.Start(_rate, Amount);
    }
}
