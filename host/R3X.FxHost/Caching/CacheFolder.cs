using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace R3X.FxHost.Caching;

/// <summary>
/// Entries in a folder, one file each, which any number of threads and processes may use at once: a file appears under
/// its name only when it is whole, and whoever reads one has all of it or nothing. Nothing here throws for what a disk
/// does: it is told instead.
/// </summary>
/// <param name="folder">The folder; made when the first entry is kept.</param>
/// <param name="limits">How much is kept.</param>
/// <param name="tell">Told what went wrong, in words for people. Any thread.</param>
internal sealed class CacheFolder(string folder, CacheLimits limits, Action<string> tell)
{
    private const string PartEnding = ".part";

    // Whoever wrote it is gone.
    private static readonly TimeSpan OldestPart = TimeSpan.FromHours(1);

    /// <summary>Finds an entry, which is thereby used.</summary>
    /// <returns>Null when there is none that is whole and has this very key.</returns>
    public CacheEntry? Find(string key)
    {
        string path = Path.Combine(folder, CacheEntry.FileName(key));
        try
        {
            DateTime used = File.GetLastWriteTimeUtc(path);
            // One that is not there was last used in 1601.
            if (Now() - used > limits.Age)
                return null;
            var entry = CacheEntry.Read(File.ReadAllBytes(path));
            if (entry.Key != key)
                return null;
            Touch(path);
            return entry;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            tell($"\"{path}\" is left out: {e.Message.TrimEnd('.')}.");
            return null;
        }
    }

    /// <summary>Keeps an entry in place of any with the same key, and lets go what is too much.</summary>
    /// <returns>Whether it is kept.</returns>
    public bool Keep(CacheEntry entry)
    {
        if (entry.Bytes.Length > limits.EntryBytes)
            return false;
        string path = Path.Combine(folder, CacheEntry.FileName(entry.Key));
        string part = $"{path}.{Guid.NewGuid():N}{PartEnding}";
        try
        {
            Directory.CreateDirectory(folder);
            using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None))
                entry.Write(file);
            File.Move(part, path, overwrite: true);
            Evict();
            return true;
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            tell($"A line could not be kept in \"{folder}\": {e.Message.TrimEnd('.')}. It is spoken all the same.");
            TryDelete(part);
            return false;
        }
    }

    /// <summary>Lets entries go: all of them, or one.</summary>
    /// <param name="key">Which; null for all.</param>
    public void Remove(string? key)
    {
        foreach (
            FileInfo file in key is null ? Files() : [new FileInfo(Path.Combine(folder, CacheEntry.FileName(key)))])
            TryDelete(file.FullName);
    }

    /// <summary>The entries, the one used last first.</summary>
    public IEnumerable<CachedLine> List()
    {
        foreach (FileInfo file in Files().OrderByDescending(static file => file.LastWriteTimeUtc))
        {
            if (Describe(file) is { } line)
                yield return line;
        }
    }

    /// <summary>How many entries there are, and their size in bytes.</summary>
    public (int Entries, long Bytes) Size()
    {
        FileInfo[] files = [.. Files()];
        return (files.Length, files.Sum(Length));
    }

    private CachedLine? Describe(FileInfo file)
    {
        try
        {
            using FileStream stream = file.OpenRead();
            (string key, string format, int bytes) = CacheEntry.ReadHead(stream);
            return new CachedLine(key, format.Length > 0 ? format : null, bytes, file.LastWriteTimeUtc);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            tell($"\"{file.FullName}\" is left out: {e.Message.TrimEnd('.')}.");
            return null;
        }
    }

    private void Evict()
    {
        DateTime now = Now();
        long kept = 0;
        foreach (FileInfo file in Files().OrderByDescending(static file => file.LastWriteTimeUtc))
        {
            kept += Length(file);
            if (kept > limits.TotalBytes || now - file.LastWriteTimeUtc > limits.Age)
                TryDelete(file.FullName);
        }

        foreach (string part in Directory.EnumerateFiles(folder, "*" + CacheEntry.Ending + ".*" + PartEnding))
        {
            if (now - File.GetLastWriteTimeUtc(part) > OldestPart)
                TryDelete(part);
        }
    }

    // Whatever else lies in the folder is somebody else's.
    private IEnumerable<FileInfo> Files()
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFiles("*" + CacheEntry.Ending).Where(
                static file => CacheEntry.IsName(file.Name))];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            tell($"\"{folder}\" cannot be read: {e.Message.TrimEnd('.')}.");
            return [];
        }
    }

    // Another process may have let it go meanwhile.
    private static long Length(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }

    private static void Touch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, Now());
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            // A cache that cannot be written is still read.
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            // Open elsewhere, or not ours to write: the next one tries again.
        }
    }

    // The wall clock, as files have their times by it, in this process or another.
    private static DateTime Now() => TimeProvider.System.GetUtcNow().UtcDateTime;

    private static bool IsOfTheDisk(Exception e) =>
        e is IOException or UnauthorizedAccessException or InvalidDataException;
}
