using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;

namespace R3X.FxHost.Plugins;

/// <summary>What a plugin's files hold, in one word: the same files have the same, wherever they lie. Any
/// thread.</summary>
internal static class PluginHash
{
    /// <summary>The hash of everything that is loaded with an effect.</summary>
    /// <param name="file">The effect's assembly.</param>
    /// <param name="ownsFolder">Whether its whole folder is the plugin's, or only the DLLs that lie beside it.</param>
    /// <returns>SHA-256 over the names and contents of the files, 64 hexadecimal digits.</returns>
    /// <exception cref="IOException">They cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for lack of permission.</exception>
    public static string Of(string file, bool ownsFolder)
    {
        string folder = Path.GetDirectoryName(file)!;
        SortedDictionary<string, string> files = new(StringComparer.Ordinal);
        foreach (FileSystemInfo entry in PluginFiles.In(new DirectoryInfo(folder), withSubfolders: ownsFolder))
        {
            if (entry is FileInfo && (ownsFolder || entry.Extension == ".dll"))
                files.Add(Path.GetRelativePath(folder, entry.FullName).Replace('\\', '/'), entry.FullName);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string name, string path) in files)
        {
            // Each file's own hash: two files cannot be cut elsewhere and come to the same.
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(name + "\n"));
            hash.AppendData(OfFile(path));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] OfFile(string path)
    {
        // Pipes and devices have no length, and reading one could go on for ever.
        if (PluginFiles.EndOf(new FileInfo(path)) is not { Exists: true, Length: > 0 })
            return SHA256.HashData([]);
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return SHA256.HashData(stream);
    }
}
