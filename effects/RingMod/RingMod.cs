using System.Collections.Generic;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect("ring-mod", "Ring modulator", EffectRole.Modulation)]

namespace R3X.FxHost.Effects;

/// <summary>
/// The voice multiplied by a tone: every pitch in it becomes two, the tone's frequency above and below, and the tone itself is
/// not heard. The sound of film robots since 1963.
/// </summary>
public sealed class RingMod : IEffect
{
    private static readonly Parameter Frequency = new(
        "frequency", ParameterUnit.Hertz, 1, 5000, 50,
        "The tone the voice is multiplied by: 1 to 20 Hz flutters, 30 to 100 Hz growls like a robot, more turns speech into bells.");

    private static readonly Parameter Mix = new(
        "mix", ParameterUnit.Percent, 0, 100, 25,
        "How much of the robot replaces the plain voice: words stay clear below 30 % and at 100 %; 0 % "
        + "changes nothing.")
    {
        Neutral = 0,
    };

    private EffectSetup? _setup;
    private AmplitudeModulation? _modulation;
    private SegmentClock _clock;
    private double _frequency;
    private double _mix;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } = [Frequency, Mix];

    /// <inheritdoc/>
    public EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        _modulation = new AmplitudeModulation(setup.Format.SampleRate);
        Reset();
        if (!_modulation.Carries(_frequency))
            setup.Note($"The frequency of ring-mod at {_frequency:0} Hz is above what a sample rate of {setup.Format.SampleRate} Hz carries, so it changes nothing.");
        return EffectTiming.Immediate;
    }

    /// <inheritdoc/>
    public void SetParameter(Parameter parameter, double value)
    {
        if (parameter == Frequency)
            _frequency = value;
        else
            _mix = value;
        _modulation?.RampTo(_frequency, _mix / 100);
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
        _frequency = _setup[Frequency];
        _mix = _setup[Mix];
        _clock.Reset();
        _modulation?.Start(_frequency, _mix / 100);
    }
}
