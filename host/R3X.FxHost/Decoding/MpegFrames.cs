using System;

namespace R3X.FxHost.Decoding;

/// <summary>Follows an MPEG stream from header to header: the decoder itself does not tell whether the last frame was whole.</summary>
internal sealed class MpegFrames
{
    private readonly byte[] _head = new byte[MpegHeader.Bytes];
    private int _headBytes;
    private int _left;
    private int _frameBytes;
    private bool _lost;

    /// <summary>Bytes that the frame under way still lacks; 0 between frames or when the trail is lost.</summary>
    public int MissingBytes => _lost || _frameBytes == 0 ? 0 : _left;

    /// <summary>Length of the frame under way.</summary>
    public int FrameBytes => _frameBytes;

    /// <summary>Follows further bytes.</summary>
    public void Follow(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !_lost)
        {
            if (_left > 0)
            {
                int skipped = Math.Min(_left, bytes.Length);
                _left -= skipped;
                bytes = bytes[skipped..];
                continue;
            }

            _head[_headBytes++] = bytes[0];
            bytes = bytes[1..];
            if (_headBytes < MpegHeader.Bytes)
                continue;
            _headBytes = 0;
            // Junk, a tag or free format: from here on nothing is certain, so nothing will be claimed.
            _lost = !MpegHeader.TryParse(_head, out MpegHeader header) || header.FrameBytes <= MpegHeader.Bytes;
            _frameBytes = header.FrameBytes;
            _left = Math.Max(0, header.FrameBytes - MpegHeader.Bytes);
        }
    }

    /// <summary>Where three frames follow each other, which chance does not make; -1 when they do nowhere.</summary>
    public static int Find(ReadOnlySpan<byte> bytes)
    {
        for (int start = 0; start + MpegHeader.Bytes <= bytes.Length; start++)
        {
            int next = start;
            int frames = 0;
            int rate = 0;
            while (frames < 3
                && next < bytes.Length
                && MpegHeader.TryParse(bytes[next..], out MpegHeader header)
                && header.FrameBytes > 0
                && (frames == 0 || header.SampleRate == rate))
            {
                frames++;
                rate = header.SampleRate;
                next += header.FrameBytes;
            }

            if (frames == 3)
                return start;
        }

        return -1;
    }
}
