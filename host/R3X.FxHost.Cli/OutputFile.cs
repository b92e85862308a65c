using System;
using System.IO;
using System.Threading.Tasks;

namespace R3X.FxHost.Cli;

/// <summary>
/// Where a line is written. A file appears under its name only when it is whole: until <see cref="Keep"/> it is written
/// beside it, and removed when the line fails.
/// </summary>
internal sealed class OutputFile : IAsyncDisposable
{
    private readonly string? _path;
    private readonly string? _partial;
    private bool _keep;

    private OutputFile(Stream stream, string? path, string? partial)
    {
        Stream = stream;
        _path = path;
        _partial = partial;
    }

    public Stream Stream { get; }

    /// <summary>Opens a file, or standard output for <c>-</c>. A pipe or a device is written directly.</summary>
    /// <exception cref="IOException">It cannot be written; the message names it.</exception>
    public static OutputFile Open(string path)
    {
        if (path == "-")
            return new OutputFile(Console.OpenStandardOutput(), null, null);
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
                Directory.CreateDirectory(folder);
            if (File.Exists(path) && (File.GetAttributes(path) & (FileAttributes.Normal | FileAttributes.Archive | FileAttributes.ReadOnly)) == 0)
                return new OutputFile(new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.Read, 64 * 1024), null, null);
            string partial = path + ".part";
            return new OutputFile(new FileStream(partial, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 64 * 1024), path, partial);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new IOException($"\"{path}\" cannot be written: {e.Message} Choose another place with -o.", e);
        }
    }

    /// <summary>Says that the file is whole.</summary>
    public void Keep() => _keep = true;

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        if (_partial is null)
            return;
        if (_keep)
            File.Move(_partial, _path!, overwrite: true);
        else
            File.Delete(_partial);
    }
}
