using System;
using System.Collections.Concurrent;
using System.IO;

namespace R3X.FxHost.Cli;

/// <summary>
/// Where a line is written. A file appears under its name only when it is whole: until <see cref="Keep"/> it is written
/// beside it, and removed when the line fails. Symbolic links are followed; pipes, devices and what the shell opened
/// (<c>/dev/stdout</c>, <c>&gt;(cmd)</c>) are written directly.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    // What is to be deleted when the program has to end at once.
    private static readonly ConcurrentDictionary<string, byte> Partial = new();

    private readonly string? _path;
    private readonly string? _partial;
    private bool _kept;

    private OutputFile(Stream stream, string? path, string? partial)
    {
        Stream = stream;
        _path = path;
        _partial = partial;
    }

    public Stream Stream { get; }

    /// <summary>Opens a file, or standard output for <c>-</c>.</summary>
    /// <exception cref="IOException">It cannot be written; the message names it.</exception>
    public static OutputFile Open(string path)
    {
        if (path == "-")
            return new OutputFile(NamedOutput.OpenStandardOutput(), null, null);
        try
        {
            if (InheritedFile.In(path) is { } inherited)
                return new OutputFile(inherited.OpenToWrite(), null, null);
            string target = FinalTarget(Path.GetFullPath(path));
            if (Directory.Exists(target))
                throw new IOException("It is a folder.");
            if (Path.GetDirectoryName(target) is { } folder)
                Directory.CreateDirectory(folder);
            // An existing file is opened even when it will be replaced: one that must not be written must not be
            // replaced either.
            if (File.Exists(target) && OpenIfDirect(target) is { } device)
                return new OutputFile(new NamedOutput(device, $"\"{path}\""), null, null);
            string partial = target + ".part";
            Partial.TryAdd(partial, 0);
            return new OutputFile(new NamedOutput(new FileStream(partial, FileMode.Create, FileAccess.Write,
                FileShare.Read, BufferBytes), $"\"{path}\""), target, partial);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new IOException($"\"{path}\" cannot be written: {Reason(e)} Choose another place with -o.", e);
        }
    }

    /// <summary>The file is whole: gives it its name.</summary>
    /// <exception cref="IOException">Its last bytes could not be written.</exception>
    public void Keep()
    {
        Stream.Flush();
        Stream.Dispose();
        if (_partial is not null)
            File.Move(_partial, _path!, overwrite: true);
        Forget();
        _kept = true;
    }

    public void Dispose()
    {
        if (_kept)
            return;
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // The disk is full, say: the reason for which it was not kept is on its way already.
        }

        if (_partial is not null)
            File.Delete(_partial);
        Forget();
    }

    /// <summary>Deletes whatever is half written, as the program is about to end where it is. Any thread.</summary>
    public static void DeletePartial()
    {
        foreach (string partial in Partial.Keys)
        {
            try
            {
                File.Delete(partial);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is in use, where the system minds that.
            }
        }
    }

    private void Forget()
    {
        if (_partial is not null)
            Partial.TryRemove(_partial, out _);
    }

    /// <summary>The file a path stands for when every symbolic link on its end is followed; it need not
    /// exist.</summary>
    /// <param name="fullPath">A full path.</param>
    public static string FinalTarget(string fullPath)
    {
        try
        {
            return File.ResolveLinkTarget(fullPath, returnFinalTarget: true)?.FullName ?? fullPath;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return fullPath;
        }
    }

    // Moving a file over /dev/null would take the device away from the whole system.
    private static FileStream? OpenIfDirect(string target)
    {
        var existing = new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        bool isDevice = !OperatingSystem.IsWindows() && target.StartsWith("/dev/", StringComparison.Ordinal)
            && !target.StartsWith("/dev/shm/", StringComparison.Ordinal);
        if (isDevice || !existing.CanSeek)
            return existing;
        existing.Dispose();
        return null;
    }

    private static string Reason(Exception e) => e switch
    {
        UnauthorizedAccessException => "You may not write there.",
        DirectoryNotFoundException or FileNotFoundException => "Nothing can be created there.",
        _ => e.Message,
    };
}
