using System;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Decoding;

/// <summary>
/// MPEG audio: frames, gapless tags and damage are handled here, the same whether libmpg123 or NLayer decodes each
/// frame.
/// </summary>
/// <param name="hasMpg123">Whether libmpg123 may be used.</param>
internal sealed class Mp3Decoder(bool hasMpg123) : PacketDecoder("MP3", MpegHeader.MostSamples)
{
    private const int MostBytesWithoutSound = 65_536;

    // No sound comes near it: damage.
    private const float Absurd = 1e4f;

    private readonly MpegFrameReader _reader = new();
    private IMpegFrameDecoder? _decoder;
    private MpegHeader _stream;
    private GaplessTag _tag;
    private long _position;
    private long _fed;
    private bool _damaged;

    protected override bool WasDamaged => _damaged || _reader.WasDamaged;

    /// <summary>Whether a stream that begins with this header is decoded.</summary>
    public static bool CanDecode(MpegHeader header, bool hasMpg123) =>
        (hasMpg123 && Mpg123Decoder.CanDecode(header)) || NLayerDecoder.CanDecode(header);

    public override void Dispose() => _decoder?.Dispose();

    protected override int Take(ReadOnlySpan<byte> input)
    {
        int taken = _reader.Take(input);
        _fed += taken;
        if (Format is null && _fed > MostBytesWithoutSound)
        {
            throw new UnreadableAudioException(
                $"The input's first {MostBytesWithoutSound / 1024} kB hold no MPEG audio."
                + " Check what was to write it, or name its true format.");
        }

        return taken;
    }

    protected override bool Next(bool ended)
    {
        if (!_reader.TryRead(ended, out MpegHeader header, out ReadOnlySpan<byte> frame))
            return false;
        if (_decoder is null || !header.Continues(_stream) || header.Channels != _stream.Channels)
            Open(header);
        if (GaplessTag.TryRead(frame, header, out GaplessTag tag))
        {
            (_tag, _position) = (tag, 0);
            return true;
        }

        Span<float> samples = Samples[..(header.Samples * header.Channels)];
        int decoded = _decoder?.Decode(frame, samples) ?? -1;
        _damaged |= decoded < 0;
        // What cannot be decoded is as long as it would have been.
        samples[Math.Max(0, decoded)..].Clear();
        for (int odd; (odd = samples.IndexOfAnyExceptInRange(-Absurd, Absurd)) >= 0; _damaged = true)
            samples[odd..].Clear();
        (int start, int count) = _tag.Keep(_position, header.Samples);
        Decoded(start, count);
        _position += header.Samples;
        return true;
    }

    protected override string Silence() => _fed == 0
        ? "The input holds no sound: nothing follows the tag in front."
        : $"The input holds no whole frame of MPEG audio in its {_fed} bytes.";

    protected override string? Cut() => _reader.MissingBytes == 0 ? null
        : $"The MP3 ends {_reader.MissingBytes} bytes before the end of its last frame of {_reader.FrameBytes};"
            + " the cut frame was left out.";

    // The line begins, or another line, or a chime, that was joined to the first.
    private void Open(MpegHeader header)
    {
        if (Format is null && !CanDecode(header, hasMpg123))
        {
            throw new UnreadableAudioException(
                $"MP3 at {header.SampleRate} Hz needs libmpg123 or ffmpeg, and neither is"
                + $" installed. Install one of them: {NativeCodec.Mpg123.Install}.");
        }

        _decoder?.Dispose();
        _decoder = hasMpg123 && Mpg123Decoder.CanDecode(header) ? Mpg123Decoder.Open()
            : NLayerDecoder.CanDecode(header) ? new NLayerDecoder() : null;
        (_stream, _tag, _position) = (header, default, 0);
        Begin(new AudioFormat(header.SampleRate, header.Channels));
    }
}
