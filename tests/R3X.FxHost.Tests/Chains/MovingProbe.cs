using System;
using System.Collections.Generic;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Tests.Chains;

/// <summary>A gain in percent that keeps what it is told. Its tail is as many frames as its share.</summary>
internal sealed class MovingProbe : IEffect
{
    private EffectSetup? _setup;
    private Ramp _gain;

    public static Parameter Hertz { get; } = new("frequency", ParameterUnit.Hertz, 20, 2000, 100, "Which tone.");

    public static Parameter Share { get; } = new("share", ParameterUnit.Percent, 0, 100, 50, "How much.");

    public IReadOnlyList<Parameter> Parameters => [Hertz, Share];

    public bool Throws { get; init; }

    public List<double> Told { get; } = [];

    public List<int> Blocks { get; } = [];

    public static SlotPlan Slot(Parameter parameter, Modulation? modulation, Func<IEffect>? create = null)
    {
        SettingValue moving = modulation is null ? parameter.Default : SettingValue.Of(modulation);
        return new("test", "test", "1.0.0", EffectRole.Tone, [Hertz, Share],
            parameter == Hertz ? [moving, 50] : [100, moving], create ?? (() => new MovingProbe()));
    }

    public double Start(Parameter parameter) => _setup![parameter];

    public EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        Reset();
        return new EffectTiming(0, (int)setup[Share]);
    }

    public void SetParameter(Parameter parameter, double value)
    {
        if (Throws)
            throw new InvalidOperationException("It will not be moved.");
        Told.Add(value);
        if (parameter == Share)
            _gain.RampTo(value / 100);
    }

    public void Process(AudioBlock block)
    {
        Blocks.Add(block.Frames);
        for (int i = 0; i < block.Frames; i++)
        {
            float gain = (float)_gain.Next();
            for (int channel = 0; channel < block.Channels; channel++)
                block[channel][i] *= gain;
        }
    }

    public void Reset() => _gain.JumpTo(_setup![Share] / 100);
}
