using System;
using System.Collections.Generic;
using System.Reflection;
using R3X.FxHost.Conformance;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Tests.Effects;

/// <summary>Every effect under plugins/, found as a host finds them: no list names them.</summary>
internal static class DiscoveredEffects
{
    private static readonly Lazy<SortedDictionary<string, Type>> Found = new(Discover);

    public static IEnumerable<string> Ids => Found.Value.Keys;

    public static IEffect Create(string id) => (IEffect)Activator.CreateInstance(Found.Value[id])!;

    public static EffectAttribute Describe(string id) =>
        Found.Value[id].Assembly.GetCustomAttribute<EffectAttribute>()!;

    private static SortedDictionary<string, Type> Discover()
    {
        var found = new SortedDictionary<string, Type>(StringComparer.Ordinal);
        foreach (EffectDescription effect in FxHost.FindEffects([Repository.PathOf("plugins")]).Effects)
            found.Add(effect.Id, new EffectContext(effect.File, isCollectible: false).FindEffect());
        return found.Count > 0 ? found : throw new InvalidOperationException("No plugin was built under plugins/.");
    }
}
