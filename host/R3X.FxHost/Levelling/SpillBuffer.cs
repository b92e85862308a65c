using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Levelling;

/// <summary>
/// Keeps frames to be read several times: the first 16 MB in memory, what follows in a temporary file. One thread at a
/// time.
/// </summary>
internal sealed class SpillBuffer(AudioFormat format, int memoryBytes = 16 << 20) : IDisposable
{
    private const int ChunkFrames = 1 << 16;

    private readonly List<float[]> _inMemory = [];
    private readonly int _mostInMemory = Math.Max(1, memoryBytes / (ChunkFrames * format.Channels * sizeof(float)));
    private float[] _writing = new float[ChunkFrames * format.Channels];
    private float[]? _loaded;
    private long _loadedChunk = -1;
    private SafeFileHandle? _file;

    /// <summary>What is kept.</summary>
    public AudioFormat Format => format;

    /// <summary>Frames kept so far.</summary>
    public long Frames { get; private set; }

    /// <summary>Keeps the next frames.</summary>
    /// <exception cref="IOException">The temporary folder is full or cannot be written.</exception>
    public void Write(AudioBlock block)
    {
        for (int at = 0; at < block.Frames;)
        {
            int filled = (int)(Frames % ChunkFrames);
            int frames = Math.Min(block.Frames - at, ChunkFrames - filled);
            block.Slice(at, frames).CopyTo(View(_writing).Slice(filled, frames));
            at += frames;
            Frames += frames;
            if (Frames % ChunkFrames == 0)
                KeepChunk();
        }
    }

    /// <summary>Reads frames from anywhere.</summary>
    /// <param name="frame">The first, counted from the line's first.</param>
    /// <param name="block">Where to.</param>
    /// <returns>Frames read: less than the block's only at the end.</returns>
    /// <exception cref="IOException">The temporary file cannot be read.</exception>
    public int Read(long frame, AudioBlock block)
    {
        int read = 0;
        while (read < block.Frames && frame + read < Frames)
        {
            int start = (int)((frame + read) % ChunkFrames);
            int frames = (int)Math.Min(Math.Min(block.Frames - read, ChunkFrames - start), Frames - frame - read);
            View(Chunk((frame + read) / ChunkFrames)).Slice(start, frames).CopyTo(block.Slice(read, frames));
            read += frames;
        }

        return read;
    }

    public void Dispose() => _file?.Dispose();

    private AudioBlock View(float[] chunk) => new(chunk, format.Channels, ChunkFrames, ChunkFrames);

    private void KeepChunk()
    {
        if (_inMemory.Count < _mostInMemory)
        {
            _inMemory.Add(_writing);
            _writing = new float[_writing.Length];
            return;
        }

        try
        {
            _file ??= OpenFile();
            long chunk = (Frames / ChunkFrames) - 1;
            RandomAccess.Write(_file, MemoryMarshal.AsBytes(_writing.AsSpan()), Offset(chunk));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"A long line is kept in {Path.GetTempPath()} while it is measured, which failed: {e.Message}"
                + $" Make room there, name another folder in {(OperatingSystem.IsWindows() ? "TMP" : "TMPDIR")},"
                + " or leave the level alone.",
                e);
        }
    }

    private float[] Chunk(long chunk)
    {
        if (chunk < _inMemory.Count)
            return _inMemory[(int)chunk];
        if (chunk == Frames / ChunkFrames)
            return _writing;
        if (chunk == _loadedChunk)
            return _loaded!;
        _loaded ??= new float[_writing.Length];
        Span<byte> bytes = MemoryMarshal.AsBytes(_loaded.AsSpan());
        for (int read = 0; read < bytes.Length;)
        {
            int more = RandomAccess.Read(_file!, bytes[read..], Offset(chunk) + read);
            read += more > 0
                ? more : throw new EndOfStreamException("The file in which the line was kept has been cut.");
        }

        _loadedChunk = chunk;
        return _loaded;
    }

    private long Offset(long chunk) => (chunk - _inMemory.Count) * _writing.Length * sizeof(float);

    private static SafeFileHandle OpenFile()
    {
        string path = Path.Combine(Path.GetTempPath(), $"r3x-{Guid.NewGuid():N}.spool");
        SafeFileHandle file = File.OpenHandle(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose);
        // Where that can be done, it loses its name at once: then it goes even with a process that is killed.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return file;
    }
}
