using System;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;
using R3X.FxHost.Tests.Listening;
using Xunit;

namespace R3X.FxHost.Tests.Chains;

public sealed class GainStageTests
{
    private static readonly AudioFormat Stereo = new(44_100, 2);

    [Fact]
    public void The_gains_stand_in_front_of_the_chain_and_of_its_last_limiter()
    {
        float first = 0;
        float between = 0;
        float last = 0;
        ChainPlan plan = TestEffect.Plan(
            TestEffect.Slot((block, _) => first = block[0][0], step: "limit-early", role: EffectRole.Limiter),
            TestEffect.Slot((block, _) => between = block[0][0], step: "tone"),
            TestEffect.Slot((block, _) => last = block[0][0], step: "limit", role: EffectRole.Limiter));
        Chain chain = Chain.Prepare(plan,
            new ChainSetup(new AudioFormat(44_100, 1)) { Reference = new ChainGain(6), Match = new ChainGain(-12) });
        chain.Process(new AudioBlock(new float[] { 0.1f }));
        Assert.Equal(0.1 * Decibels.ToGain(6), first, 1e-6);
        Assert.Equal(first, between);
        Assert.Equal(0.1 * Decibels.ToGain(-6), last, 1e-6);
    }

    [Fact]
    public void Without_a_limiter_the_second_gain_stands_at_the_end_and_the_clamp_behind_it()
    {
        Chain chain = Chain.Prepare(TestEffect.Plan(TestEffect.Slot((block, _) => Assert.Equal(0.1f, block[0][0]))),
            new ChainSetup(new AudioFormat(44_100, 1)) { Match = new ChainGain(30) });
        float[] sample = [0.1f];
        chain.Process(new AudioBlock(sample));
        Assert.Equal(1, sample[0]);
        Assert.All(chain.Slots, slot => Assert.True(slot.IsActive));
    }

    [Fact]
    public void A_gain_that_makes_a_sample_absurd_costs_no_effect_its_slot()
    {
        Chain chain = Chain.Prepare(TestEffect.Plan(TestEffect.Slot((_, _) => { })),
            new ChainSetup(new AudioFormat(44_100, 1)) { Reference = new ChainGain(20) });
        float[] sample = [-8f];
        chain.Process(new AudioBlock(sample));
        Assert.All(chain.Slots, slot => Assert.True(slot.IsActive));
        Assert.Equal(-1, sample[0]);
    }

    [Fact]
    public void A_gain_that_moves_does_so_on_the_lines_own_grid()
    {
        float[] line = TestSignal.WhiteNoise(-20, 8_192);
        float[] whole = Moved(line, 4_096);
        foreach (int size in (int[])[1, 10, 31, 32, 256, 1_024])
            Assert.Equal(whole, Moved(line, size));
    }

    [Fact]
    public void A_gain_that_moves_allocates_nothing()
    {
        var chain = Chain.Prepare(TestEffect.Plan(TestEffect.Slot((_, _) => { })),
            new ChainSetup(Stereo) { Reference = new ChainGain(0, new Climbing()), Match = new ChainGain(3) });
        var buffer = new AudioBuffer(2, 500);
        chain.Process(buffer.Block(500));
        Assert.Equal(0, Allocations.Fewest(() =>
        {
            for (int i = 0; i < 100; i++)
                chain.Process(buffer.Block(500));
        }));
    }

    [Fact]
    public void A_rehearsal_leaves_no_fault_on_record()
    {
        var quarantine = new Quarantine();
        int told = 0;
        ChainPlan plan = TestEffect.Plan(TestEffect.Slot((_, _) => throw new InvalidOperationException("always")));
        var setup = new ChainSetup(Stereo) { Quarantine = quarantine, OnFault = _ => told++, IsDryRun = true };
        for (int i = 0; i < 3; i++)
            Chain.Prepare(plan, setup).Process(new AudioBuffer(2, 64).Block(64));
        Assert.Equal(0, told);
        // Two real faults in a row cost the next line; rehearsals ask without using that up.
        for (int i = 0; i < 2; i++)
            Chain.Prepare(plan, setup with { IsDryRun = false }).Process(new AudioBuffer(2, 64).Block(64));
        Assert.Equal(2, told);
        Assert.False(Chain.Prepare(plan, setup).Slots[0].IsActive);
        Assert.False(Chain.Prepare(plan, setup).Slots[0].IsActive);
        Assert.False(Chain.Prepare(plan, setup with { IsDryRun = false }).Slots[0].IsActive);
        Assert.True(Chain.Prepare(plan, setup with { IsDryRun = false }).Slots[0].IsActive);
    }

    private static float[] Moved(float[] line, int size)
    {
        float[] samples = (float[])line.Clone();
        var chain = Chain.Prepare(
            ChainPlan.Dry, new ChainSetup(Stereo) { MaxFrames = 4_096, Reference = new ChainGain(-6, new Climbing()) });
        for (int at = 0; at < samples.Length / 2; at += size)
            chain.Process(new AudioBlock(samples, 2, samples.Length / 2, samples.Length / 2).Slice(
                at, Math.Min(size, (samples.Length / 2) - at)));
        Assert.NotEqual(line[^1], samples[^1]);
        return samples;
    }

    private sealed class Climbing : IGainFollower
    {
        private double _gain;
        private int _cells;

        public double NextGainDb() => ++_cells % 3 == 0 ? _gain += 0.1 : _gain;

        public void Hear(AudioBlock arriving)
        {
            foreach (float sample in arriving[0])
                _gain += sample * 1e-3;
        }

        public void Reset() => _gain = -6;
    }
}
