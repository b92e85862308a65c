using System;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

public sealed class GainReductionTests
{
    private const int Rate = 44_100;

    // Those that turn the sound down say so, whatever they are called.
    public static TheoryData<string> Reducers =>
        [.. DiscoveredEffects.Ids.Where(id => DiscoveredEffects.Create(id) is IGainReducer)];

    [Theory]
    [MemberData(nameof(Reducers))]
    public void Silence_and_voice_are_reported_however_the_line_is_cut(string id)
    {
        // Loud, with plenty of S, and a pause: something in it is turned down by every one of them.
        float[] voice = [.. Signals.Noise(Rate / 2, 0.9), .. Signals.Voice(Rate, Rate, 1.5), .. new float[Rate / 2]];
        var inBlocks = Report(id, voice, 1024);
        var inCells = Report(id, voice, 100);
        Assert.InRange(inBlocks.Most, 1, 60);
        Assert.InRange(inBlocks.Mean, 0.05, inBlocks.Most);
        Assert.Equal(inBlocks.Most, inCells.Most, 0.001);
        Assert.Equal(inBlocks.Mean, inCells.Mean, 0.001);
    }

    [Theory]
    [InlineData(-20, 0.5625)]
    [InlineData(-14, 4.5)]
    public void A_compressor_reports_its_static_curve_without_the_make_up(double level, double reduction)
    {
        var effect = Prepared("compressor", ("threshold", -20), ("ratio", 4), ("knee", 6), ("make-up", 10));
        var block = Enumerable.Repeat((float)Decibels.ToGain(level), 1024).ToArray();
        for (int i = 0; i < 100; i++)
            effect.Process(new AudioBlock([.. block]));
        Assert.Equal(reduction, ((IGainReducer)effect).LastReduction.Most, 0.01);
        Assert.Equal(reduction, ((IGainReducer)effect).LastReduction.Mean, 0.01);
    }

    [Fact]
    public void A_limiter_reports_how_far_over_the_sound_was_and_nothing_when_it_was_not()
    {
        var reduction = Report("limiter", Signals.Sine(Rate, 1000, Rate, Decibels.ToGain(5)), 512);
        Assert.Equal(6.08, reduction.Most, 0.05);
        Assert.Equal(default, Report("limiter", Signals.Sine(Rate, 1000, Rate, 0.5), 512));
    }

    [Fact]
    public void A_closed_gate_reports_its_range()
    {
        var reduction = Report("gate", new float[Rate], 512);
        Assert.Equal(40, reduction.Most, 0.01);
        Assert.Equal(40, reduction.Mean, 0.01);
    }

    [Fact]
    public void Factors_shares_and_decibels_are_three_ways_to_say_the_same()
    {
        var factors = Enumerable.Range(1, 37).Select(i => i / 37f).ToArray();
        ReductionMeter a = default, b = default, c = default;
        a.AddFactors(factors);
        b.AddShares([.. factors.Select(f => 1 - f)]);
        c.AddDecibels([.. factors.Select(f => (float)-Signals.Decibels(f))]);
        foreach (var meter in new[] { a, b, c })
        {
            Assert.Equal(-Signals.Decibels(1 / 37.0), meter.Reading.Most, 1e-4);
            Assert.Equal(factors.Average(f => -Signals.Decibels(f)), meter.Reading.Mean, 1e-4);
        }

        c.AddNothing(37);
        Assert.Equal(a.Reading.Mean / 2, c.Reading.Mean, 1e-4);
    }

    private static GainReduction Report(string id, float[] sound, int blockFrames)
    {
        var effect = DiscoveredEffects.Create(id);
        var slot = new SlotPlan(id, id, "1.0.0", DiscoveredEffects.Describe(id).Role, effect.Parameters,
            [.. effect.Parameters.Select(p => p.Default)], () => effect);
        var chain = Chain.Prepare(new ChainPlan("test", [slot]), new ChainSetup(new AudioFormat(Rate, 1)));
        var samples = sound.ToArray();
        for (int start = 0; start < samples.Length; start += blockFrames)
            chain.Process(new AudioBlock(samples.AsSpan(start, Math.Min(blockFrames, samples.Length - start))));
        Assert.NotNull(chain.Slots[0].Reduction);
        return chain.Slots[0].Reduction!.Value;
    }

    private static IEffect Prepared(string id, params (string Parameter, double Value)[] settings)
    {
        var effect = DiscoveredEffects.Create(id);
        var values = effect.Parameters.Select(
            p => settings.Where(s => s.Parameter == p.Id).Select(s => s.Value).DefaultIfEmpty(p.Default).First());
        effect.Prepare(
            new EffectSetup(new AudioFormat(Rate, 1), 1024, RenderQuality.Full, 1, effect.Parameters, [.. values]));
        return effect;
    }
}
