using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Decoding;

/// <summary>
/// RIFF WAVE and RF64 (EBU Tech 3306), read as it arrives. Trusts the sizes in the header as far as they agree with what
/// comes: 0 and anything from 0x7FFFF000 mean "until the end", as writers to a pipe cannot know better.
/// </summary>
internal sealed class WavDecoder : IDecoder
{
    private const uint FirstOpenSize = 0x7FFF_F000;
    private const long MostHeaderBytes = 16 << 20;

    private readonly List<string> _warnings = [];
    private readonly byte[] _held = new byte[WavFormatChunk.LongestBytes];
    private int _heldBytes;
    private int _wantedBytes = 12;
    private Part _part = Part.Riff;
    private uint _chunkBytes;
    private long _skip;
    private bool _padFollows;
    private long _headerBytes;
    private long? _longSize;
    private WavFormatChunk _chunk;
    private FrameReader? _reader;
    private long _left;
    private bool _open;
    private long _frames;
    private bool? _junkAfter;
    private bool _ended;

    private enum Part
    {
        Riff,
        ChunkHead,
        Format,
        LongSizes,
        Skip,
        Pad,
        Sound,
        After,
    }

    public AudioFormat? Format { get; private set; }

    public IReadOnlyList<string> Warnings => _warnings;

    public DecodeStep Decode(ReadOnlySpan<byte> input, bool endOfInput, AudioBlock output)
    {
        int consumed = 0;
        int written = 0;
        if (_reader is null)
        {
            consumed = ReadHeader(input);
            if (_reader is null && endOfInput)
                throw new UnreadableAudioException(CutHeader());
            return new DecodeStep(consumed, 0);
        }

        if (_part == Part.Sound && !_ended)
        {
            DecodeStep step = _reader.Read(input[..(int)Math.Min(input.Length, _left)], output);
            consumed = step.BytesConsumed;
            written = step.FramesWritten;
            _frames += written;
            if (!_open)
                _left -= consumed;
            if (_left == 0)
                _part = Part.After;
        }

        if (_part == Part.After && consumed < input.Length)
        {
            // A chunk's name is printable; what is not is the sound going on past a size that lied.
            _junkAfter ??= input[consumed] is not 0 and (< 0x20 or > 0x7E);
            consumed = input.Length;
        }

        if (endOfInput && !_ended && consumed == input.Length)
            End();
        return new DecodeStep(consumed, written);
    }

    public void Dispose()
    {
    }

    private int ReadHeader(ReadOnlySpan<byte> input)
    {
        int at = 0;
        while (at < input.Length && _reader is null)
        {
            int before = at;
            switch (_part)
            {
                case Part.Skip:
                    int skipped = (int)Math.Min(_skip, input.Length - at);
                    at += skipped;
                    _skip -= skipped;
                    if (_skip == 0)
                        EndChunk();
                    break;
                case Part.Pad:
                    // An odd chunk is followed by a zero byte, except from writers that forget it; no chunk's name starts with one.
                    if (input[at] == 0)
                        at++;
                    Want(Part.ChunkHead, 8);
                    break;
                default:
                    int taken = Math.Min(_wantedBytes - _heldBytes, input.Length - at);
                    input.Slice(at, taken).CopyTo(_held.AsSpan(_heldBytes));
                    _heldBytes += taken;
                    at += taken;
                    if (_heldBytes == _wantedBytes)
                        ReadPart(_held.AsSpan(0, _heldBytes));
                    break;
            }

            _headerBytes += at - before;
            if (_headerBytes > MostHeaderBytes)
                throw new UnreadableAudioException($"The WAV file's first {MostHeaderBytes >> 20} MB hold no \"data\" chunk. It is damaged, or not a WAV file.");
        }

        return at;
    }

    private void ReadPart(ReadOnlySpan<byte> bytes)
    {
        switch (_part)
        {
            case Part.Riff:
                if (!(bytes.StartsWith("RIFF"u8) || bytes.StartsWith("RF64"u8)) || !bytes[8..].SequenceEqual("WAVE"u8))
                    throw new UnreadableAudioException("The input is named as WAV but does not start with a RIFF/WAVE header. Name what it is, or leave the name away.");
                Want(Part.ChunkHead, 8);
                break;
            case Part.ChunkHead:
                StartChunk(bytes);
                break;
            case Part.Format:
                _chunk = WavFormatChunk.Parse(bytes);
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
        _chunkBytes = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        _padFollows = (_chunkBytes & 1) != 0;
        if (head.StartsWith("fmt "u8))
        {
            if (_chunkBytes < WavFormatChunk.ShortestBytes)
                throw new UnreadableAudioException($"The WAV header's \"fmt \" chunk has {_chunkBytes} bytes instead of {WavFormatChunk.ShortestBytes} or more. The file is damaged.");
            Want(Part.Format, (int)Math.Min(_chunkBytes, WavFormatChunk.LongestBytes));
        }
        else if (head.StartsWith("ds64"u8) && _chunkBytes >= 16)
        {
            Want(Part.LongSizes, 16);
        }
        else if (head.StartsWith("data"u8))
        {
            StartSound();
        }
        else
        {
            SkipChunk(_chunkBytes);
        }
    }

    private void StartSound()
    {
        if (_chunk.SampleRate == 0)
            throw new UnreadableAudioException("The WAV file's sound starts before the \"fmt \" chunk that says what it is. The file is damaged.");
        if (_chunk.Warning is not null)
            _warnings.Add(_chunk.Warning);
        if (_chunk.Channels > 2)
            _warnings.Add($"The WAV file has {_chunk.Channels} channels; they were averaged to mono.");
        long bytes = _chunkBytes == uint.MaxValue && _longSize is > 0 ? _longSize.Value : _chunkBytes;
        _open = bytes == 0 || (bytes >= FirstOpenSize && bytes <= uint.MaxValue);
        if (_open)
            _warnings.Add("The WAV file does not say how long it is, as one from a pipe; it is read to its end.");
        _left = _open ? long.MaxValue : bytes;
        _reader = new FrameReader(_chunk.Coding, _chunk.Channels);
        Format = new AudioFormat(_chunk.SampleRate, _reader.Channels);
        _part = Part.Sound;
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
        if (_padFollows)
            _part = Part.Pad;
        else
            Want(Part.ChunkHead, 8);
    }

    private void Want(Part part, int bytes)
    {
        _part = part;
        _heldBytes = 0;
        _wantedBytes = bytes;
    }

    private string CutHeader() => _headerBytes == 0
        ? "The input is empty: not one byte came. Check what was to write it."
        : $"The WAV file ends after {_headerBytes} bytes, inside its header and before any sound. Check what was to write it.";

    private void End()
    {
        _ended = true;
        if (_frames == 0)
            throw new UnreadableAudioException("The WAV file has a header but no sound behind it. Check what was to write it.");
        if (_reader!.HeldBytes > 0)
            _warnings.Add($"The sound ends {_reader.HeldBytes} of {_reader.FrameBytes} bytes into a frame; the unfinished frame was left out.");
        if (_part == Part.Sound && !_open)
        {
            double missing = (double)_left / _reader.FrameBytes / _chunk.SampleRate;
            _warnings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"The WAV header promises {missing:0.###} s more sound than came; the file was cut, or its header lies."));
        }

        if (_junkAfter == true)
            _warnings.Add("Bytes that are no WAV chunk follow the sound and were left out; the header may state too short a length.");
        if (_reader.DamagedSamples > 0)
            _warnings.Add($"{_reader.DamagedSamples} samples were not numbers, or absurdly large, and were replaced by silence.");
    }
}
