using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>
/// A small effect that keeps every promise: a level in front of a delay of <see cref="Latency"/> frames. What is broken
/// in a broken one is what it overrides.
/// </summary>
internal class HealthyEffect : IEffect
{
    public const int Latency = 20;

    protected static readonly Parameter Level = new(
        "level", ParameterUnit.Percent, 1, 100, 70, "How loud the sound is: 100 % leaves it as it came.");

    private static readonly IReadOnlyList<Parameter> Settings = [Level];

    private Ramp _gain;
    private EffectSetup? _setup;
    private AudioBuffer? _input;

    public virtual IReadOnlyList<Parameter> Parameters => Settings;

    protected virtual Parameter LevelSetting => Level;

    protected bool IsMoving => _gain.IsMoving;

    protected EffectSetup Setup => _setup ?? throw new InvalidOperationException("Not prepared.");

    protected FixedDelay? Delay { get; private set; }

    public virtual EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        Delay = new FixedDelay(setup.Format.Channels, Latency);
        _input = new AudioBuffer(1, setup.MaxFrames);
        Reset();
        return new EffectTiming(Latency, 0);
    }

    public virtual void SetParameter(Parameter parameter, double value) => _gain.RampTo(value / 100);

    public virtual void Process(AudioBlock block)
    {
        Clean(block);
        for (int i = 0; i < block.Frames; i++)
        {
            float gain = NextGain();
            for (int channel = 0; channel < block.Channels; channel++)
                block[channel][i] = Frame(block[channel][i] * gain, channel);
        }

        for (int channel = 0; channel < block.Channels; channel++)
        {
            block[channel].CopyTo(_input![0]);
            Delay!.Process(channel, _input[0][..block.Frames], block[channel]);
        }
    }

    public virtual void Reset()
    {
        _gain.JumpTo(Setup[LevelSetting] / 100);
        Delay?.Clear();
    }

    protected virtual void Clean(AudioBlock block)
    {
        for (int channel = 0; channel < block.Channels; channel++)
            FiniteSamples.Clean(block[channel]);
    }

    protected virtual float NextGain() => (float)_gain.Next();

    protected virtual float Frame(float sample, int channel) => sample;

    protected void JumpTo(double level) => _gain.JumpTo(level);
}
