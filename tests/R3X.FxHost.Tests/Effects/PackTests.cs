using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Conformance;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

/// <summary>The pack: effects that bring a library of their own. What is under packs/ is found, and listed
/// nowhere.</summary>
public sealed class PackTests
{
    private static readonly IEffectCatalogue Pack = FxHost.FindEffects([Repository.PathOf("artifacts", "packs")]);

    // Loaded once: a check of freshly loaded code waits for the compiler most of the time.
    private static readonly Dictionary<string, Func<IEffect>> Effects =
        Pack.Effects.ToDictionary(effect => effect.Id, effect => EffectConformance.Load(effect.File));

    public static TheoryData<string, string> EffectsAndPromises
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (EffectDescription effect in Pack.Effects)
            {
                foreach (ConformancePromise check in EffectConformance.Checks)
                    all.Add(effect.Id, check.Name);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(EffectsAndPromises))]
    public void Every_effect_keeps_every_promise(string id, string promise)
    {
        ConformanceResult result = EffectConformance.Run(promise, Effects[id]);
        Assert.True(result.HasPassed, result.ToString());
    }

    [Fact]
    public void Each_carries_its_library_and_every_project_is_there()
    {
        Assert.Empty(Pack.Refused);
        string[] projects =
        [
            .. Directory.EnumerateFiles(Repository.PathOf("packs"), "*.csproj", SearchOption.AllDirectories)
                .Select(file => Path.GetFileNameWithoutExtension(file).ToLowerInvariant())
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(projects, Pack.Effects.Select(effect => effect.Id));
        Assert.All(Pack.Effects, effect => Assert.Contains(
            Directory.EnumerateFiles(Path.GetDirectoryName(effect.File)!, "*.dll"),
            file => Path.GetFileName(file) is "NAudio.Core.dll" or "NWaves.dll"));
    }
}
