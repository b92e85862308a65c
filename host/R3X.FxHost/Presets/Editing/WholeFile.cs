using System;
using System.IO;
using System.Security.Cryptography;

namespace R3X.FxHost.Presets.Editing;

/// <summary>Writes files so that whoever reads them at that moment finds the old text or the new, never a
/// part.</summary>
internal static class WholeFile
{
    private static ReadOnlySpan<byte> Bom => [0xEF, 0xBB, 0xBF];

    /// <summary>Tells whether a file still holds what it held: SHA-256, in lower-case hexadecimal digits.</summary>
    public static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>A text as it takes a file's place: with the byte order mark that the file begins with, if it
    /// does.</summary>
    public static byte[] WithBomOf(ReadOnlySpan<byte> before, string text) =>
        [.. before.StartsWith(Bom) ? Bom : [], .. System.Text.Encoding.UTF8.GetBytes(text)];

    /// <summary>Replaces a file's content. Symbolic links are followed, permissions kept.</summary>
    /// <returns>Whether it was written; when not, it holds something else by now.</returns>
    /// <exception cref="IOException">It cannot be written; the message names it.</exception>
    public static bool Replace(string path, byte[] expected, byte[] bytes) => Guarded(path, () =>
    {
        string target = Path.GetFullPath(path);
        target = File.ResolveLinkTarget(target, returnFinalTarget: true)?.FullName ?? target;
        // A file that must not be written must not be replaced either, though its folder would allow it.
        new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
        return Beside(target, bytes, partial =>
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(partial, File.GetUnixFileMode(target));
            if (!PresetFile.TryReadBytes(target, out byte[] now, out _) || !now.AsSpan().SequenceEqual(expected))
                return false;
            File.Move(partial, target, overwrite: true);
            return true;
        });
    });

    /// <exception cref="IOException">It is there already or cannot be written; the message names it.</exception>
    public static void Create(string path, byte[] bytes) =>
        Guarded(path, () => Beside(Path.GetFullPath(path), bytes, partial =>
    {
        File.Move(partial, Path.GetFullPath(path), overwrite: false);
        return true;
    }));

    /// <exception cref="IOException">It cannot be deleted; the message names it.</exception>
    public static void Delete(string path) => Guarded(path, () =>
    {
        File.Delete(path);
        return true;
    });

    // The partial file's name ends so that nobody takes it for a preset.
    private static bool Beside(string target, byte[] bytes, Func<string, bool> keep)
    {
        string partial = Path.Combine(
            Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.part");
        try
        {
            using (var stream = new FileStream(partial, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            return keep(partial);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static bool Guarded(string path, Func<bool> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string reason = e is UnauthorizedAccessException ? "You may not write there." : e.Message;
            throw new IOException($"\"{path}\" cannot be written: {reason}", e);
        }
    }
}
