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
            if (!withSubfolders || entry is not DirectoryInfo inner || IsLink(inner))
                continue;
            foreach (FileSystemInfo deeper in In(inner, withSubfolders))
                yield return deeper;
        }
    }

    /// <summary>Whether it is a link. Costs nothing more, of what was just listed.</summary>
    public static bool IsLink(FileSystemInfo entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

    /// <summary>A file itself; of a link, what it leads to, unless it leads in a circle.</summary>
    public static FileInfo EndOf(FileInfo file)
    {
        try
        {
            return IsLink(file) ? file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file : file;
        }
        catch (IOException)
        {
            return file;
        }
    }
}
