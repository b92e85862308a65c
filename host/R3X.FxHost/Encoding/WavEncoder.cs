using System;
using System.Buffers.Binary;
using System.IO;
using R3X.FxHost.Decoding;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Encoding;

/// <summary>
/// RIFF WAVE. Its sizes say "until the end" (0xFFFFFFFF) until <see cref="Complete"/>, and for good where the stream cannot
/// seek or the sound is longer than 4 GiB: readers of piped WAV take that as it is meant, and a file that was never
/// completed still plays.
/// </summary>
internal sealed class WavEncoder(Stream stream, AudioFormat format, SampleFormat samples, ulong ditherSeed) : IEncoder
{
    private const uint Open = 0xFFFF_FFFF;
    private const int LongestHeader = 80;

    private readonly SampleBytes _bytes = new(Coding(samples), format.Channels, ditherSeed, format.SampleRate);
    private long _start;
    private int _headerBytes;
    private long _soundBytes;
    private bool _completed;

    public AudioFormat Format => format;

    public void Write(AudioBlock block)
    {
        if (_headerBytes == 0)
            Begin();
        for (int start = 0; start < block.Frames;)
        {
            ReadOnlySpan<byte> bytes = _bytes.Convert(block.Slice(start, block.Frames - start), out int frames);
            stream.Write(bytes);
            _soundBytes += bytes.Length;
            start += frames;
        }
    }

    public void Complete()
    {
        if (_completed)
            return;
        _completed = true;
        if (_headerBytes == 0)
            Begin();
        // A stream whose length stays open takes no padding: a reader would take it for sound.
        long whole = _headerBytes - 8 + _soundBytes + (_soundBytes & 1);
        if (stream.CanSeek && whole < Open)
        {
            if ((_soundBytes & 1) != 0)
                stream.WriteByte(0);
            long end = stream.Position;
            stream.Position = _start;
            WriteHeader((uint)whole, (uint)_soundBytes, (uint)(_soundBytes / _bytes.FrameBytes));
            stream.Position = end;
        }

        stream.Flush();
    }

    public void Dispose()
    {
    }

    private static SampleCoding Coding(SampleFormat samples) => samples switch
    {
        SampleFormat.Int16 => SampleCoding.Int16,
        SampleFormat.Int24 => SampleCoding.Int24,
        SampleFormat.Float32 => SampleCoding.Float32,
        _ => throw new ArgumentOutOfRangeException(nameof(samples), samples, "There is no such sample format."),
    };

    private void Begin()
    {
        _start = stream.CanSeek ? stream.Position : 0;
        WriteHeader(Open, Open, Open);
    }

    private void WriteHeader(uint riffBytes, uint soundBytes, uint frames)
    {
        Span<byte> header = stackalloc byte[LongestHeader];
        var writer = new ChunkWriter(header);
        writer.Text("RIFF"u8);
        writer.UInt32(riffBytes);
        writer.Text("WAVEfmt "u8);
        WriteFormat(ref writer);
        if (samples != SampleFormat.Int16)
        {
            // Every layout but plain 16-bit is to state its length in frames as well.
            writer.Text("fact"u8);
            writer.UInt32(4);
            writer.UInt32(frames);
        }

        writer.Text("data"u8);
        writer.UInt32(soundBytes);
        stream.Write(writer.Written);
        _headerBytes = writer.Written.Length;
    }

    private void WriteFormat(ref ChunkWriter writer)
    {
        int bits = _bytes.FrameBytes / Format.Channels * 8;
        writer.UInt32(samples switch { SampleFormat.Int16 => 16u, SampleFormat.Float32 => 18u, _ => 40u });
        writer.UInt16(samples switch { SampleFormat.Int16 => 1, SampleFormat.Float32 => 3, _ => 0xFFFE });
        writer.UInt16((ushort)Format.Channels);
        writer.UInt32((uint)Format.SampleRate);
        writer.UInt32((uint)(Format.SampleRate * _bytes.FrameBytes));
        writer.UInt16((ushort)_bytes.FrameBytes);
        writer.UInt16((ushort)bits);
        if (samples == SampleFormat.Float32)
        {
            writer.UInt16(0);
        }
        else if (samples == SampleFormat.Int24)
        {
            writer.UInt16(22);
            writer.UInt16((ushort)bits);
            writer.UInt32(Format.Channels switch { 1 => 4u, 2 => 3u, _ => 0u });
            // KSDATAFORMAT_SUBTYPE_PCM
            writer.Text([1, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]);
        }
    }

    private ref struct ChunkWriter(Span<byte> target)
    {
        private readonly Span<byte> _target = target;
        private int _at;

        public readonly ReadOnlySpan<byte> Written => _target[.._at];

        public void Text(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_target[_at..]);
            _at += bytes.Length;
        }

        public void UInt16(ushort value)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(_target[_at..], value);
            _at += sizeof(ushort);
        }

        public void UInt32(uint value)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_target[_at..], value);
            _at += sizeof(uint);
        }
    }
}
