using System;
using System.Collections.Generic;
using System.Numerics;
using Concentus;
using Concentus.Structs;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Decoding;

/// <summary>
/// Opus in Ogg (RFC 7845), mono or stereo, decoded page by page as it arrives; also streams in a row, as joined files
/// and radio have them. Damage costs the page it is in.
/// </summary>
internal sealed class OggOpusDecoder() : PacketDecoder("Opus stream", MostFrames)
{
    // A packet's longest sound, 120 ms.
    private const int MostFrames = OpusHead.Rate * 120 / 1_000;
    private const int MostPacketBytes = 61_440;

    private readonly OggReader _reader = new();
    private readonly List<int> _packets = [];
    private byte[] _bytes = [];
    private IOpusDecoder? _decoder;
    private int _channels;
    private uint _serial;
    private uint _sequence;
    private bool _expectsTags;
    private long? _position;
    private bool _anySound;
    private int _preSkip;
    private int _packet;
    private int _start;
    private int _end;
    private long _pageFrames;
    private bool _damaged;

    protected override bool WasDamaged => _damaged || _reader.WasDamaged;

    public override void Dispose() => _decoder?.Dispose();

    protected override int Take(ReadOnlySpan<byte> input) => _reader.Take(input);

    protected override bool Next(bool ended)
    {
        if (_packet < _packets.Count)
        {
            Decode(_bytes.AsSpan(_start, _packets[_packet] - _start));
            _start = _packets[_packet++];
            return true;
        }

        if (!_reader.TryRead(ended, out OggPage page))
            return false;
        if (page.IsFirst)
            Begin(page);
        else if (_decoder is not null && page.Serial == _serial)
            Unpack(page);
        return true;
    }

    protected override string Silence() => "The Opus stream has a header but no sound behind it.";

    protected override string? Cut() =>
        _reader.WasCut ? "The Opus stream ends inside a page; the packet that was cut was left out." : null;

    // A stream begins, the line's or one that was joined to it.
    private void Begin(OggPage page)
    {
        bool isAhead = _decoder is not null && _expectsTags;
        if (isAhead || !OpusHead.TryRead(page.Body, out OpusHead head))
            return;
        OpusCodecFactory.AttemptToUseNativeLibrary = false;
        _decoder?.Dispose();
        _decoder = OpusCodecFactory.CreateDecoder(OpusHead.Rate, head.Channels);
        _decoder.Gain = head.Gain;
        _channels = head.Channels;
        (_serial, _sequence, _expectsTags) = (page.Serial, page.Sequence + 1, true);
        (_position, _anySound, _preSkip) = (null, false, head.PreSkip);
        _damaged |= _end > _start;
        (_start, _end) = (0, 0);
        Begin(new AudioFormat(OpusHead.Rate, head.Channels));
    }

    // Collects the packets that end in a page.
    private void Unpack(OggPage page)
    {
        bool follows = page.Sequence == _sequence;
        int held = _end - _start;
        bool goesOn = follows && page.ContinuesPacket && held is > 0 and <= MostPacketBytes;
        _damaged |= !follows || goesOn != held > 0;
        if (!follows)
            _position = null;
        _sequence = page.Sequence + 1;
        _bytes.AsSpan(_start, held).CopyTo(_bytes);
        (_start, _end, _packet) = (0, goesOn ? held : 0, 0);
        // Pages of 64 kB may come, but next to none do.
        if (_bytes.Length < _end + page.Body.Length)
            Array.Resize(ref _bytes, (int)BitOperations.RoundUpToPowerOf2((uint)(_end + page.Body.Length)));
        _packets.Clear();
        Collect(page, beginningIsLost: page.ContinuesPacket && !goesOn);
        if (_expectsTags && _packets.Count > 0)
        {
            _expectsTags = false;
            if (_bytes.AsSpan(0, _packets[0]).StartsWith("OpusTags"u8))
                _start = _packets[_packet++];
        }

        Count(page);
    }

    private void Collect(OggPage page, bool beginningIsLost)
    {
        ReadOnlySpan<byte> body = page.Body;
        foreach (byte segment in page.Segments)
        {
            // Of a page that was cut, what there is.
            if (segment > body.Length)
                break;
            if (!beginningIsLost)
            {
                body[..segment].CopyTo(_bytes.AsSpan(_end));
                _end += segment;
            }

            body = body[segment..];
            if (segment == 255)
                continue;
            if (!beginningIsLost)
                _packets.Add(_end);
            beginningIsLost = false;
        }
    }

    // How much of the page is the line's: the last one says where the line ends, which may be inside a packet.
    private void Count(OggPage page)
    {
        long frames = 0;
        for (int packet = _packet, at = _start; packet < _packets.Count; at = _packets[packet++])
            frames += FramesOf(_bytes.AsSpan(at, _packets[packet] - at));
        _pageFrames = frames;
        if (frames == 0)
            return;
        bool isWhole = page.IsLast && !_anySound;
        long? start = _position ?? (isWhole ? 0 : page.IsLast ? null : Math.Max(0, page.Granule - frames));
        if (page.IsLast && !_reader.WasCut && page.Granule >= 0 && start is { } from)
            _pageFrames = Math.Clamp(page.Granule - from, 0, frames);
        _position = start + frames;
        _anySound = true;
    }

    private void Decode(ReadOnlySpan<byte> packet)
    {
        int frames = FramesOf(packet);
        Span<float> samples = Samples[..(frames * _channels)];
        int decoded = 0;
        try
        {
            if (frames > 0)
                decoded = _decoder!.Decode(packet, samples, frames, false);
        }
#pragma warning disable CA1031 // On damaged packets it throws whatever its tables are left by.
        catch (Exception)
#pragma warning restore CA1031
        {
            _decoder!.ResetState();
        }

        if (decoded < frames || frames == 0)
        {
            _damaged = true;
            samples[(Math.Max(0, decoded) * _channels)..].Clear();
        }

        int skipped = Math.Min(_preSkip, frames);
        int kept = (int)Math.Min(_pageFrames, frames);
        _preSkip -= skipped;
        _pageFrames -= kept;
        Decoded(skipped, Math.Max(0, kept - skipped));
    }

    // 0 for what is no packet.
    private static int FramesOf(ReadOnlySpan<byte> packet)
    {
        int frames = packet.Length < 2 && (packet.Length == 0 || (packet[0] & 3) == 3)
            ? 0
            : OpusPacketInfo.GetNumSamples(packet, OpusHead.Rate);
        return frames is > 0 and <= MostFrames ? frames : 0;
    }
}
