using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;

namespace R3X.FxHost.Release;

/// <summary>
/// An archive of a folder that depends on nothing but the files' names and bytes: sorted, of one time, of nobody.
/// </summary>
internal static class Archive
{
    private const UnixFileMode Plain = (UnixFileMode)0b110_100_100;
    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;

    private static readonly string[] Programs = ["r3x", "r3x-serve", "createdump"];

    /// <summary>The time of every file in it.</summary>
    public static DateTimeOffset Time { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Packs a folder, with its own name at the root: a zip for Windows, a tar.gz for everybody
    /// else.</summary>
    /// <returns>The archive, beside the folder.</returns>
    public static FileInfo Make(DirectoryInfo folder)
    {
        bool isWindows = folder.Name.Contains("-win-", StringComparison.Ordinal);
        var archive = new FileInfo(folder.FullName + (isWindows ? ".zip" : ".tar.gz"));
        using (FileStream stream = archive.Create())
        {
            if (isWindows)
                Zip(folder, stream);
            else
                Tar(folder, stream);
        }

        archive.Refresh();
        return archive;
    }

    private static void Tar(DirectoryInfo folder, FileStream stream)
    {
        using var gzip = new GZipStream(stream, CompressionLevel.Optimal);
        using var tar = new TarWriter(gzip, TarEntryFormat.Ustar);
        foreach ((string name, FileInfo file) in Files(folder))
        {
            using FileStream bytes = file.OpenRead();
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = bytes,
                ModificationTime = Time,
                Mode = Programs.Contains(file.Name) ? Executable : Plain,
            });
        }
    }

    private static void Zip(DirectoryInfo folder, FileStream stream)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
        foreach ((string name, FileInfo file) in Files(folder))
        {
            ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.Optimal);
            entry.LastWriteTime = Time;
            using Stream into = entry.Open();
            using FileStream bytes = file.OpenRead();
            bytes.CopyTo(into);
        }
    }

    private static IEnumerable<(string Name, FileInfo File)> Files(DirectoryInfo folder) =>
        folder.EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => (Name: NameOf(folder, file), File: file))
            .OrderBy(static pair => pair.Name, StringComparer.Ordinal);

    private static string NameOf(DirectoryInfo folder, FileInfo file) =>
        Path.GetRelativePath(folder.Parent!.FullName, file.FullName).Replace('\\', '/');
}
