using System;
using System.Linq;
using System.Reflection;
using R3X.FxHost.Sdk;
using Xunit;
using Xunit.Sdk;

namespace R3X.FxHost.Tests.Effects.Conformance.Broken;

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
        Assert.Equal(broken.GetCustomAttribute<BreaksAttribute>()!.Checks.Select(t => t.Name), Failures(broken));
    }

    [Fact]
    public void For_every_check_there_is_an_effect_that_fails_it() =>
        Assert.Empty(ConformanceCheck.All.Select(check => check.GetType()).Except(
            All.SelectMany(t => t.GetCustomAttribute<BreaksAttribute>()!.Checks)));

    private static string[] Failures(Type effect)
    {
        var subject = new Subject(effect.Name, EffectRole.Tone, true, () => (IEffect)Activator.CreateInstance(effect)!);
        return [.. ConformanceCheck.All.Where(check => Fails(check, subject)).Select(check => check.Name)];
    }

    private static bool Fails(ConformanceCheck check, Subject subject)
    {
        try
        {
            check.Check(subject);
            return false;
        }
        catch (XunitException e)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{check.Name}: {e.Message}");
            return true;
        }
    }
}
