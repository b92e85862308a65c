using System;
using System.Buffers.Binary;
using R3X.FxHost.Formats;

namespace R3X.FxHost.Server.ElevenLabs;

/// <summary>How long the bytes of a stream sound that have gone by, whatever they were cut into.</summary>
/// <param name="format">Their format.</param>
internal sealed class StreamPosition(SpeechFormat format)
{
    private const int Id3Head = 10;
    private const int WaveHead = 44;
    private const int OpusRate = 48_000;
    // Of a page of Ogg, from its first byte: "OggS", version, type, then the position in samples.
    private const int PageHead = 14;
    private const int PagePosition = 6;

    private readonly AudioFormatName _name = format.Name;
    private long _bytes;
    private long _silent;
    private long _samples;

    /// <summary>Seconds so far.</summary>
    public double Seconds => _name.Codec == AudioCodec.Opus ? (double)_samples / OpusRate
        : Math.Max(0, _bytes - _silent) / BytesPerSecond;

    private double BytesPerSecond => _name.Codec switch
    {
        AudioCodec.Mp3 => (_name.BitRate ?? 128) * 125.0,
        AudioCodec.MuLaw or AudioCodec.ALaw => _name.SampleRate ?? 8_000,
        AudioCodec.Float => (_name.SampleRate ?? 44_100) * 4.0 * _name.Channels,
        _ => (_name.SampleRate ?? 44_100) * 2.0 * _name.Channels,
    };

    /// <summary>Bytes go by.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_bytes == 0)
            _silent = Head(bytes);
        _bytes += bytes.Length;
        if (_name.Codec == AudioCodec.Opus && bytes.LastIndexOf("OggS"u8) is >= 0 and int at
            && bytes.Length - at >= PageHead)
            _samples = Math.Max(_samples, BinaryPrimitives.ReadInt64LittleEndian(bytes[(at + PagePosition)..]));
    }

    // Bytes in front of the sound.
    private static int Head(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("RIFF"u8))
            return WaveHead;
        // Sizes in an ID3 tag have seven bits a byte.
        return bytes.StartsWith("ID3"u8) && bytes.Length >= Id3Head
            ? Id3Head + (bytes[6] << 21 | bytes[7] << 14 | bytes[8] << 7 | bytes[9])
            : 0;
    }
}
