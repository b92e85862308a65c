using System;
using System.IO;

namespace R3X.FxHost.Plugins;

/// <summary>Copies of plugin folders that a long-running host loads from, so that the plugins' own files stay
/// free.</summary>
internal sealed class ShadowFolder : IDisposable
{
    private readonly HeldFolder _folder;

    private ShadowFolder(HeldFolder folder, string file)
    {
        _folder = folder;
        File = file;
    }

    /// <summary>The assembly's copy.</summary>
    public string File { get; }

    /// <summary>Copies a plugin.</summary>
    /// <param name="file">The effect's assembly.</param>
    /// <param name="withSubfolders">Whether the whole folder is the plugin's, or only the files that lie beside
    /// it.</param>
    /// <param name="copiedFile">The assembly's copy.</param>
    /// <exception cref="IOException">The plugin or the temporary folder could not be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for lack of permission.</exception>
    public static ShadowFolder Of(string file, bool withSubfolders, out string copiedFile)
    {
        HeldFolder folder = HeldFolder.Create("shadow");
        string copy = Path.Combine(folder.Path, "plugin");
        copiedFile = Path.Combine(copy, Path.GetFileName(file));
        try
        {
            CopyFolder(new DirectoryInfo(Path.GetDirectoryName(file)!), copy, withSubfolders);
            return new ShadowFolder(folder, copiedFile);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Deletes the copy, or has a later host delete it.</summary>
    public void Dispose() => _folder.Dispose();

    private static void CopyFolder(DirectoryInfo from, string to, bool withSubfolders)
    {
        Directory.CreateDirectory(to);
        foreach (FileInfo file in from.EnumerateFiles())
        {
            string target = Path.Combine(to, file.Name);
            FileInfo source = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            // Pipes and devices have no length, and copying one could wait for ever.
            if (source is { Exists: true, Length: 0 })
                System.IO.File.Create(target).Dispose();
            else if (source.Exists)
                file.CopyTo(target);
        }

        foreach (DirectoryInfo folder in withSubfolders ? from.EnumerateDirectories() : [])
        {
            // A link may lead back up.
            if (folder.LinkTarget is null)
                CopyFolder(folder, Path.Combine(to, folder.Name), withSubfolders);
        }
    }
}
