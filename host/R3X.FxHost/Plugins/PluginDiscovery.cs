using System;
using System.Collections.Generic;
using System.IO;

namespace R3X.FxHost.Plugins;

/// <summary>Finds effects in folders by metadata alone. One use, one thread.</summary>
/// <remarks>Runs at every start of a command: plain loops, since loading LINQ costs as much as reading twenty
/// plugins.</remarks>
internal sealed class PluginDiscovery
{
    private readonly List<DllFile> _candidates = [];
    private readonly HashSet<string> _seenFolders = new(StringComparer.Ordinal);

    private PluginDiscovery()
    {
    }

    /// <summary>The usable effects, by id.</summary>
    public List<EffectDescription> Effects { get; } = [];

    /// <summary>Everything that cannot be used.</summary>
    public List<RefusedPlugin> Refused { get; } = [];

    /// <summary>The refusals whose effect has a readable id, for those who ask for it.</summary>
    public Dictionary<string, RefusedPlugin> RefusedById { get; } = new(StringComparer.Ordinal);

    /// <summary>Searches folders, in which each folder is one plugin, and DLLs may lie directly.</summary>
    /// <param name="folders">Absolute paths.</param>
    /// <param name="writable">Those of them that others may write.</param>
    public static PluginDiscovery In(IEnumerable<string> folders, IReadOnlyList<string> writable)
    {
        var discovery = new PluginDiscovery();
        foreach (string folder in folders)
            discovery.SearchFolder(folder, Contains(writable, folder));
        discovery.SeparateDuplicates();
        return discovery;
    }

    private void SearchFolder(string folder, bool mayBeWritable)
    {
        if (!Directory.Exists(folder))
        {
            Refused.Add(File.Exists(folder)
                ? new RefusedPlugin(folder, "It is a file where a folder of plugins was expected.",
                    "Name the folder that holds the plugins' folders.")
                : new RefusedPlugin(folder, "The folder does not exist, so no plugins were found there.",
                    "Create it, or correct the path."));
            return;
        }

        var root = new PluginRoot(folder, mayBeWritable);
        // The same folder named twice, or once more through a link, holds the same plugin and not a duplicate.
        if (!_seenFolders.Add(root.TrueFolder))
            return;
        if (root.Refused is { } all)
        {
            Refused.Add(all);
            return;
        }

        SearchPlugin(folder, root, isRoot: true);
        foreach (string plugin in List(folder, Directory.EnumerateDirectories))
        {
            if (IsHidden(plugin) || !_seenFolders.Add(PluginRoot.TrueFolderOf(plugin)))
                continue;
            if (root.RefusalOf(plugin) is { } refused)
                Refused.Add(refused);
            else
                SearchPlugin(plugin, root, isRoot: false);
        }
    }

    private void SearchPlugin(string folder, PluginRoot root, bool isRoot)
    {
        var readable = new List<DllFile>();
        int refusedBefore = Refused.Count;
        foreach (string path in List(folder, Directory.EnumerateFiles))
        {
            if (IsHidden(path) || !Path.GetExtension(path.AsSpan()).Equals(".dll", StringComparison.OrdinalIgnoreCase))
                continue;
            // Of a plugin's own folder, everything has been looked at.
            if (isRoot && root.RefusalOf(new FileInfo(path)) is { } refused)
            {
                Refused.Add(refused);
                continue;
            }

            DllFile file = DllFile.Read(path);
            if (file.Refused is null)
                readable.Add(file);
            else
                Refused.Add(file.Refused);
        }

        bool isWhole = Refused.Count == refusedBefore;
        string? sdkCopy = readable.Find(IsSdk)?.File;
        List<DllFile> effects = readable.FindAll(f => f.Mark is not null);
        foreach (DllFile effect in effects)
            Take(effect, sdkCopy);
        // Where a file could not be read, that one was the effect, most likely; its libraries are not to blame.
        if (effects.Count == 0 && readable.Count > 0 && isWhole)
            RefuseFolderWithoutEffect(folder, readable, isRoot);
    }

    private void Take(DllFile file, string? sdkCopy)
    {
        EffectMark mark = file.Mark!;
        RefusedPlugin? refused = EffectChecks.Refusal(file, mark, sdkCopy);
        if (refused is null)
        {
            _candidates.Add(file);
            return;
        }

        Refused.Add(refused);
        if (KebabCase.IsValid(mark.Id))
            RefusedById.TryAdd(mark.Id, refused);
    }

    private void SeparateDuplicates()
    {
        var byId = new SortedDictionary<string, List<DllFile>>(StringComparer.Ordinal);
        foreach (DllFile file in _candidates)
        {
            if (!byId.TryGetValue(file.Mark!.Id, out List<DllFile>? namesakes))
                byId.Add(file.Mark.Id, namesakes = []);
            // A copy is the same plugin once more.
            if (!namesakes.Exists(other => other.Build == file.Build))
                namesakes.Add(file);
        }

        foreach ((string id, List<DllFile> namesakes) in byId)
            Separate(id, namesakes);
    }

    // What comes with the host stands, the first of several versions; of others, none can be preferred to the rest.
    private void Separate(string id, List<DllFile> namesakes)
    {
        DllFile? chosen = namesakes.Count == 1 ? namesakes[0] : namesakes.Find(EffectChecks.ComesWithTheHost);
        foreach (DllFile file in namesakes)
        {
            if (file == chosen)
                continue;
            RefusedPlugin refused = chosen is null ? RefuseAmbiguous(id, file, namesakes)
                : EffectChecks.ComesWithTheHost(file) ? new RefusedPlugin(
                    file.File,
                    $"It is another version of \"{id}\" in {chosen.File}, which was found first and is used.",
                    "Remove one of them.")
                : new RefusedPlugin(
                    file.File,
                    $"The id \"{id}\" is that of an effect that comes with the host, {chosen.File}, which is used.",
                    "Give this one another id, or remove it.");
            Refused.Add(refused);
            RefusedById[id] = refused;
        }

        if (chosen is null)
            return;
        // A sound plugin stands even when a broken one claims the same id.
        RefusedById.Remove(id);
        Effects.Add(EffectChecks.Describe(chosen, chosen.Mark!));
    }

    private static RefusedPlugin RefuseAmbiguous(string id, DllFile file, List<DllFile> namesakes)
    {
        List<DllFile> others = namesakes.FindAll(other => other != file);
        string theirs = string.Join(" and ", others.ConvertAll(other => other.File));
        return new RefusedPlugin(
            file.File,
            $"The id \"{id}\" is also that of {theirs}, and presets could mean either.",
            "Remove all but one of them, or give one another id.");
    }

    private void RefuseFolderWithoutEffect(string folder, List<DllFile> files, bool isRoot)
    {
        const string Fix = "Mark the effect's assembly with [assembly: Effect(\"my-effect\", \"My effect\", "
            + "EffectRole.Tone)], or take this out of the plugins.";
        if (!isRoot && files.Count > 1)
        {
            Refused.Add(new RefusedPlugin(
                folder, $"None of the {files.Count} DLLs in this folder says that it is an effect.", Fix));
            return;
        }

        foreach (DllFile file in files)
        {
            Refused.Add(file.IsNative
                ? new RefusedPlugin(file.File, "It is a native library, not a .NET assembly.",
                    "Put it into the folder of the plugin that uses it, or take it out of the plugins.")
                : new RefusedPlugin(file.File, "It is a .NET assembly, but does not say that it is an effect.", Fix));
        }
    }

    private List<string> List(string folder, Func<string, string, EnumerationOptions, IEnumerable<string>> enumerate)
    {
        try
        {
            var options = new EnumerationOptions { IgnoreInaccessible = false, AttributesToSkip = 0 };
            var paths = new List<string>(enumerate(folder, "*", options));
            paths.Sort(StringComparer.Ordinal);
            return paths;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            if (!Refused.Exists(r => r.File == folder))
                Refused.Add(new RefusedPlugin(
                    folder, $"The folder cannot be read: {e.Message}", "Let the user who runs the host read it."));
            return [];
        }
    }

    // What macOS, editors and version control leave behind.
    private static bool IsHidden(string path) => Path.GetFileName(path.AsSpan()).StartsWith('.');

    private static bool IsSdk(DllFile file) =>
        EffectChecks.SdkName.Equals(file.AssemblyName, StringComparison.OrdinalIgnoreCase)
        || EffectChecks.SdkName.Equals(Path.GetFileNameWithoutExtension(file.File), StringComparison.OrdinalIgnoreCase);

    // A plain loop, as elsewhere here.
    private static bool Contains(IReadOnlyList<string> all, string one)
    {
        foreach (string other in all)
        {
            if (other == one)
                return true;
        }

        return false;
    }
}
