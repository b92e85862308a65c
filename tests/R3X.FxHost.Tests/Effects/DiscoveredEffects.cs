using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
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
        foreach (string folder in Directory.EnumerateDirectories(Repository.PathOf("plugins")))
        {
            foreach (string file in Directory.EnumerateFiles(folder, "*.dll"))
            {
                var type = new PluginContext(folder).LoadFromAssemblyPath(file).GetExportedTypes()
                    .Single(t => t.IsClass && typeof(IEffect).IsAssignableFrom(t));
                found.Add(Path.GetFileName(folder), type);
            }
        }

        return found.Count > 0 ? found : throw new InvalidOperationException("No plugin was built under plugins/.");
    }

    private sealed class PluginContext(string folder) : AssemblyLoadContext(folder)
    {
        // The contract is the one type both sides must share.
        protected override Assembly? Load(AssemblyName assemblyName) =>
            assemblyName.Name == typeof(IEffect).Assembly.GetName().Name ? typeof(IEffect).Assembly : null;
    }
}
