using System;
using System.Collections.Generic;
using System.Threading;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Listening;
using Xunit;

namespace R3X.FxHost.Tests.Chains;

public sealed class GuardTests
{
    private const int Rate = 44_100;
    private const int BlockFrames = 256;
    private const int BadBlock = 40;

    private static readonly AudioFormat Mono = new(Rate, 1);

    public static TheoryData<FaultCause> Misbehaviours =>
        [FaultCause.Threw, FaultCause.NotFinite, FaultCause.Runaway, FaultCause.TooSlow];

    [Theory]
    [MemberData(nameof(Misbehaviours))]
    public void A_sine_goes_on_without_a_click_when_an_effect_that_halves_it_misbehaves(FaultCause cause)
    {
        var clock = new ManualClock();
        var faults = new List<SlotFault>();
        Chain chain = Chain.Prepare(
            TestEffect.Plan(TestEffect.Slot((block, index) => Misbehave(cause, clock, block, index, 0.5f))),
            new ChainSetup(Mono) { Clock = clock, ThreadTime = null, OnFault = faults.Add });

        float[] samples = TestSignal.Sine(100, -12, Rate, Rate);
        Run(chain, samples);

        SlotFault fault = Assert.Single(faults);
        Assert.Equal(cause, fault.Cause);
        Assert.Equal(BadBlock, fault.Block);
        Assert.Equal(BadBlock * BlockFrames, fault.Frame);
        Assert.Equal("test-preset", fault.PresetId);
        int handOver = (BadBlock + (cause == FaultCause.TooSlow ? 1 : 0)) * BlockFrames;
        Assert.InRange(HighBand.Around(samples, handOver, Rate), double.NegativeInfinity, -60);
        float[] dry = TestSignal.Sine(100, -12, Rate, Rate);
        int faded = handOver + (Rate / 100) + 1;
        Assert.Equal(dry[faded..], samples[faded..]);
    }

    [Fact]
    public void A_guard_that_simply_switched_to_dry_would_be_heard_as_a_click()
    {
        // The measure itself must be able to fail: the same hand-over without the fading offset.
        float[] samples = TestSignal.Sine(100, -12, Rate, Rate);
        int handOver = (BadBlock * BlockFrames) + 80;
        for (int i = 0; i < handOver; i++)
            samples[i] *= 0.5f;
        Assert.InRange(HighBand.Around(samples, handOver, Rate), -60, 0);
    }

    [Fact]
    public void The_dry_sound_of_a_quarantined_slot_keeps_the_slots_latency()
    {
        const int latency = 37;
        var delayed = new DelayedPass(latency, throwOnBlock: 5);
        Chain chain = Chain.Prepare(TestEffect.Plan(TestEffect.Slot(() => delayed)), new ChainSetup(Mono));
        float[] dry = TestSignal.WhiteNoise(-20, 20 * BlockFrames);
        float[] samples = (float[])dry.Clone();
        Run(chain, samples);
        Assert.Equal(latency, chain.LatencyFrames);
        for (int i = latency; i < samples.Length; i++)
            Assert.Equal(dry[i - latency], samples[i], 1e-6f);
    }

    [Fact]
    public void An_echo_after_silence_is_no_runaway()
    {
        // One click, and its echo half a second later at half its level.
        const int delay = Rate / 2;
        Chain chain = Chain.Prepare(
            TestEffect.Plan(TestEffect.Slot(() => new Echo(delay))),
            new ChainSetup(Mono) { OnFault = fault => Assert.Fail(fault.ToString()) });
        var samples = new float[Rate];
        samples[10] = 0.9f;
        Run(chain, samples);
        Assert.Equal(0.45f, samples[10 + delay]);
    }

    [Fact]
    public void A_gain_of_41_dB_is_a_runaway_and_one_of_39_dB_is_not()
    {
        Assert.True(Survives(39));
        Assert.False(Survives(41));

        static bool Survives(double gainDb)
        {
            float gain = (float)Math.Pow(10, gainDb / 20);
            Chain chain = Chain.Prepare(
                TestEffect.Plan(TestEffect.Slot((block, _) => TestEffect.Gain(block, gain))), new ChainSetup(Mono));
            Run(chain, TestSignal.Sine(500, -50, Rate, Rate / 10));
            return chain.Slots[0].IsActive;
        }
    }

    [Fact]
    public void Three_slow_blocks_in_a_row_are_forgiven_and_four_are_not()
    {
        Assert.True(Survives(3));
        Assert.False(Survives(4));

        static bool Survives(int slowBlocks)
        {
            var clock = new ManualClock();
            Chain chain = Chain.Prepare(
                TestEffect.Plan(TestEffect.Slot((_, index) =>
                    clock.Advance(TimeSpan.FromMilliseconds(index >= 30 && index < 30 + slowBlocks ? 20 : 1)))),
                new ChainSetup(Mono) { Clock = clock, ThreadTime = null });
            Run(chain, new float[BlockFrames * 60]);
            return chain.Slots[0].IsActive;
        }
    }

    [Fact]
    public void Whoever_says_nothing_about_it_has_no_effect_stopped_because_the_machine_is_busy()
    {
        var clock = new ManualClock();
        Chain chain = Chain.Prepare(
            TestEffect.Plan(TestEffect.Slot((_, _) => clock.Advance(TimeSpan.FromMilliseconds(90)))),
            new ChainSetup(Mono) { Clock = clock });
        Run(chain, new float[BlockFrames * 60]);
        Assert.True(chain.Slots[0].IsActive);
    }

    [Fact]
    public void A_machine_that_gives_the_thread_no_time_is_not_the_effects_fault()
    {
        Assert.True(Survives(3, worked: 0.01));
        Assert.True(Survives(60, worked: 0.01, milliseconds: 90));
        // Always waiting for 100 ms is no accident; working for 100 ms needs to happen only once.
        Assert.False(Survives(4, worked: 0.01));
        Assert.False(Survives(1, worked: 0.9));

        static bool Survives(int slowBlocks, double worked, double milliseconds = 150)
        {
            var clock = new ManualClock();
            TimeSpan processor = default;
            Chain chain = Chain.Prepare(
                TestEffect.Plan(TestEffect.Slot((_, index) =>
                {
                    TimeSpan took = TimeSpan.FromMilliseconds(
                        index >= 30 && index < 30 + slowBlocks ? milliseconds : 1);
                    clock.Advance(took);
                    processor += took * worked;
                })),
                new ChainSetup(Mono) { Clock = clock, ThreadTime = () => processor });
            Run(chain, new float[BlockFrames * 100]);
            return chain.Slots[0].IsActive;
        }
    }

    [Theory]
    [InlineData(0.01, true)]
    [InlineData(0.9, false)]
    public void What_a_thread_did_for_others_is_not_counted_and_what_it_did_for_the_effect_is(
        double worked, bool survives)
    {
        var clock = new ManualClock();
        TimeSpan processor = default;
        Chain chain = Chain.Prepare(
            TestEffect.Plan(TestEffect.Slot((_, index) => Pass(index == 30 ? 150 : 1, worked))),
            new ChainSetup(Mono) { Clock = clock, ThreadTime = () => processor });
        for (int block = 0; block < 40; block++)
        {
            Run(chain, new float[BlockFrames]);
            Pass(200, 1);
        }

        Assert.Equal(survives, chain.Slots[0].IsActive);

        void Pass(double milliseconds, double share)
        {
            clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
            processor += TimeSpan.FromMilliseconds(milliseconds * share);
        }
    }

    [Theory]
    [InlineData(0.01, true)]
    [InlineData(0.9, false)]
    public void A_line_may_go_on_on_another_thread(double worked, bool survives)
    {
        var clock = new ManualClock();
        using var processor = new ThreadLocal<TimeSpan>(
            () => TimeSpan.FromHours(Thread.CurrentThread.Name == "second" ? 1 : 2));
        Chain chain = Chain.Prepare(
            TestEffect.Plan(TestEffect.Slot((_, index) =>
            {
                var took = TimeSpan.FromMilliseconds(index == 1 ? 150 : 0.1);
                clock.Advance(took);
                processor.Value += took * worked;
            })),
            new ChainSetup(Mono) { Clock = clock, ThreadTime = () => processor.Value });
        Run(chain, new float[BlockFrames]);
        var second = new Thread(() => Run(chain, new float[BlockFrames])) { Name = "second" };
        second.Start();
        second.Join();
        Assert.Equal(survives, chain.Slots[0].IsActive);
    }

    [Fact]
    public void The_system_is_not_asked_for_the_processor_time_of_every_block()
    {
        var clock = new ManualClock();
        int asked = 0;
        Chain chain = Chain.Prepare(
            TestEffect.Plan(TestEffect.Slot((_, _) => clock.Advance(TimeSpan.FromMilliseconds(0.01)))),
            new ChainSetup(Mono) { Clock = clock, ThreadTime = () => TimeSpan.FromTicks(++asked) });
        Run(chain, new float[BlockFrames * 1_000]);
        Assert.InRange(asked, 1, 5);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(true, 8)]
    public void A_block_that_is_begun_and_ended_apart_comes_out_as_one_that_is_processed(bool isWatched, int pieces)
    {
        float[] expected = TestSignal.WhiteNoise(-20, 20 * BlockFrames);
        float[] samples = (float[])expected.Clone();
        Run(Prepare(false, 1), expected);
        Chain chain = Prepare(isWatched, pieces);
        int size = pieces * BlockFrames;
        for (int at = 0; at < samples.Length; at += size)
        {
            Span<float> block = samples.AsSpan(at, Math.Min(size, samples.Length - at));
            float[] input = block.ToArray();
            block.Clear();
            chain.Start(new AudioBlock(input));
            Array.Clear(input);
            chain.Finish(new AudioBlock(block));
        }

        Assert.Equal(expected, samples);

        static Chain Prepare(bool isWatched, int pieces) => Chain.Prepare(
            TestEffect.Plan(TestEffect.Slot((block, index) => TestEffect.Gain(block, index % 2 == 0 ? 0.5f : 0.25f))),
            new ChainSetup(Mono) { IsWatched = isWatched, PiecesAtOnce = pieces, MaxFrames = BlockFrames });
    }

    [Fact]
    public void Broken_input_is_not_blamed_on_an_effect()
    {
        Chain chain = Chain.Prepare(
            TestEffect.Plan(TestEffect.Slot((block, _) => TestEffect.Gain(block, 1))),
            new ChainSetup(Mono) { OnFault = fault => Assert.Fail(fault.ToString()) });
        float[] samples = TestSignal.Sine(100, -12, Rate, Rate / 10);
        samples[100] = float.NaN;
        samples[101] = float.PositiveInfinity;
        samples[102] = 1e30f;
        Run(chain, samples);
        Assert.All(samples, sample => Assert.InRange(sample, -1, 1));
        Assert.Equal(0, samples[100]);
    }

    [Fact]
    public void Without_a_healthy_limiter_nothing_exceeds_full_scale()
    {
        float[] none = TestSignal.Sine(100, 6, Rate, Rate / 10);
        Run(Chain.Prepare(TestEffect.Plan(), new ChainSetup(Mono)), none);
        Assert.All(none, sample => Assert.InRange(sample, -1, 1));
        float[] broken = TestSignal.Sine(100, 6, Rate, Rate / 10);
        Run(Chain.Prepare(TestEffect.Plan(TestEffect.Slot((_, _) => throw new InvalidOperationException("broken"),
            role: EffectRole.Limiter)), new ChainSetup(Mono)), broken);
        Assert.All(broken, sample => Assert.InRange(sample, -1, 1));
    }

    [Fact]
    public void An_effect_that_cannot_be_made_leaves_the_line_dry_and_one_report()
    {
        var faults = new List<SlotFault>();
        Chain chain = Chain.Prepare(
            TestEffect.Plan(TestEffect.Slot(() => throw new InvalidOperationException("no coffee"))),
            new ChainSetup(Mono) { OnFault = faults.Add });
        float[] samples = TestSignal.Sine(100, -12, Rate, Rate / 10);
        Run(chain, samples);
        Assert.Equal(TestSignal.Sine(100, -12, Rate, Rate / 10), samples);
        SlotFault fault = Assert.Single(faults);
        Assert.Equal(FaultCause.CouldNotPrepare, fault.Cause);
        Assert.Equal("Step \"test\" (test 1.0.0) of preset \"test-preset\" could not be prepared "
            + "(InvalidOperationException: no coffee); the rest of the line goes on without it.", fault.ToString());
    }

    private static void Misbehave(FaultCause cause, ManualClock clock, AudioBlock block, long index, float gain)
    {
        TestEffect.Gain(block, gain);
        clock.Advance(TimeSpan.FromMilliseconds(0.1));
        if (index < BadBlock)
            return;
        switch (cause)
        {
            case FaultCause.Threw:
                block[0][..10].Fill(3);
                throw new InvalidOperationException("on purpose");
            case FaultCause.NotFinite:
                block[0][block.Frames / 2] = float.NaN;
                break;
            case FaultCause.Runaway:
                block[0][block.Frames / 2] = 1e9f;
                break;
            default:
                clock.Advance(TimeSpan.FromMilliseconds(200));
                break;
        }
    }

    private static void Run(Chain chain, float[] samples)
    {
        for (int at = 0; at < samples.Length; at += BlockFrames)
            chain.Process(new AudioBlock(samples.AsSpan(at, Math.Min(BlockFrames, samples.Length - at))));
    }

    private sealed class DelayedPass(int latency, int throwOnBlock) : IEffect
    {
        private readonly Queue<float> _held = new(new float[latency]);
        private int _block;

        public IReadOnlyList<Parameter> Parameters => [];

        public EffectTiming Prepare(EffectSetup setup) => new(latency, 0);

        public void SetParameter(Parameter parameter, double value)
        {
        }

        public void Process(AudioBlock block)
        {
            if (_block++ == throwOnBlock)
                throw new InvalidOperationException("on purpose");
            foreach (ref float sample in block[0])
            {
                _held.Enqueue(sample);
                sample = _held.Dequeue();
            }
        }

        public void Reset()
        {
        }
    }

    private sealed class Echo(int delay) : IEffect
    {
        private readonly Queue<float> _held = new(new float[delay]);

        public IReadOnlyList<Parameter> Parameters => [];

        public EffectTiming Prepare(EffectSetup setup) => new(0, delay);

        public void SetParameter(Parameter parameter, double value)
        {
        }

        public void Process(AudioBlock block)
        {
            foreach (ref float sample in block[0])
            {
                _held.Enqueue(sample);
                sample += 0.5f * _held.Dequeue();
            }
        }

        public void Reset()
        {
        }
    }
}
