using System;
using System.Linq;
using R3X.FxHost.Conformance;
using R3X.FxHost.Tests.Effects.Broken;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

/// <summary>The conformance checks as an effect's author uses them.</summary>
public sealed class ConformanceLibraryTests
{
    [Theory]
    [ClassData(typeof(EffectPromises))]
    public void The_effect_keeps_its_promises(string check) => EffectConformance.Assert<HealthyEffect>(check);

    [Fact]
    public void A_broken_promise_says_what_was_promised_measured_likely_and_to_be_done()
    {
        var e = Assert.Throws<ConformanceException>(
            () => EffectConformance.Assert<RingsOn>("tail-ends-where-declared"));
        foreach (string part in new[] { "Promised: After", "Measured: -4", "Likely:   ", "Fix:      " })
            Assert.Contains(part, e.Message, StringComparison.Ordinal);
        FailedBlock block = Assert.IsType<FailedBlock>(e.Result?.Block);
        Assert.Equal(block.Input.Count, block.Output.Count);
        Assert.InRange(block.At - block.Start, 0, block.Output.Count - 1);
        Assert.All(block.Expected, sample => Assert.Equal(0, sample));
        Assert.NotEqual(0, block.Output[block.At - block.Start]);
    }

    [Fact]
    public void What_an_effect_throws_is_a_verdict_that_names_the_place()
    {
        ConformanceResult result = EffectConformance.Run("silence-decays", () => new Throws());
        Assert.Contains("InvalidOperationException: too loud", result.Measured, StringComparison.Ordinal);
        Assert.Contains("Throws.Frame", result.LikelyCause, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_finds_the_same_and_another_draws_other_settings()
    {
        string?[] words = [.. new[] { 7, 7, 8 }.Select(
            seed => EffectConformance.Run("stays-finite", () => new BlowsUpAnywhere(), seed).Measured)];
        Assert.Equal(words[0], words[1]);
        Assert.NotEqual(words[0], words[2]);
    }

    [Fact]
    public void What_holds_a_plugin_in_memory_is_named() => Assert.Contains(
        "a handler of AppDomain.ProcessExit",
        EffectConformance.Run("code-leaves-memory", () => new StaysInMemory()).Measured,
        StringComparison.Ordinal);

    [Fact]
    public void A_check_that_does_not_exist_is_refused_with_those_that_do() => Assert.Contains(
        "silence-decays",
        Assert.Throws<ArgumentException>(() => EffectConformance.Run("silence", () => new HealthyEffect())).Message,
        StringComparison.Ordinal);

    private sealed class Throws : HealthyEffect
    {
        protected override float Frame(float sample, int channel) =>
            sample == 0 ? sample : throw new InvalidOperationException("too loud");
    }

    private sealed class BlowsUpAnywhere : HealthyEffect
    {
        protected override float Frame(float sample, int channel) =>
            Setup[Level] is > 1 and < 100 ? sample * 1e9f : sample;
    }
}
