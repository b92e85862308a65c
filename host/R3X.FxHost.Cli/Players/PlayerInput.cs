using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace R3X.FxHost.Cli.Players;

/// <summary>
/// Standard input of a player, read on a thread of its own. What was taken is kept, so that another can go on where one
/// who played it broke off.
/// </summary>
internal sealed class PlayerInput
{
    // A quarter of an hour of MP3, six minutes of samples at 22,050 Hz: an endless stream must not fill memory.
    private const long MostKept = 16 << 20;
    private const long MostAhead = 1 << 20;
    private const int ReadBytes = 16 * 1024;
    private const int HeaderBytes = 4;
    private const int ChunkCost = 64;

    private static readonly byte[][] Headers = ["RIFF"u8.ToArray(), "RIFX"u8.ToArray(), ".snd"u8.ToArray(),
        "FORM"u8.ToArray(), "OggS"u8.ToArray(), "fLaC"u8.ToArray()];

    private readonly object _gate = new();
    private readonly List<byte[]> _chunks = [];
    private readonly Stream _stream;
    private readonly PlayerUse _use;
    private int _taken;
    private long _keptBytes;
    private long _aheadBytes;
    private long _takenBytes;
    private bool _isWhole = true;
    private bool _ended;

    /// <summary>Begins to read.</summary>
    /// <param name="stream">Standard input.</param>
    /// <param name="use">What it holds.</param>
    public PlayerInput(Stream stream, PlayerUse use)
    {
        _stream = stream;
        _use = use;
        new Thread(Read) { IsBackground = true, Name = "R3X input" }.Start();
    }

    /// <summary>Goes back to its beginning, where that is still kept.</summary>
    /// <returns>Whether it is. Otherwise what is taken next is what was not taken yet.</returns>
    public bool Rewind()
    {
        lock (_gate)
        {
            if (_isWhole)
            {
                for (; _taken > 0; _aheadBytes += _chunks[_taken].Length)
                    _taken--;
                _takenBytes = 0;
            }

            return _isWhole;
        }
    }

    /// <summary>What is left to be taken, as it arrives, from a whole frame on, with a header in front where samples
    /// need one.</summary>
    /// <param name="cancellation">Ends the waiting for more.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> TakeAll(CancellationToken cancellation)
    {
        int skip = (int)((_use.FrameBytes - (_takenBytes % _use.FrameBytes)) % _use.FrameBytes);
        bool isBeginning = _takenBytes == 0;
        byte[]? head = _use.Head;
        while (Take(cancellation) is { } chunk)
        {
            if (head is not null && !(isBeginning && HasHeader(chunk)))
                yield return head;
            head = null;
            int skipped = Math.Min(skip, chunk.Length);
            skip -= skipped;
            if (chunk.Length > skipped)
                yield return chunk.AsMemory(skipped);
        }
    }

    /// <summary>Takes the rest and throws it away; returns at its end.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Drain(CancellationToken cancellation)
    {
        while (Take(cancellation) is not null)
        {
        }
    }

    private static bool HasHeader(byte[] start) =>
        Array.Exists(Headers, header => start.AsSpan().StartsWith(header));

    private byte[]? Take(CancellationToken cancellation)
    {
        using CancellationTokenRegistration wake = cancellation.Register(Wake);
        lock (_gate)
        {
            while (_taken == _chunks.Count && !_ended)
            {
                cancellation.ThrowIfCancellationRequested();
                Monitor.Wait(_gate);
            }

            if (_taken == _chunks.Count)
                return null;
            byte[] chunk = _chunks[_taken++];
            _takenBytes += chunk.Length;
            _aheadBytes -= chunk.Length;
            _isWhole &= _keptBytes < MostKept;
            if (!_isWhole)
            {
                _chunks.RemoveRange(0, _taken);
                _taken = 0;
            }

            Monitor.PulseAll(_gate);
            return chunk;
        }
    }

    private void Read()
    {
        byte[] buffer = new byte[ReadBytes];
        for (int least = HeaderBytes; ReadOnce(buffer, least) is var read and > 0; least = 1)
        {
            lock (_gate)
            {
                _chunks.Add(buffer[..read]);
                _aheadBytes += read;
                _keptBytes += read + ChunkCost;
                Monitor.PulseAll(_gate);
                while (_aheadBytes > MostAhead)
                    Monitor.Wait(_gate);
            }
        }

        lock (_gate)
        {
            _ended = true;
            Monitor.PulseAll(_gate);
        }
    }

    private int ReadOnce(byte[] buffer, int least)
    {
        try
        {
            return _stream.ReadAtLeast(buffer, least, throwOnEndOfStream: false);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private void Wake()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }
}
