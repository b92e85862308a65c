using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets;

/// <summary>Files as the preset room meets them: small, and at any moment being written by somebody's editor.</summary>
internal static class PresetFile
{
    public const string Extension = ".yaml";

    /// <summary>Whether what names a preset is a path rather than an id.</summary>
    public static bool IsPath(string idOrPath) =>
        idOrPath.AsSpan().ContainsAny('/', '\\') || Path.IsPathRooted(idOrPath)
        || idOrPath.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)
            || idOrPath.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    public static string IdOf(string idOrPath) => IsPath(idOrPath) ? IdIn(idOrPath) : Composed.Of(idOrPath);

    public static string IdIn(string file) => Composed.Of(Path.GetFileNameWithoutExtension(file));

    /// <summary>
    /// Whether a file's name is a preset's: it ends in <c>.yaml</c>, is not host.yaml, and is not hidden, as what
    /// editors and macOS leave beside a file is (<c>.#x.yaml</c>, <c>._x.yaml</c>).
    /// </summary>
    public static bool IsPreset(ReadOnlySpan<char> fileName) =>
        fileName.EndsWith(Extension, StringComparison.Ordinal) && !fileName.StartsWith('.')
        && !fileName.Equals(HostSettingsReader.FileName, StringComparison.OrdinalIgnoreCase);

    /// <summary>The presets of a folder, sorted: every <c>*.yaml</c> but host.yaml. Reads the folder, not the
    /// files.</summary>
    public static List<string> In(string folder)
    {
        try
        {
            List<string> files =
                [.. Directory.EnumerateFiles(folder).Where(file => IsPreset(Path.GetFileName(file.AsSpan())))];
            files.Sort(StringComparer.Ordinal);
            return files;
        }
        catch (Exception e) when (IsExpected(e))
        {
            return [];
        }
    }

    /// <summary>The file of a preset in a folder, found by the letters of its name; null when there is none.</summary>
    public static string? Find(string folder, string id)
    {
        string composed = Composed.Of(id);
        return In(folder).Find(file => IdIn(file) == composed);
    }

    /// <summary>What tells a changed file without reading it; null when there is none.</summary>
    public static FileStamp? StampOf(string path)
    {
        try
        {
            FileSystemInfo file = new FileInfo(path);
            // The times of a link are not those of what it leads to.
            if (file.Exists && file.Attributes.HasFlag(FileAttributes.ReparsePoint))
                file = file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
            return file is FileInfo { Exists: true } info
                ? new FileStamp(info.Length, info.LastWriteTimeUtc.Ticks, info.CreationTimeUtc.Ticks) : null;
        }
        catch (Exception e) when (IsExpected(e))
        {
            return null;
        }
    }

    /// <summary>Reads a file, at most one byte more than the reader takes.</summary>
    /// <param name="bytes">Its bytes; empty when it could not be read.</param>
    /// <param name="reason">Why not, a sentence; empty when it could.</param>
    public static bool TryReadBytes(string path, out byte[] bytes, out string reason)
    {
        bytes = [];
        reason = "";
        try
        {
            if (Directory.Exists(path))
            {
                reason = "It is a folder.";
                return false;
            }

            if (path.StartsWith("/dev/", StringComparison.Ordinal)
                || path.StartsWith("/proc/", StringComparison.Ordinal))
            {
                reason = "It is a pipe or a device, and a preset is a file.";
                return false;
            }

            // A named pipe has no length, and opening one could wait for ever.
            if (StampOf(path) is { Length: 0 })
                return true;
            // An editor may be writing, renaming or deleting it: stand in nobody's way.
            using var stream = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            byte[] buffer = new byte[SourceText.MaximumBytes + 1];
            int length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            bytes = buffer[..length];
            return true;
        }
        catch (Exception e) when (IsExpected(e))
        {
            reason = e.Message.EndsWith('.') ? e.Message : e.Message + ".";
            return false;
        }
    }

    private static bool IsExpected(Exception e) =>
        e is IOException or UnauthorizedAccessException
            or ArgumentException or NotSupportedException or System.Security.SecurityException;
}
