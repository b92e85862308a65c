using System;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Listening;
using Xunit;

namespace R3X.FxHost.Tests.Chains;

public sealed class ChainTests
{
    private static readonly AudioFormat Mono = new(44_100, 1);

    [Fact]
    public void An_empty_chain_returns_its_input_bit_for_bit()
    {
        float[] samples = TestSignal.WhiteNoise(-20, 5000);
        float[] before = (float[])samples.Clone();
        Chain.Prepare(ChainPlan.Dry, new ChainSetup(Mono) { MaxFrames = 5000 }).Process(new AudioBlock(samples));
        Assert.Equal(before, samples);
    }

    [Fact]
    public void Latencies_and_tails_of_the_slots_add_up()
    {
        Chain chain = Chain.Prepare(
            TestEffect.Plan(
                TestEffect.Slot(() => new TestEffect((_, _) => { }, 10, 100), "a"),
                TestEffect.Slot(() => new TestEffect((_, _) => { }, 5, 1), "b")),
            new ChainSetup(Mono));
        Assert.Equal(15, chain.LatencyFrames);
        Assert.Equal(101, chain.TailFrames);
        Assert.Equal(["a", "b"], chain.Slots.Select(slot => slot.Step));
    }

    [Fact]
    public void Processing_a_block_allocates_nothing()
    {
        Chain chain = Chain.Prepare(
            TestEffect.Plan(TestEffect.Slot((block, _) => TestEffect.Gain(block, 0.5f), 20)),
                new ChainSetup(new AudioFormat(48_000, 2)));
        var buffer = new AudioBuffer(2, 1024);
        chain.Process(buffer.Block(1024));
        Assert.Equal(0, Allocations.Fewest(() =>
        {
            for (int i = 0; i < 100; i++)
                chain.Process(buffer.Block(1 + (i * 10)));
        }));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1025)]
    [InlineData(2, 10)]
    public void A_block_of_another_shape_is_refused_with_both_shapes_named(int channels, int frames)
    {
        Chain chain = Chain.Prepare(ChainPlan.Dry, new ChainSetup(Mono));
        var buffer = new AudioBuffer(channels, 2000);
        var thrown = Assert.Throws<ArgumentException>(() => chain.Process(buffer.Block(frames)));
        Assert.Contains($"{channels} channels and {frames} frames", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("1 to 1024 frames", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_repeat_offender_sits_out_0_1_3_7_lines_and_is_cleared_by_a_good_line()
    {
        var quarantine = new Quarantine();
        bool broken = true;
        ChainPlan plan = TestEffect.Plan(TestEffect.Slot((_, _) =>
        {
            if (broken)
                throw new InvalidOperationException("broken");
        }));
        Assert.Equal("xx.x...x..", Lines(10));
        broken = false;
        // Five of the seven lines are still to sit out; then it plays and stays.
        Assert.Equal(".....ooooo", Lines(10));

        string Lines(int count) => string.Concat(Enumerable.Range(0, count).Select(_ =>
        {
            Chain chain = Chain.Prepare(plan, new ChainSetup(Mono) { Quarantine = quarantine });
            bool tried = chain.Slots[0].IsActive;
            chain.Process(new AudioBlock(new float[10]));
            chain.LineEnded();
            return !tried ? '.' : chain.Slots[0].IsActive ? 'o' : 'x';
        }));
    }
}
