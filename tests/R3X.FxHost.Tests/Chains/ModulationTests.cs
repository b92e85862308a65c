using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Chains;

public sealed class ModulationTests
{
    private const int Rate = 32_000;
    private static readonly AudioFormat Mono = new(Rate, 1);

    [Fact]
    public void A_wobble_starts_half_way_on_a_log_scale_and_rises()
    {
        (double start, List<double> told) = Follow(MovingProbe.Hertz, new Wobble(100, 400, 1), Rate);
        Assert.Equal(200, start, 9);
        Assert.True(told[0] > start);
        Assert.Equal(400, told[(Rate / 4 / 32) - 1], 3);
        Assert.Equal(100, told[(3 * Rate / 4 / 32) - 1], 3);
    }

    [Fact]
    public void A_sweep_goes_once_and_then_leaves_the_effect_alone()
    {
        (double start, List<double> told) = Follow(MovingProbe.Share, new Sweep(10, 90, 100), Rate);
        Assert.Equal(10, start);
        Assert.Equal(90, told[^1]);
        Assert.Equal(100, told.Count);
    }

    [Fact]
    public void A_draw_follows_from_the_seed_and_differs_between_steps()
    {
        double Draw(ulong seed, string step) =>
            Follow(MovingProbe.Hertz, new RandomDraw(20, 2000), 32, seed, step).Start;
        Assert.Equal(Draw(1, "a"), Draw(1, "a"));
        Assert.NotEqual(Draw(1, "a"), Draw(1, "b"));
        Assert.Equal(400, Enumerable.Range(0, 200).SelectMany(seed =>
            new[] { SeededRandom.Share((ulong)seed, "a"), SeededRandom.Share((ulong)seed, "b") }).Distinct().Count());
        double[] draws = [.. Enumerable.Range(0, 1000).Select(seed => Draw((ulong)seed, "a"))];
        Assert.InRange(draws.Average(f => Math.Log(f / 20) / Math.Log(100)), 0.46, 0.54);
    }

    [Theory]
    [InlineData(20, 40, 3)]
    [InlineData(0, 0.5, 5)]
    [InlineData(99.9999, 100, 8)]
    public void What_is_drawn_can_be_said_in_a_few_digits_and_stays_between_the_ends(double from, double to, int places)
    {
        for (ulong seed = 0; seed < 100; seed++)
        {
            double drawn = Follow(MovingProbe.Share, new RandomDraw(from, to), 32, seed).Start;
            Assert.InRange(drawn, from, to);
            Assert.Equal(Math.Round(drawn, places), drawn);
        }
    }

    [Fact]
    public void A_pick_names_each_choice_about_as_often() =>
        Assert.All(
            Enumerable.Range(0, 900).Select(seed =>
                Follow(MovingProbe.Share, new Pick([10, 20, 30]), 32, (ulong)seed).Start).CountBy(v => v),
            count => Assert.InRange(count.Value, 240, 360));

    [Fact]
    public void Following_loudness_ends_at_its_ends()
    {
        var follow = new FollowLoudness(10, 90, 50);
        Assert.All(Follow(MovingProbe.Share, follow, Rate, level: 0).Told, value => Assert.Equal(10, value));
        Assert.Equal(90, Follow(MovingProbe.Share, follow, Rate, level: 0.5f).Told[^1], 3);
        // Half way between -50 and -15 dBFS.
        Assert.Equal(50, Follow(MovingProbe.Share, follow, Rate, level: MathF.Pow(10, -32.5f / 20)).Told[^1], 2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(1000)]
    [InlineData(0)]
    public void A_line_is_the_same_bit_for_bit_however_it_is_cut(int size)
    {
        Modulation[] modulations = [new Wobble(10, 90, 3), new Sweep(5, 80, 77), new FollowLoudness(0, 100, 20)];
        Assert.All(modulations, modulation => Assert.Equal(Render(modulation, 1024), Render(modulation, size)));
    }

    [Fact]
    public void An_effect_that_throws_when_it_is_moved_is_left_and_the_line_goes_on()
    {
        var slot = MovingProbe.Slot(MovingProbe.Share, new Wobble(10, 90, 3), () => new MovingProbe { Throws = true });
        Chain chain = Chain.Prepare(TestEffect.Plan(slot), new ChainSetup(Mono));
        float[] samples = [.. Enumerable.Repeat(0.25f, 64)];
        chain.Process(new AudioBlock(samples));
        Assert.Equal(FaultCause.Threw, chain.Slots[0].Fault!.Cause);
        Assert.All(samples, sample => Assert.Equal(0.25f, sample, 2));
    }

    [Fact]
    public void The_tail_is_that_of_the_end_that_sounds_on_for_longer() =>
        Assert.Equal(90, Chain.Prepare(TestEffect.Plan(MovingProbe.Slot(MovingProbe.Share, new Sweep(10, 90, 500))),
            new ChainSetup(Mono)).TailFrames);

    [Fact]
    public void Blocks_stay_whole_where_nothing_moves()
    {
        var probe = new MovingProbe();
        Chain chain = Chain.Prepare(
            TestEffect.Plan(MovingProbe.Slot(MovingProbe.Share, null, () => probe)), new ChainSetup(Mono));
        chain.Process(new AudioBlock(new float[1024]));
        Assert.Equal([1024], probe.Blocks);
    }

    private static (double Start, List<double> Told) Follow(
        Parameter parameter, Modulation modulation, int frames, ulong seed = 0, string step = "test", float level = 0)
    {
        var made = new List<MovingProbe>();
        SlotPlan slot = MovingProbe.Slot(parameter, modulation, () =>
        {
            made.Add(new MovingProbe());
            return made[^1];
        }) with { Step = step };
        Chain chain = Chain.Prepare(TestEffect.Plan(slot), new ChainSetup(Mono) { Seed = seed });
        for (int at = 0; at < frames; at += 32)
            chain.Process(new AudioBlock([.. Enumerable.Repeat(level, 32)]));
        return (made[0].Start(parameter), made[0].Told);
    }

    private static float[] Render(Modulation modulation, int size)
    {
        var random = new Random(5);
        float[] line = Signals.Voice(20_000, Rate);
        Chain chain = Chain.Prepare(
            TestEffect.Plan(MovingProbe.Slot(MovingProbe.Share, modulation)), new ChainSetup(Mono));
        chain.WarmUp();
        for (int at = 0; at < line.Length;)
        {
            int frames = Math.Min(size == 0 ? random.Next(1, 1025) : size, line.Length - at);
            float[] part = line[at..(at + frames)];
            chain.Process(new AudioBlock(part));
            part.CopyTo(line, at);
            at += frames;
        }

        return line;
    }
}
