using System.Collections.Generic;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect("eq", "Equaliser", EffectRole.Tone)]

namespace R3X.FxHost.Effects;

/// <summary>
/// A high-pass against rumble and a peak for presence, then, where a preset asks for them, two shelves and a low-pass: all right
/// up to the top of the band at every sample rate.
/// </summary>
public sealed class Eq : IEffect
{
    private EffectSetup? _setup;
    private EqSettings? _settings;
    private EqBands? _bands;
    private SegmentClock _clock;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters => EqSettings.Parameters;

    /// <inheritdoc/>
    public EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        _settings = new EqSettings();
        _bands = new EqBands(setup.Format);
        Reset();
        foreach (string note in _bands.Notes(_settings))
            setup.Note(note);
        return new EffectTiming(0, _bands.TailFrames(_settings));
    }

    /// <inheritdoc/>
    public void SetParameter(Parameter parameter, double value)
    {
        if (_settings is null)
            return;
        _settings[parameter] = value;
        _bands?.Follow(parameter, _settings);
    }

    /// <inheritdoc/>
    public void Process(AudioBlock block)
    {
        if (_bands is null)
            return;
        for (int start = 0; start < block.Frames;)
        {
            int frames = _clock.TakeCells(block.Frames - start, _bands.AreMoving);
            var segment = block.Slice(start, frames);
            for (int channel = 0; channel < segment.Channels; channel++)
                FiniteSamples.Clean(segment[channel]);
            _bands.Process(segment);
            start += frames;
            if (_clock.IsAtEdge)
                _bands.Flush();
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        if (_setup is null || _settings is null)
            return;
        _clock.Reset();
        _settings.Take(_setup);
        _bands?.Start(_settings);
    }
}
