using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using R3X.FxHost.Plugins;

namespace R3X.FxHost.Faults;

/// <summary>
/// The faults of effects that a user's hosts have met, kept from one program to the next: a file each in a folder that
/// any number of hosts and processes use at once. It is bounded: 200 faults and 32 MB, and the oldest go. Any thread.
/// </summary>
public sealed class FaultLedger
{
    private const int MostFaults = 200;
    private const long MostBytes = 32_000_000;
    private const string Ending = ".json";
    private const string PartEnding = ".part";

    // Without those that look like others.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    // Whoever wrote it is gone.
    private static readonly TimeSpan OldestPart = TimeSpan.FromHours(1);

    private FaultLedger(string folder) => Folder = folder;

    /// <summary>Its folder, which is made with the first fault.</summary>
    public string Folder { get; }

    /// <summary>Opens a ledger.</summary>
    /// <param name="stateFolder">Where hosts keep what lasts; null takes the user's folder: <c>R3X_STATE</c>, else
    /// <c>r3x</c> in <c>XDG_STATE_HOME</c> or the like.</param>
    public static FaultLedger Open(string? stateFolder = null) =>
        new(Path.Combine(Path.GetFullPath(stateFolder ?? HostState.UsersFolder), "faults"));

    /// <summary>Reads all faults, the newest first. What is no whole record is left out.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for lack of permission.</exception>
    public IReadOnlyList<FaultRecord> Read() =>
        [.. Files().Reverse().Select(static file => Read(file.FullName)).OfType<FaultRecord>()];

    /// <summary>Finds a fault.</summary>
    /// <param name="id">Its id, or the beginning of it.</param>
    /// <returns>The newest whose id begins so; null when there is none.</returns>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for lack of permission.</exception>
    public FaultRecord? Find(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return Read().FirstOrDefault(fault => fault.Id.StartsWith(id, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Forgets all faults.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="IOException">One cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for lack of permission.</exception>
    public int Clear()
    {
        FileInfo[] files = Files();
        foreach (FileInfo file in files)
            file.Delete();
        return files.Length;
    }

    /// <summary>An id for a new fault.</summary>
    internal static string NewId() => RandomNumberGenerator.GetString(Letters, 6);

    /// <summary>Keeps a fault, and lets the oldest go where there are too many. Never throws for what a disk does: a
    /// fault that cannot be kept is in the line's report all the same.</summary>
    /// <param name="fault">The fault.</param>
    internal void Keep(FaultRecord fault)
    {
        // The names are in the order of time.
        string name = $"{fault.Time.UtcDateTime:yyyyMMdd-HHmmss-fffffff}-{fault.Id}";
        string part = Path.Combine(Folder, name + PartEnding);
        try
        {
            HostState.Make(Folder);
            using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None))
                JsonSerializer.Serialize(file, fault, FaultJson.Default.FaultRecord);
            File.Move(part, Path.Combine(Folder, name + Ending));
            LetOldestGo();
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            TryDelete(part);
        }
    }

    private void LetOldestGo()
    {
        FileInfo[] files = Files();
        int count = files.Length;
        long bytes = files.Sum(static file => file.Length);
        foreach (FileInfo oldest in files)
        {
            if (count <= MostFaults && bytes <= MostBytes)
                break;
            TryDelete(oldest.FullName);
            (count, bytes) = (count - 1, bytes - oldest.Length);
        }

        foreach (string part in Directory.EnumerateFiles(Folder, "*" + PartEnding))
        {
            if (TimeProvider.System.GetUtcNow() - File.GetLastWriteTimeUtc(part) > OldestPart)
                TryDelete(part);
        }
    }

    // The oldest first.
    private FileInfo[] Files()
    {
        var folder = new DirectoryInfo(Folder);
        if (!folder.Exists)
            return [];
        // A file that another process deletes meanwhile has no length.
        return [.. folder.EnumerateFiles("*" + Ending).Where(static file => file.Exists)
            .OrderBy(static file => file.Name, StringComparer.Ordinal)];
    }

    private static FaultRecord? Read(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return JsonSerializer.Deserialize(file, FaultJson.Default.FaultRecord);
        }
        catch (Exception e) when (e is JsonException || IsOfTheDisk(e))
        {
            return null;
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
            // Another process does it, or nobody can.
        }
    }

    private static bool IsOfTheDisk(Exception e) => e is IOException or UnauthorizedAccessException;
}
