using System;
using System.Buffers.Binary;

namespace R3X.FxHost.Decoding;

/// <summary>Reads what stands in front of a WAV file's sound, and the chunks behind it.</summary>
internal sealed class WavHeader
{
    private const uint FirstOpenSize = 0x7FFF_F000;
    private const long MostBytes = 16 << 20;
    private const int LongSizesBytes = 16;

    private bool _expectsFile = true;
    private uint _chunkBytes;
    private long _skip;
    private bool _padFollows;
    private long? _longSize;

    /// <summary>What the sound is; its rate is 0 until the "fmt " chunk was read.</summary>
    public WavFormatChunk Format { get; private set; }

    /// <summary>Whether the file's numbers and samples have their highest byte first.</summary>
    public bool IsBigEndian { get; private set; }

    /// <summary>Bytes read since the file, or the chunk behind the sound, began.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Whether the sound begins here.</summary>
    public bool IsAtSound { get; private set; }

    /// <summary>Whether a chunk has ended and another may begin here.</summary>
    public bool IsBetweenChunks => !_expectsFile && !_padFollows && _skip == 0;

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
        BeginChunk();
        (Format, _longSize, _expectsFile) = (default, null, true);
    }

    /// <summary>A chunk of the same file begins here.</summary>
    public void BeginChunk() => (BytesRead, IsAtSound, _padFollows, _skip) = (0, false, false, 0);

    /// <summary>Reads on, no further than the end of a chunk or the beginning of the sound.</summary>
    /// <returns>Whether it came on; otherwise more bytes have to come.</returns>
    /// <exception cref="UnreadableAudioException">The header is damaged, or what it describes is not
    /// understood.</exception>
    public bool Read(ByteWindow window)
    {
        ReadOnlySpan<byte> bytes = window.Bytes;
        if (bytes.IsEmpty)
            return false;
        int read;
        if (_skip > 0)
        {
            read = (int)Math.Min(_skip, bytes.Length);
            _skip -= read;
        }
        else if (_padFollows)
        {
            // An odd chunk is followed by a zero byte, except from writers that forget it; no chunk's name starts with
            // one.
            _padFollows = false;
            window.Pass(bytes[0] == 0 ? 1 : 0);
            return true;
        }
        else
        {
            read = _expectsFile ? ReadFile(bytes) : ReadChunk(bytes);
        }

        window.Pass(read);
        BytesRead += read;
        if (BytesRead > MostBytes)
        {
            throw new UnreadableAudioException(
                $"The WAV file's first {MostBytes >> 20} MB hold no \"data\" chunk. It is damaged, or not a WAV file.");
        }

        return read > 0;
    }

    private int ReadFile(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < WavChunkHead.WithFormBytes)
            return 0;
        if (!WavChunkHead.IsFile(bytes))
        {
            throw new UnreadableAudioException("The input is named as WAV but does not start with a RIFF/WAVE header."
                + " Name what it is, or leave the name away.");
        }

        IsBigEndian = WavChunkHead.IsBigEndian(bytes);
        _expectsFile = false;
        return WavChunkHead.WithFormBytes;
    }

    // Bytes of a chunk's head, and of what is read of the chunk; 0 where they have not all come.
    private int ReadChunk(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < WavChunkHead.Bytes)
            return 0;
        uint size = WavChunkHead.Size(bytes, IsBigEndian);
        bool isFormat = bytes.StartsWith("fmt "u8);
        bool isLongSizes = bytes.StartsWith("ds64"u8) && size >= LongSizesBytes;
        if (isFormat && size < WavFormatChunk.ShortestBytes)
        {
            throw new UnreadableAudioException($"The WAV header's \"fmt \" chunk has {size} bytes instead of"
                + $" {WavFormatChunk.ShortestBytes} or more. The file is damaged.");
        }

        int wanted = isFormat ? (int)Math.Min(size, WavFormatChunk.LongestBytes) : isLongSizes ? LongSizesBytes : 0;
        if (bytes.Length < WavChunkHead.Bytes + wanted)
            return 0;
        ReadOnlySpan<byte> content = bytes.Slice(WavChunkHead.Bytes, wanted);
        if (isFormat)
            Format = WavFormatChunk.Parse(content, IsBigEndian);
        if (isLongSizes)
            _longSize = (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(content[8..]), long.MaxValue);
        _chunkBytes = size;
        IsAtSound = bytes.StartsWith("data"u8);
        if (IsAtSound && Format.SampleRate == 0)
        {
            throw new UnreadableAudioException(
                "The WAV file's sound starts before the \"fmt \" chunk that says what it is."
                + " The file is damaged.");
        }

        if (!IsAtSound)
            (_skip, _padFollows) = (size - wanted, (size & 1) != 0);
        return WavChunkHead.Bytes + wanted;
    }
}
