using System;
using System.Linq;
using System.Reflection;
using R3X.FxHost.Conformance;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>A check that cannot fail proves nothing: for each there is an effect that fails it, and it alone.</summary>
public sealed class BrokenEffectsTests
{
    private static readonly Type[] All =
        [.. typeof(HealthyEffect).Assembly.GetTypes().Where(t => t.IsDefined(typeof(BreaksAttribute)))];

    public static TheoryData<string> Broken => [.. All.Select(t => t.Name)];

    [Fact]
    public void The_effect_they_are_made_from_keeps_every_promise() => Assert.Empty(Failures(typeof(HealthyEffect)));

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_effect_fails_the_check_it_was_written_for_and_no_other(string name)
    {
        var broken = All.Single(t => t.Name == name);
        Assert.Equal(Names(broken.GetCustomAttribute<BreaksAttribute>()!.Checks), Failures(broken));
    }

    [Fact]
    public void For_every_check_there_is_an_effect_that_fails_it() =>
        Assert.Empty(EffectConformance.Checks.Select(check => check.Name).Except(
            All.SelectMany(t => Names(t.GetCustomAttribute<BreaksAttribute>()!.Checks))));

    private static string[] Names(Type[] checks) =>
        [.. ConformanceCheck.All.Where(check => checks.Contains(check.GetType())).Select(check => check.Name)];

    private static string[] Failures(Type effect)
    {
        ConformanceResult[] results =
        [
            .. EffectConformance.Checks.Select(check => EffectConformance.Run(
                check.Name, () => (IEffect)Activator.CreateInstance(effect)!)),
        ];
        foreach (ConformanceResult failed in results.Where(result => !result.HasPassed))
            TestContext.Current.TestOutputHelper?.WriteLine(failed.ToString());
        return [.. results.Where(result => !result.HasPassed).Select(result => result.Check)];
    }
}
