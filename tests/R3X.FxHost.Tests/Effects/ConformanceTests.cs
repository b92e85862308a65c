using R3X.FxHost.Conformance;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

/// <summary>What every effect promises, checked on every effect that is found. Neither the effects nor the checks are
/// listed anywhere.</summary>
public sealed class ConformanceTests
{
    public static TheoryData<string> Effects => [.. DiscoveredEffects.Ids];

    public static TheoryData<string, string> EffectsAndPromises
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (string id in DiscoveredEffects.Ids)
            {
                foreach (ConformancePromise check in EffectConformance.Checks)
                    all.Add(id, check.Name);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Effects))]
    public void The_folder_is_the_id(string id)
    {
        Assert.Equal(id, DiscoveredEffects.Describe(id).Id);
        Assert.Equal(SdkApi.Level, DiscoveredEffects.Describe(id).ApiLevel);
    }

    [Theory]
    [MemberData(nameof(EffectsAndPromises))]
    public void Every_effect_keeps_every_promise(string id, string promise)
    {
        ConformanceResult result = EffectConformance.Run(promise, () => DiscoveredEffects.Create(id));
        Assert.True(result.HasPassed, result.ToString());
    }
}
