using System.Collections.Generic;
using System.IO;

namespace R3X.FxHost.Plugins;

/// <summary>What lies in a plugin's folder. A link to a folder is looked at and not followed: it may lead back up.
/// </summary>
internal static class PluginFiles
{
    /// <summary>Everything in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="withSubfolders">Whether what is in its folders counts.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="System.UnauthorizedAccessException">The same, for lack of permission.</exception>
    public static IEnumerable<FileSystemInfo> In(DirectoryInfo folder, bool withSubfolders)
    {
        foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos())
        {
            yield return entry;
            if (!withSubfolders || entry is not DirectoryInfo { LinkTarget: null } inner)
                continue;
            foreach (FileSystemInfo deeper in In(inner, withSubfolders))
                yield return deeper;
        }
    }

    /// <summary>A file itself; of a link, what it leads to, unless it leads in a circle.</summary>
    public static FileInfo EndOf(FileInfo file)
    {
        try
        {
            return file.LinkTarget is null
                ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        }
        catch (IOException)
        {
            return file;
        }
    }
}
