using System.Collections.Generic;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect("test-gain", "Test gain", EffectRole.Tone)]

namespace R3X.FxHost.TestPlugins;

/// <summary>A plugin with nothing wrong with it, built on a library that lies in its folder.</summary>
public sealed class TestGain : PassThrough
{
    private static readonly Parameter Gain = new(
        "gain", ParameterUnit.Decibels, -60, 20, 0, "Turning it up makes the sound louder.");
    private static readonly Parameter[] All = [Gain];

    private Ramp _gain;
    private double _start;

    public override IReadOnlyList<Parameter> Parameters => All;

    public override EffectTiming Prepare(EffectSetup setup)
    {
        _start = Decibels.ToGain(setup[Gain]);
        return base.Prepare(setup);
    }

    public override void SetParameter(Parameter parameter, double value) => _gain.RampTo(Decibels.ToGain(value));

    public override void Process(AudioBlock block)
    {
        for (int frame = 0; frame < block.Frames; frame++)
        {
            float gain = (float)_gain.Next();
            for (int channel = 0; channel < block.Channels; channel++)
                block[channel][frame] *= gain;
        }
    }

    public override void Reset() => _gain.JumpTo(_start);
}
