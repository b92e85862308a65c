using System;
using System.IO;

namespace R3X.FxHost.Plugins;

/// <summary>
/// A temporary folder of a long-running host. It is held by a lock on a file in it, which the system lets go of when
/// the process dies, however it dies: what is left behind, a later host deletes.
/// </summary>
internal sealed class HeldFolder : IDisposable
{
    private const string Prefix = "r3x-fxhost-";
    private const string LockName = "in-use.lock";

    private readonly FileStream _lock;

    private HeldFolder(string path, FileStream hold) => (Path, _lock) = (path, hold);

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Makes one, under a fresh name, that only this user may enter: a name that others can guess could be
    /// filled by them with code.</summary>
    /// <param name="content">What is to be in it, in a word for its name.</param>
    /// <exception cref="IOException">The temporary folder could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for lack of permission.</exception>
    public static HeldFolder Create(string content)
    {
        string path = Directory.CreateTempSubdirectory($"{Prefix}{content}-").FullName;
        return new HeldFolder(path, new FileStream(
            System.IO.Path.Combine(path, LockName), FileMode.CreateNew, FileAccess.Write, FileShare.None));
    }

    /// <summary>Deletes what processes left behind that died without tidying up.</summary>
    /// <param name="temporary">The folder that they are made in.</param>
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

    /// <summary>Deletes it; where the system forbids that while code of it is in memory, a later host does.</summary>
    public void Dispose()
    {
        _lock.Dispose();
        Delete(Path);
    }

    private static bool IsAbandoned(string folder)
    {
        try
        {
            // A folder without a lock file is being made at this moment. Opening fails while its owner lives.
            using var hold = new FileStream(
                System.IO.Path.Combine(folder, LockName), FileMode.Open, FileAccess.Write, FileShare.None);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
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
