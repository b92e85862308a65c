using System;
using System.Collections.Generic;
using System.IO;

namespace R3X.FxHost.Plugins;

/// <summary>
/// How the folders of plugins look from outside: what changes when files are written, renamed, come or go. Cheap enough
/// to be taken twice a second. Immutable.
/// </summary>
internal sealed class FolderStamps
{
    private readonly Dictionary<string, long> _byFolder = new(StringComparer.Ordinal);

    private FolderStamps()
    {
    }

    /// <summary>As they are now; a folder that is not there is none.</summary>
    public static FolderStamps Of(IReadOnlyList<string> roots)
    {
        var stamps = new FolderStamps();
        foreach (string root in roots)
        {
            stamps.Add(root, withSubfolders: false);
            foreach (DirectoryInfo plugin in Folders(root))
                stamps.Add(plugin.FullName, withSubfolders: true);
        }

        return stamps;
    }

    /// <summary>Whether a folder differs from what it was.</summary>
    public bool IsChanged(string folder, FolderStamps before) =>
        _byFolder.GetValueOrDefault(folder) != before._byFolder.GetValueOrDefault(folder);

    /// <summary>Whether all are as they were.</summary>
    public bool IsSame(FolderStamps before)
    {
        if (_byFolder.Count != before._byFolder.Count)
            return false;
        foreach ((string folder, long stamp) in _byFolder)
        {
            if (!before._byFolder.TryGetValue(folder, out long old) || old != stamp)
                return false;
        }

        return true;
    }

    private void Add(string folder, bool withSubfolders)
    {
        // A sum, as the order in which files are listed may change.
        long sum = 1;
        try
        {
            foreach (FileSystemInfo entry in PluginFiles.In(new DirectoryInfo(folder), withSubfolders))
            {
                if (entry is not FileInfo file)
                    continue;
                FileInfo end = PluginFiles.EndOf(file);
                long length = end.Exists ? end.Length : -1;
                sum += HashCode.Combine(
                    file.FullName, end.FullName, length, end.LastWriteTimeUtc, end.CreationTimeUtc);
            }

            _byFolder[folder] = sum;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Not there, or just being changed: the next look sees what became of it.
        }
    }

    private static List<DirectoryInfo> Folders(string root)
    {
        try
        {
            return [.. new DirectoryInfo(root).EnumerateDirectories()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }
}
