using System;
using System.Buffers.Binary;

namespace R3X.FxHost.Decoding;

/// <summary>
/// Reads what stands in front of a WAV file's sound, and the chunks behind it, from bytes cut anywhere.
/// </summary>
internal sealed class WavHeader
{
    private const uint FirstOpenSize = 0x7FFF_F000;
    private const long MostBytes = 16 << 20;

    private readonly byte[] _held = new byte[WavFormatChunk.LongestBytes];
    private int _heldBytes;
    private int _wantedBytes;
    private Part _part;
    private uint _chunkBytes;
    private long _skip;
    private long? _longSize;

    public WavHeader() => BeginFile();

    private enum Part
    {
        File,
        ChunkHead,
        Format,
        LongSizes,
        Skip,
        Pad,
        Sound,
    }

    /// <summary>What the sound is; its rate is 0 until the "fmt " chunk was read.</summary>
    public WavFormatChunk Format { get; private set; }

    /// <summary>Whether the file's numbers and samples have their highest byte first.</summary>
    public bool IsBigEndian { get; private set; }

    /// <summary>Bytes read since the file began.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Whether the sound begins here.</summary>
    public bool IsAtSound => _part == Part.Sound;

    /// <summary>Whether a chunk has ended and another may begin here.</summary>
    public bool IsBetweenChunks => _part == Part.ChunkHead && _heldBytes == 0;

    /// <summary>
    /// The sound's length in bytes; null where the header does not say, as writers to a pipe cannot know.
    /// </summary>
    public long? SoundBytes
    {
        get
        {
            long bytes = _chunkBytes == uint.MaxValue && _longSize is > 0 ? _longSize.Value : _chunkBytes;
            return bytes == 0 || (bytes >= FirstOpenSize && bytes <= uint.MaxValue) ? null : bytes;
        }
    }

    /// <summary>A file begins here.</summary>
    public void BeginFile()
    {
        Format = default;
        BytesRead = 0;
        _longSize = null;
        Want(Part.File, WavChunkHead.WithFormBytes);
    }

    /// <summary>A chunk of the same file begins here.</summary>
    public void BeginChunk()
    {
        BytesRead = 0;
        Want(Part.ChunkHead, WavChunkHead.Bytes);
    }

    /// <summary>Reads on, no further than the end of a chunk or the beginning of the sound.</summary>
    /// <returns>Bytes read.</returns>
    /// <exception cref="UnreadableAudioException">The header is damaged, or what it describes is not
    /// understood.</exception>
    public int Read(ReadOnlySpan<byte> input)
    {
        int at = 0;
        while (at < input.Length && !IsAtSound && !(at > 0 && IsBetweenChunks))
        {
            int before = at;
            at += _part switch
            {
                Part.Skip => Skip(input.Length - at),
                Part.Pad => Pad(input[at]),
                _ => Hold(input[at..]),
            };
            BytesRead += at - before;
            if (BytesRead > MostBytes)
            {
                throw new UnreadableAudioException(
                    $"The WAV file's first {MostBytes >> 20} MB hold no \"data\" chunk. It is damaged, or not a WAV file.");
            }
        }

        return at;
    }

    private int Skip(int available)
    {
        int skipped = (int)Math.Min(_skip, available);
        _skip -= skipped;
        if (_skip == 0)
            EndChunk();
        return skipped;
    }

    // An odd chunk is followed by a zero byte, except from writers that forget it; no chunk's name starts with one.
    private int Pad(byte next)
    {
        Want(Part.ChunkHead, WavChunkHead.Bytes);
        return next == 0 ? 1 : 0;
    }

    private int Hold(ReadOnlySpan<byte> input)
    {
        int taken = Math.Min(_wantedBytes - _heldBytes, input.Length);
        input[..taken].CopyTo(_held.AsSpan(_heldBytes));
        _heldBytes += taken;
        if (_heldBytes == _wantedBytes)
            ReadPart(_held.AsSpan(0, _heldBytes));
        return taken;
    }

    private void ReadPart(ReadOnlySpan<byte> bytes)
    {
        switch (_part)
        {
            case Part.File:
                if (!WavChunkHead.IsFile(bytes))
                {
                    throw new UnreadableAudioException("The input is named as WAV but does not start with a RIFF/WAVE header."
                        + " Name what it is, or leave the name away.");
                }

                IsBigEndian = WavChunkHead.IsBigEndian(bytes);
                Want(Part.ChunkHead, WavChunkHead.Bytes);
                break;
            case Part.ChunkHead:
                StartChunk(bytes);
                break;
            case Part.Format:
                Format = WavFormatChunk.Parse(bytes, IsBigEndian);
                SkipChunk(_chunkBytes - bytes.Length);
                break;
            default:
                _longSize = (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]), long.MaxValue);
                SkipChunk(_chunkBytes - bytes.Length);
                break;
        }
    }

    private void StartChunk(ReadOnlySpan<byte> head)
    {
        _chunkBytes = WavChunkHead.Size(head, IsBigEndian);
        if (head.StartsWith("fmt "u8))
        {
            if (_chunkBytes < WavFormatChunk.ShortestBytes)
            {
                throw new UnreadableAudioException($"The WAV header's \"fmt \" chunk has {_chunkBytes} bytes instead of"
                    + $" {WavFormatChunk.ShortestBytes} or more. The file is damaged.");
            }

            Want(Part.Format, (int)Math.Min(_chunkBytes, WavFormatChunk.LongestBytes));
        }
        else if (head.StartsWith("ds64"u8) && _chunkBytes >= 16)
        {
            Want(Part.LongSizes, 16);
        }
        else if (head.StartsWith("data"u8))
        {
            if (Format.SampleRate == 0)
            {
                throw new UnreadableAudioException("The WAV file's sound starts before the \"fmt \" chunk that says what it is."
                    + " The file is damaged.");
            }

            _part = Part.Sound;
        }
        else
        {
            SkipChunk(_chunkBytes);
        }
    }

    private void SkipChunk(long bytes)
    {
        _skip = bytes;
        _part = Part.Skip;
        if (bytes == 0)
            EndChunk();
    }

    private void EndChunk()
    {
        if ((_chunkBytes & 1) != 0)
            _part = Part.Pad;
        else
            Want(Part.ChunkHead, WavChunkHead.Bytes);
    }

    private void Want(Part part, int bytes)
    {
        _part = part;
        _heldBytes = 0;
        _wantedBytes = bytes;
    }
}
