using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Chains;
using R3X.FxHost.Tests.Listening;
using Xunit;

namespace R3X.FxHost.Tests.Faults;

/// <summary>The guard lets the effects that come with the host be, at the ends of what their settings allow.</summary>
public sealed class ShippedEffectsTests
{
    private const int Rate = 44_100;

    public static TheoryData<string> Ids
    {
        get
        {
            using EffectCatalogue catalogue = Discover();
            return [.. catalogue.Effects.Select(static effect => effect.Id)];
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void No_setting_is_taken_for_a_fault(string id)
    {
        using EffectCatalogue catalogue = Discover();
        Assert.True(catalogue.TryLoad(id, out LoadedEffect? effect, out _));
        SettingValue[] usual = [.. effect.Parameters.Select(static parameter => (SettingValue)parameter.Default)];
        var plans = new List<SettingValue[]> { usual };
        for (int i = 0; i < usual.Length; i++)
        {
            plans.Add([.. usual[..i], effect.Parameters[i].Minimum, .. usual[(i + 1)..]]);
            plans.Add([.. usual[..i], effect.Parameters[i].Maximum, .. usual[(i + 1)..]]);
        }

        foreach (SettingValue[] values in plans)
            Run(effect, values);
    }

    private static void Run(LoadedEffect effect, SettingValue[] values)
    {
        var plan = new SlotPlan(
            effect.Description.Id, effect.Description.Id, effect.Description.Version, effect.Description.Role,
            effect.Parameters, values, effect.Create);
        Chain chain = Chain.Prepare(
            TestEffect.Plan(plan),
            new ChainSetup(new AudioFormat(Rate, 1))
            {
                Clock = new ManualClock(), OnFault = static fault => Assert.Fail(fault.ToString()),
            });
        // The worst for a shaper that is bent to one side: a tone that stays as it is.
        float[] sine = TestSignal.Sine(110, -6, Rate, 2 * Rate);
        for (int at = 0; at < sine.Length; at += ChainSetup.MaxBlockFrames)
            chain.Process(new AudioBlock(sine.AsSpan(at, Math.Min(ChainSetup.MaxBlockFrames, sine.Length - at))));
        Assert.DoesNotContain(chain.Notes, static note => note.Contains("allocates", StringComparison.Ordinal));
    }

    private static EffectCatalogue Discover() =>
        EffectCatalogue.Discover([Repository.PathOf("plugins")], PluginLoadMode.FromFile);
}
