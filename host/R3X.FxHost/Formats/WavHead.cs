using System;
using System.Buffers.Binary;
using System.IO;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Formats;

/// <summary>
/// What stands in front of a RIFF WAVE file's sound. Its sizes say "until the end" as long as nobody knows better, and
/// for good where the sound is longer than 4 GiB: readers of piped WAV take that as it is meant. NAudio's writer is not
/// used: it needs a stream that seeks, and its 16-bit samples wrap beyond full scale.
/// </summary>
/// <param name="format">Rate and channels.</param>
/// <param name="coding">Int16, Int24 or Float32.</param>
/// <param name="unknownSize">What its sizes are while nobody knows them.</param>
internal sealed class WavHead(AudioFormat format, SampleCoding coding, uint unknownSize = uint.MaxValue)
{
    private readonly byte[] _bytes = new byte[80];
    private int _at;

    /// <summary>The header's length.</summary>
    public int Bytes => _at;

    /// <summary>Writes it where the stream stands.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="soundBytes">Bytes of sound; null where nobody knows.</param>
    public void Write(Stream stream, long? soundBytes)
    {
        int sampleBytes = Samples.Size(coding);
        int frameBytes = sampleBytes * format.Channels;
        int formatBytes = coding switch { SampleCoding.Int16 => 16, SampleCoding.Float32 => 18, _ => 40 };
        int headBytes = 28 + formatBytes + (coding == SampleCoding.Int16 ? 0 : 12);
        long whole = headBytes - 8 + (soundBytes + (soundBytes & 1) ?? uint.MaxValue);
        bool isOpen = whole >= uint.MaxValue;
        _at = 0;
        Text("RIFF"u8);
        UInt32(isOpen ? unknownSize : (uint)whole);
        Text("WAVEfmt "u8);
        UInt32((uint)formatBytes);
        UInt16(coding switch { SampleCoding.Int16 => 1, SampleCoding.Float32 => 3, _ => 0xFFFE });
        UInt16(format.Channels);
        UInt32((uint)format.SampleRate);
        UInt32((uint)(format.SampleRate * frameBytes));
        UInt16(frameBytes);
        UInt16(sampleBytes * 8);
        if (coding == SampleCoding.Float32)
            UInt16(0);
        if (coding == SampleCoding.Int24)
        {
            UInt16(22);
            UInt16(sampleBytes * 8);
            UInt32(format.Channels switch { 1 => 4u, 2 => 3u, _ => 0u });
            // KSDATAFORMAT_SUBTYPE_PCM
            Text([1, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]);
        }

        if (coding != SampleCoding.Int16)
        {
            // Every layout but plain 16-bit is to state its length in frames as well.
            Text("fact"u8);
            UInt32(4);
            UInt32(isOpen ? unknownSize : (uint)(soundBytes!.Value / frameBytes));
        }

        Text("data"u8);
        UInt32(isOpen ? unknownSize : (uint)soundBytes!.Value);
        stream.Write(_bytes, 0, _at);
    }

    private void Text(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes.AsSpan(_at));
        _at += bytes.Length;
    }

    private void UInt16(int value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(_at), (ushort)value);
        _at += sizeof(ushort);
    }

    private void UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(_at), value);
        _at += sizeof(uint);
    }
}
