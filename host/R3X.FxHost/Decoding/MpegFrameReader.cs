using System;

namespace R3X.FxHost.Decoding;

/// <summary>
/// Cuts bytes into frames of MPEG audio, whatever decodes them: passes over tags, and over damage to where two frames
/// follow each other again. The frames do not depend on how the bytes were cut. Allocates once.
/// </summary>
internal sealed class MpegFrameReader
{
    // The longest frame, 1,729 bytes, and the header behind it.
    private readonly ByteWindow _window = new(4_096);
    private long _tagBytes;
    private int _junkBytes;
    private MpegHeader? _last;
    private bool _inStep;

    /// <summary>Bytes that the last frame lacks; 0 where it is whole.</summary>
    public int MissingBytes { get; private set; }

    /// <summary>Length of the last frame, also of one that was cut.</summary>
    public int FrameBytes { get; private set; }

    /// <summary>Whether bytes between two frames were neither frame nor tag.</summary>
    public bool WasDamaged { get; private set; }

    /// <summary>Takes bytes, as many as fit.</summary>
    public int Take(ReadOnlySpan<byte> input)
    {
        int passed = (int)Math.Min(_tagBytes, input.Length);
        _tagBytes -= passed;
        return passed + _window.Take(input[passed..]);
    }

    /// <summary>Reads the next frame.</summary>
    /// <param name="ended">Whether nothing follows the bytes that were taken.</param>
    /// <param name="header">Its header.</param>
    /// <param name="frame">Its bytes, header and all; good until the next <see cref="Take"/>.</param>
    /// <returns>False where more bytes are needed.</returns>
    public bool TryRead(bool ended, out MpegHeader header, out ReadOnlySpan<byte> frame)
    {
        while (true)
        {
            ReadOnlySpan<byte> bytes = _window.Bytes;
            header = default;
            frame = default;
            if (bytes.Length < Id3Tag.HeaderBytes && !ended)
                return false;
            if (bytes.Length < MpegHeader.Bytes)
            {
                _window.Pass(bytes.Length);
                return false;
            }

            if (TagBytes(bytes) is var tag and > 0)
            {
                int here = (int)Math.Min(tag, bytes.Length);
                _window.Pass(here);
                _tagBytes = tag - here;
                continue;
            }

            if (MpegHeader.TryParse(bytes, out header) && header.FrameBytes > 0)
            {
                bool follows = _inStep && header.Continues(_last!.Value);
                if (bytes.Length < header.FrameBytes + (follows ? 0 : Id3Tag.HeaderBytes) && !ended)
                    return false;
                if (follows && bytes.Length < header.FrameBytes)
                {
                    (MissingBytes, FrameBytes) = (header.FrameBytes - bytes.Length, header.FrameBytes);
                    _window.Pass(bytes.Length);
                    return false;
                }

                if (follows || (bytes.Length >= header.FrameBytes && IsEndOrFrame(bytes[header.FrameBytes..], header)))
                {
                    WasDamaged |= _junkBytes > 0 && _last is not null;
                    (_last, _inStep, _junkBytes) = (header, true, 0);
                    frame = bytes[..header.FrameBytes];
                    FrameBytes = frame.Length;
                    _window.Pass(frame.Length);
                    return true;
                }
            }

            _inStep = false;
            _junkBytes++;
            _window.Pass(1);
        }
    }

    // Behind a frame that does not follow another: the input's end, a tag, or a frame of the same stream.
    private static bool IsEndOrFrame(ReadOnlySpan<byte> next, MpegHeader header) => next.Length < MpegHeader.Bytes
        || TagBytes(next) > 0
        || (MpegHeader.TryParse(next, out MpegHeader second) && second.Continues(header));

    private static long TagBytes(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("TAG"u8) ? 128 : Id3Tag.BytesOf(bytes);
}
