using System;
using System.Collections.Concurrent;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.Cli.Batch;

/// <summary>
/// What a folder holds that was rendered into it, so that a command which was stopped goes on where it stopped: a
/// hidden file with a line for every output, its job, and the hash of its bytes. Another command that renders into the
/// folder meanwhile is refused. Any thread.
/// </summary>
internal sealed class BatchManifest : IDisposable
{
    public const string FileName = ".r3x-rendered";

    private readonly ConcurrentDictionary<string, (string Job, string Hash)> _rendered = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly string _folder;
    private readonly StreamWriter _file;

    private BatchManifest(string folder, FileStream file)
    {
        _folder = folder;
        using (var reader = new StreamReader(file, leaveOpen: true))
        {
            while (reader.ReadLine() is { } line)
            {
                // The last one may have been cut when the command was killed.
                if (line.Split('\t', 3) is [{ Length: 64 } job, { Length: 64 } hash, { Length: > 0 } output])
                    _rendered[output] = (job, hash);
            }
        }

        _file = new StreamWriter(file) { NewLine = "\n", AutoFlush = true };
        if (file.Length > 0)
            _file.WriteLine();
    }

    /// <summary>Opens that of a folder, which need not be there yet.</summary>
    /// <exception cref="IOException">Another command renders into the folder, or it cannot be written.</exception>
    public static BatchManifest Open(string folder)
    {
        string path = Path.Combine(folder, FileName);
        FileStream file;
        try
        {
            Directory.CreateDirectory(folder);
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(
                $"\"{folder}\" cannot be written: You may not write there. Choose another place with -o.", e);
        }
        catch (IOException e)
        {
            throw new IOException(
                $"\"{path}\" cannot be opened: {e.Message} Another r3x may be rendering into this folder: wait for it, "
                + "or choose another place with -o.", e);
        }

        return new BatchManifest(folder, file);
    }

    /// <summary>Whether a file is what a job gives: rendered by it, and still the same bytes.</summary>
    public async Task<bool> HoldsAsync(string output, string job, CancellationToken cancellation) =>
        _rendered.TryGetValue(NameOf(output), out (string Job, string Hash) known) && known.Job == job
        && File.Exists(output) && await HashAsync(output, cancellation) == known.Hash;

    /// <summary>Notes that a file is whole.</summary>
    public async Task AddAsync(string output, string job, CancellationToken cancellation)
    {
        Write($"{job}\t{await HashAsync(output, cancellation)}\t{NameOf(output)}");
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The SHA-256 of a file, 64 hexadecimal digits.</summary>
    public static async Task<string> HashAsync(string path, CancellationToken cancellation)
    {
        await using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
    }

    private void Write(string line)
    {
        lock (_lock)
            _file.WriteLine(line);
    }

    private string NameOf(string output) => Path.GetRelativePath(_folder, output).Replace('\\', '/');
}
