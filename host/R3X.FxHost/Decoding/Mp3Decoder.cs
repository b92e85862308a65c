using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Decoding;

/// <summary>
/// MPEG audio: frames, gapless tags and damage are handled here, the same whether libmpg123 or NLayer decodes each frame.
/// </summary>
/// <param name="hasMpg123">Whether libmpg123 may be used.</param>
internal sealed class Mp3Decoder(bool hasMpg123) : IDecoder
{
    private const int MostBytesWithoutSound = 65_536;

    // No sound comes near it: damage.
    private const float Absurd = 1e4f;

    private readonly List<string> _warnings = [];
    private readonly MpegFrameReader _reader = new();
    private readonly PieceJoiner _pieces = new("MP3", MpegHeader.MostSamples);
    private IMpegFrameDecoder? _decoder;
    private AudioFormat _now;
    private int _layer;
    private GaplessTag _tag;
    private long _position;
    private long _fed;
    private long _frames;
    private bool _damaged;
    private bool _ended;

    public AudioFormat? Format => _pieces.Format;

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Whether a stream that begins with this header is decoded.</summary>
    public static bool CanDecode(MpegHeader header, bool hasMpg123) =>
        (hasMpg123 && Mpg123Decoder.CanDecode(header)) || NLayerDecoder.CanDecode(header);

    public DecodeStep Decode(ReadOnlySpan<byte> input, bool endOfInput, AudioBlock output)
    {
        int consumed = 0;
        int written = 0;
        while (true)
        {
            if (Format is not null)
                written += _pieces.Give(output.Slice(written, output.Frames - written));
            if (Format is not null && written == output.Frames)
                break;
            if (_reader.TryRead(endOfInput && consumed == input.Length, out MpegHeader header, out ReadOnlySpan<byte> frame))
            {
                bool isFirst = Format is null;
                Take(header, frame);
                if (isFirst)
                    return new DecodeStep(consumed, 0);
            }
            else if (consumed < input.Length)
            {
                int taken = _reader.Take(input[consumed..]);
                consumed += taken;
                _fed += taken;
                if (Format is null && _fed > MostBytesWithoutSound)
                    throw new UnreadableAudioException($"The input's first {MostBytesWithoutSound / 1024} kB hold no MPEG audio. Check what was to write it, or name its true format.");
            }
            else if (!endOfInput || !_pieces.EndPiece())
            {
                if (endOfInput && !_ended && written == 0)
                    End();
                break;
            }
        }

        _frames += written;
        return new DecodeStep(consumed, written);
    }

    public void Dispose() => _decoder?.Dispose();

    // Decodes a frame; what is kept of it waits to be given.
    private void Take(MpegHeader header, ReadOnlySpan<byte> frame)
    {
        if (_now != new AudioFormat(header.SampleRate, header.Channels) || _layer != header.Layer)
            Begin(header);
        if (GaplessTag.TryRead(frame, header, out GaplessTag tag))
        {
            (_tag, _position) = (tag, 0);
            return;
        }

        Span<float> samples = _pieces.Samples[..(header.Samples * header.Channels)];
        int decoded = _decoder?.Decode(frame, samples) ?? -1;
        _damaged |= decoded < 0;
        // What cannot be decoded is as long as it would have been.
        samples[Math.Max(0, decoded)..].Clear();
        for (int odd; (odd = samples.IndexOfAnyExceptInRange(-Absurd, Absurd)) >= 0; _damaged = true)
            samples[odd..].Clear();
        (int start, int count) = _tag.Keep(_position, header.Samples);
        _pieces.Decoded(start, count);
        _position += header.Samples;
    }

    // The line begins, or another line, or a chime, that was joined to the first.
    private void Begin(MpegHeader header)
    {
        var format = new AudioFormat(header.SampleRate, header.Channels);
        if (Format is null && !CanDecode(header, hasMpg123))
        {
            throw new UnreadableAudioException($"MP3 at {header.SampleRate} Hz needs libmpg123 or ffmpeg, and neither is"
                + $" installed. Install one of them: {CodecTools.Mpg123Install}.");
        }

        _decoder?.Dispose();
        _decoder = hasMpg123 && Mpg123Decoder.CanDecode(header) ? Mpg123Decoder.Open()
            : NLayerDecoder.CanDecode(header) ? new NLayerDecoder() : null;
        (_now, _layer, _tag, _position) = (format, header.Layer, default, 0);
        _pieces.Begin(format);
    }

    private void End()
    {
        _ended = true;
        if (_pieces.Warning is { } change)
            _warnings.Add(change);
        if (_fed == 0)
            throw new UnreadableAudioException("The input holds no sound: nothing follows the tag in front. Check what was to write it.");
        if (_frames == 0)
            throw new UnreadableAudioException($"The input holds no whole frame of MPEG audio in its {_fed} bytes. Check what was to write it.");
        if (_damaged || _reader.WasDamaged)
            _warnings.Add("A stretch of the MP3 was damaged and was left out.");
        if (_reader.MissingBytes > 0)
            _warnings.Add($"The MP3 ends {_reader.MissingBytes} bytes before the end of its last frame of {_reader.FrameBytes}; the cut frame was left out.");
    }
}
