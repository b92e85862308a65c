using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;

namespace R3X.FxHost.Release;

/// <summary>SHA256SUMS, as <c>sha256sum -c</c> reads it.</summary>
internal static class Checksums
{
    /// <summary>Writes it for all archives of a folder.</summary>
    public static void Write(DirectoryInfo folder)
    {
        string[] lines =
        [
            .. folder.EnumerateFiles("r3x-*")
                .Where(static file => file.Extension is ".gz" or ".zip")
                .OrderBy(static file => file.Name, StringComparer.Ordinal)
                .Select(static file => $"{HashOf(file)}  {file.Name}\n"),
        ];
        File.WriteAllText(Path.Combine(folder.FullName, "SHA256SUMS"), string.Concat(lines));
    }

    private static string HashOf(FileInfo file)
    {
        using FileStream stream = file.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
