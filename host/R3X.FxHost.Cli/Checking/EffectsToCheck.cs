using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Cli.Projects;
using R3X.FxHost.Plugins;

namespace R3X.FxHost.Cli.Checking;

/// <summary>What the words of a command line stand for: effects to be checked, and files that are none.</summary>
/// <param name="Effects">The effects, by id.</param>
/// <param name="Refused">What cannot be loaded as an effect.</param>
internal sealed record EffectsToCheck(IReadOnlyList<EffectDescription> Effects, IReadOnlyList<RefusedPlugin> Refused)
{
    /// <param name="words">Projects, folders, DLLs and ids.</param>
    /// <param name="open">Opens the host whose effects ids name.</param>
    /// <exception cref="UsageException">A word stands for nothing.</exception>
    public static EffectsToCheck Find(string[] words, Func<FxHost> open)
    {
        var effects = new List<EffectDescription>();
        var refused = new List<RefusedPlugin>();
        foreach (string named in words)
        {
            // A project is built first.
            string word = EffectProject.At(named)?.BuiltFolder() ?? named;
            (IEnumerable<EffectDescription> found, IEnumerable<RefusedPlugin> bad) = Find(word, open);
            effects.AddRange(found.Where(effect => !effects.Exists(other => other.File == effect.File)));
            refused.AddRange(bad);
        }

        return new EffectsToCheck(effects, refused);
    }

    private static (IEnumerable<EffectDescription> Effects, IEnumerable<RefusedPlugin> Refused) Find(
        string word, Func<FxHost> open)
    {
        if (Directory.Exists(word))
        {
            IEffectCatalogue inside = FxHost.FindEffects([word]);
            return inside.Effects.Count + inside.Refused.Count > 0
                ? (inside.Effects, inside.Refused)
                : throw new UsageException(
                    $"There is no DLL in \"{word}\". Name the folder that the build wrote the plugin to.");
        }

        if (File.Exists(word))
        {
            string file = Path.GetFullPath(word);
            IEffectCatalogue beside = FxHost.FindEffects([Path.GetDirectoryName(file)!]);
            EffectDescription[] named = [.. beside.Effects.Where(effect => effect.File == file)];
            RefusedPlugin[] refused = [.. beside.Refused.Where(plugin => plugin.File == file)];
            return named.Length + refused.Length > 0
                ? (named, refused)
                : throw new UsageException($"\"{word}\" is no effect: it has no Effect attribute. Name the effect's "
                    + "DLL, or the folder it lies in.");
        }

        if (word.Contains('/', StringComparison.Ordinal) || word.Contains('\\', StringComparison.Ordinal))
            throw new UsageException($"There is no file or folder \"{word}\". Check the path.");
        using FxHost host = open();
        return host.Effects.Effects.FirstOrDefault(effect => effect.Id == word) is { } installed
            ? ([installed], [])
            : throw new UsageException($"There is no file, folder or effect \"{word}\". The effects are: "
                + $"{string.Join(", ", host.Effects.Effects.Select(effect => effect.Id))}.");
    }
}
