using System;
using System.IO;

namespace R3X.FxHost.Plugins;

/// <summary>
/// Copies of plugin folders that a long-running host loads from, so that the plugins' own files stay free. Each is held
/// by a lock on a file in it, which the system lets go of when the process dies, however it dies.
/// </summary>
internal sealed class ShadowFolder : IDisposable
{
    private const string Prefix = "r3x-fxhost-shadow-";
    private const string LockName = "in-use.lock";

    private readonly string _path;
    private readonly FileStream _lock;

    private ShadowFolder(string path, string file, FileStream hold)
    {
        _path = path;
        File = file;
        _lock = hold;
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
        // Made by the system under a fresh name that only this user may enter: a name that others can guess could be
        // filled by them with code.
        string path = Directory.CreateTempSubdirectory(Prefix).FullName;
        string copy = Path.Combine(path, "plugin");
        copiedFile = Path.Combine(copy, Path.GetFileName(file));
        var shadow = new ShadowFolder(
            path, copiedFile,
            new FileStream(Path.Combine(path, LockName), FileMode.CreateNew, FileAccess.Write, FileShare.None));
        try
        {
            CopyFolder(new DirectoryInfo(Path.GetDirectoryName(file)!), copy, withSubfolders);
            return shadow;
        }
        catch
        {
            shadow.Dispose();
            throw;
        }
    }

    /// <summary>Deletes what processes left behind that died without tidying up.</summary>
    /// <param name="temporary">The folder that shadows are made in.</param>
    public static void DeleteThoseOfDeadProcesses(string temporary)
    {
        try
        {
            foreach (DirectoryInfo folder in new DirectoryInfo(temporary).EnumerateDirectories(Prefix + "*"))
            {
                if (folder.LinkTarget is null && IsAbandoned(folder.FullName))
                    Delete(folder.FullName);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's, or just being deleted by another host: nothing of ours depends on it.
        }
    }

    /// <summary>Deletes the copy; where the system forbids that while its code is in memory, a later host
    /// does.</summary>
    public void Dispose()
    {
        _lock.Dispose();
        Delete(_path);
    }

    private static bool IsAbandoned(string folder)
    {
        try
        {
            // A folder without a lock file is being made at this moment. Opening fails while its owner lives.
            using var hold = new FileStream(
                Path.Combine(folder, LockName), FileMode.Open, FileAccess.Write, FileShare.None);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

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

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // In use, or gone already.
        }
    }
}
