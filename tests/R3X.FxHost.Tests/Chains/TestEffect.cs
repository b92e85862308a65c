using System;
using System.Collections.Generic;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Tests.Chains;

/// <summary>An effect that does what a test says, block by block.</summary>
internal sealed class TestEffect(TestEffect.Work work, int latencyFrames = 0, int tailFrames = 0) : IEffect
{
    private long _block;

    public delegate void Work(AudioBlock block, long index);

    public IReadOnlyList<Parameter> Parameters => [];

    public EffectTiming Prepare(EffectSetup setup)
    {
        _block = 0;
        return new EffectTiming(latencyFrames, tailFrames);
    }

    public void SetParameter(Parameter parameter, double value)
    {
    }

    public void Process(AudioBlock block) => work(block, _block++);

    public void Reset() => _block = 0;

    public static SlotPlan Slot(Func<IEffect> create, string step = "test", EffectRole role = EffectRole.Tone) =>
        new(step, step, "1.0.0", role, [], [], create);

    public static SlotPlan Slot(
        Work work, int latencyFrames = 0, string step = "test", EffectRole role = EffectRole.Tone) =>
        Slot(() => new TestEffect(work, latencyFrames), step, role);

    public static ChainPlan Plan(params SlotPlan[] slots) => new("test-preset", slots);

    public static void Gain(AudioBlock block, float gain)
    {
        for (int channel = 0; channel < block.Channels; channel++)
        {
            foreach (ref float sample in block[channel])
                sample *= gain;
        }
    }
}
