using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Effects;
using Xunit;

namespace R3X.FxHost.Tests.Chains;

/// <summary>How much of a chain is heard.</summary>
public sealed class AmountTests
{
    private const int Frames = 20_000;

    private static readonly AudioFormat Format = new(MovingChain.Rate, 1);

    // Over full scale here and there, which a limiter would not let through.
    private static readonly float[] Line = Signals.Voice(Frames, MovingChain.Rate, 1);

    public static TheoryData<string> Effects() => [.. DiscoveredEffects.Ids];

    [Theory]
    [MemberData(nameof(Effects))]
    public void At_0_percent_the_line_leaves_every_effect_bit_for_bit_as_late_as_ever(string id)
    {
        foreach (double share in (double[])[-1, 0.8])
        {
            ChainPlan plan = Plan(MovingChain.Slot(id, p => share < 0 ? p.Default : MovingChain.At(p, share)));
            Chain whole = Prepare(plan);
            foreach (int block in (int[])[1, 32, 441, 1024])
            {
                Chain none = Prepare(plan with { Amount = 0 });
                Assert.Equal(whole.LatencyFrames, none.LatencyFrames);
                Assert.Equal(0, none.TailFrames);
                Assert.Equal(Line[..^none.LatencyFrames], Run(none, block)[none.LatencyFrames..]);
            }
        }
    }

    [Fact]
    public void At_0_percent_so_it_does_a_chain_of_all_of_them()
    {
        Chain chain = Prepare(Plan([.. DiscoveredEffects.Ids.Select(MovingChain.OfAllSentences)]) with { Amount = 0 });
        float[] heard = Run(chain, 512);
        Assert.Equal(Line[..^chain.LatencyFrames], heard[chain.LatencyFrames..]);
    }

    [Theory]
    [MemberData(nameof(Effects))]
    public void At_100_percent_the_chain_is_what_it_is_without_an_amount(string id)
    {
        ChainPlan plan = Plan(MovingChain.OfAllSentences(id));
        Assert.Equal(Run(Prepare(plan), 700), Run(Prepare(plan with { Amount = 100 }), 700));
    }

    [Theory]
    [MemberData(nameof(Effects))]
    public void However_a_line_is_cut_a_moving_amount_gives_the_same_samples(string id)
    {
        Modulation[] modulations =
            [new Wobble(0, 100, 7), new Sweep(100, 0, 150), new Sweep(0, 100, 150.3), new FollowLoudness(0, 100, 20)];
        foreach (Modulation modulation in modulations)
        {
            ChainPlan plan = Plan(MovingChain.OfAllSentences(id), MovingChain.Slot("limiter", p => p.Default)) with
            {
                Amount = SettingValue.Of(modulation),
            };
            float[] whole = Run(Prepare(plan), 1024);
            foreach (int size in (int[])[1, 17, 32, 999])
                Assert.Equal(whole, Run(Prepare(plan), size));
            Chain again = Prepare(plan);
            Run(again, 100);
            again.Reset();
            Assert.Equal(whole, Run(again, 1024));
        }
    }

    [Fact]
    public void An_amount_that_has_arrived_sounds_as_if_it_had_stood_there()
    {
        ChainPlan plan = Plan(MovingChain.Slot("comb", p => p.Default), MovingChain.Slot("limiter", p => p.Default));
        float[] moved = Run(Prepare(plan with { Amount = SettingValue.Of(new Sweep(0, 60, 50)) }), 300);
        float[] stood = Run(Prepare(plan with { Amount = 60 }), 300);
        Assert.NotEqual(stood[1000], moved[1000]);
        for (int i = Frames / 2; i < Frames; i++)
            Assert.Equal(stood[i], moved[i], 1e-4f);
    }

    [Fact]
    public void An_amount_is_drawn_once_for_all_of_the_chain()
    {
        ChainPlan plan = Plan(MovingChain.Slot("gain", p => -40)) with { Amount = SettingValue.Of(new Pick([0, 100])) };
        float[][] lines = [.. Enumerable.Range(0, 12).Select(seed => Run(Prepare(plan, (ulong)seed), 512))];
        float[] whole = Run(Prepare(plan with { Amount = 100 }), 512);
        Assert.Contains(lines, line => line.SequenceEqual(Line));
        Assert.Contains(lines, line => line.SequenceEqual(whole));
        Assert.All(lines, line => Assert.True(line.SequenceEqual(Line) || line.SequenceEqual(whole)));
    }

    [Fact]
    public void An_effect_without_a_neutral_setting_is_mixed_with_its_input_as_late_as_it_is()
    {
        ChainPlan plan = Plan(TestEffect.Slot(() => new LateInverter()));
        foreach (int block in (int[])[1, 5, 64, 1024])
        {
            float[] heard = Run(Prepare(plan with { Amount = 25 }), block);
            for (int i = LateInverter.Latency; i < Frames; i++)
                Assert.Equal(0.5f * Line[i - LateInverter.Latency], heard[i], 1e-6f);
        }
    }

    [Fact]
    public void The_last_limiter_holds_its_ceiling_until_next_to_nothing_of_the_chain_is_heard()
    {
        float[] loud = [.. Line.Select(sample => 1.5f * sample)];
        ChainPlan plan = Plan(MovingChain.Slot("limiter", p => p.Id == "ceiling" ? -6 : p.Default));
        float Peak(double amount, bool isLevelled)
        {
            ChainSetup setup = Setup(1) with { IsLevelled = isLevelled };
            return Run(Chain.Prepare(plan with { Amount = amount }, setup), 512, loud).Max(Math.Abs);
        }

        Assert.InRange(Peak(1, false), 0.4f, 0.5012f);
        Assert.InRange(Peak(0, true), 0.4f, 0.5012f);
        // Without it 0 dBFS is held, as for a line without effects.
        Assert.Equal(1, Peak(0, false));
    }

    private static ChainPlan Plan(params SlotPlan[] slots) => TestEffect.Plan(slots);

    private static ChainSetup Setup(ulong seed) => new(Format) { Seed = seed, Clock = new ManualClock() };

    private static Chain Prepare(ChainPlan plan, ulong seed = 3)
    {
        var chain = Chain.Prepare(plan, Setup(seed));
        chain.WarmUp();
        return chain;
    }

    private static float[] Run(Chain chain, int size, float[]? line = null) =>
        MovingChain.Run(chain, [line ?? Line], size);

    /// <summary>Turns the sound upside down, a little late.</summary>
    private sealed class LateInverter : IEffect
    {
        public const int Latency = 7;

        private readonly Queue<float> _late = new(new float[Latency]);

        public IReadOnlyList<Parameter> Parameters => [];

        public EffectTiming Prepare(EffectSetup setup) => new(Latency, 0);

        public void SetParameter(Parameter parameter, double value)
        {
        }

        public void Process(AudioBlock block)
        {
            foreach (ref float sample in block[0])
            {
                _late.Enqueue(sample);
                sample = -_late.Dequeue();
            }
        }

        public void Reset()
        {
            _late.Clear();
            for (int i = 0; i < Latency; i++)
                _late.Enqueue(0);
        }
    }
}
