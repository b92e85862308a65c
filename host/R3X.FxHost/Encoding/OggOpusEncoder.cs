using System;
using System.IO;
using System.Linq;
using Concentus;
using Concentus.Enums;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Encoding;

/// <summary>
/// Opus in Ogg (RFC 7845), written as it comes: packets of 20 ms, which a stream gets in a page each, at once, and a
/// file in pages of 200 ms. It reads back as long as it was given, to the sample at 48 kHz.
/// </summary>
/// <param name="stream">Where the bytes go; need not seek.</param>
/// <param name="format">What the blocks come in, at a rate that <see cref="RateFor"/> gave.</param>
/// <param name="name">The format's name, which may state a bit rate.</param>
/// <param name="seed">The same seed gives the same bytes.</param>
/// <exception cref="NotSupportedException">The bit rate is none of Opus's.</exception>
internal sealed class OggOpusEncoder(Stream stream, AudioFormat format, AudioFormatName name, ulong seed) : IEncoder
{
    private const int MostPagePackets = 10;
    private const int MostPacketBytes = 1_276;

    private static readonly int[] Rates = [8_000, 12_000, 16_000, 24_000, OpusHead.Rate];

    private readonly IOpusEncoder _encoder = Open(format, name);
    private readonly float[] _packet = new float[format.SampleRate / 50 * format.Channels];
    private readonly byte[] _page = new byte[OggPage.MostBytes];
    private readonly byte[] _body = new byte[MostPagePackets * MostPacketBytes];
    private readonly int _pagePackets = stream.CanSeek ? MostPagePackets : 1;
    private readonly byte[] _segments = new byte[OggPage.MostSegments];
    private int _held;
    private int _bodyBytes;
    private int _segmentCount;
    private int _packets;
    private uint _sequence;
    private long _given;
    private long _encoded;
    private bool _completed;

    public AudioFormat Format => format;

    private OpusHead Head => new(format.Channels, _encoder.Lookahead * Scale, format.SampleRate, Gain: 0);

    private int Scale => OpusHead.Rate / Format.SampleRate;

    /// <summary>The rate a line is encoded at.</summary>
    public static int RateFor(int sampleRate) => Rates.Contains(sampleRate) ? sampleRate : OpusHead.Rate;

    public void Write(AudioBlock block)
    {
        int channels = Format.Channels;
        for (int frame = 0; frame < block.Frames; frame++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                float sample = block[channel][frame];
                _packet[_held++] = float.IsNaN(sample) ? 0 : Math.Clamp(sample, -1, 1);
            }

            if (_held < _packet.Length)
                continue;
            Encode();
            WriteFullPage();
        }

        _given += block.Frames;
    }

    public void Complete()
    {
        if (_completed)
            return;
        _completed = true;
        long end = Head.PreSkip + (_given * Scale);
        // What the encoder holds back makes at least one more packet, so the last page is never written before.
        while (_encoded < end)
        {
            WriteFullPage();
            Array.Clear(_packet, _held, _packet.Length - _held);
            Encode();
        }

        WritePage(end, isLast: true);
        stream.Flush();
    }

    public void Dispose() => _encoder.Dispose();

    private static IOpusEncoder Open(AudioFormat format, AudioFormatName name)
    {
        int kilobits = name.BitRate ?? (format.Channels == 1 ? 64 : 96);
        int most = 256 * format.Channels;
        if (kilobits < 6 || kilobits > most)
        {
            throw new NotSupportedException(
                $"{name} is not written: Opus takes 6 to {most} kbit/s here. Name one of them: opus_48000_64.");
        }

        OpusCodecFactory.AttemptToUseNativeLibrary = false;
        IOpusEncoder encoder = OpusCodecFactory.CreateEncoder(
            format.SampleRate, format.Channels, OpusApplication.OPUS_APPLICATION_AUDIO);
        encoder.Bitrate = kilobits * 1_000;
        encoder.UseVBR = true;
        encoder.UseConstrainedVBR = false;
        encoder.Complexity = 10;
        return encoder;
    }

    private void Encode()
    {
        if (_sequence == 0)
            Begin();
        int frames = _packet.Length / Format.Channels;
        Add(_encoder.Encode(_packet, frames, _body.AsSpan(_bodyBytes), MostPacketBytes));
        _encoded += frames * Scale;
        _packets++;
        _held = 0;
    }

    private void WriteFullPage()
    {
        if (_packets == _pagePackets)
            WritePage(_encoded, isLast: false);
    }

    private void Begin()
    {
        Head.Write(_body);
        Add(OpusHead.Bytes);
        WritePage(0, isLast: false);
        ReadOnlySpan<byte> vendor = "R3X.FxHost"u8;
        Span<byte> tags = _body.AsSpan(0, 16 + vendor.Length);
        tags.Clear();
        "OpusTags"u8.CopyTo(tags);
        tags[8] = (byte)vendor.Length;
        vendor.CopyTo(tags[12..]);
        Add(tags.Length);
        WritePage(0, isLast: false);
    }

    // A packet that stands behind the others in the body.
    private void Add(int bytes)
    {
        _bodyBytes += bytes;
        for (; bytes >= 255; bytes -= 255)
            _segments[_segmentCount++] = 255;
        _segments[_segmentCount++] = (byte)bytes;
    }

    private void WritePage(long granule, bool isLast)
    {
        var page = new OggPage
        {
            IsFirst = _sequence == 0,
            IsLast = isLast,
            Granule = granule,
            Serial = (uint)seed ^ 0x5233_5846,
            Sequence = _sequence++,
            Segments = _segments.AsSpan(0, _segmentCount),
            Body = _body.AsSpan(0, _bodyBytes),
        };
        stream.Write(_page, 0, page.Write(_page));
        (_segmentCount, _bodyBytes, _packets) = (0, 0, 0);
    }
}
