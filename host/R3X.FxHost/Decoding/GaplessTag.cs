using System;
using System.Buffers.Binary;

namespace R3X.FxHost.Decoding;

/// <summary>
/// What the first frame of an MP3 may say in place of sound: how many frames follow, and what the encoder put in front
/// of the line and behind it (G. Bouvigne, "MP3 Info Tag specifications", 2005).
/// </summary>
/// <param name="First">The line's first sample, counted from the first one decoded.</param>
/// <param name="End">The sample behind the line's last.</param>
/// <param name="Counted">Samples of the frames it counts; those behind them belong to something else and are
/// whole.</param>
internal readonly record struct GaplessTag(long First, long End, long Counted)
{
    // Of every decoder: what goes in comes out so much later.
    private const int DecoderDelay = 529;

    /// <summary>Whether the frame is such a tag and no sound.</summary>
    /// <param name="frame">The frame's bytes.</param>
    /// <param name="header">Its header.</param>
    /// <param name="tag">What it says; all of the stream where it does not say enough.</param>
    public static bool TryRead(ReadOnlySpan<byte> frame, MpegHeader header, out GaplessTag tag)
    {
        tag = default;
        int side = header.IsMpeg1 ? (header.Channels == 2 ? 32 : 17) : (header.Channels == 2 ? 17 : 9);
        int start = MpegHeader.Bytes + side + ((frame[1] & 1) == 0 ? 2 : 0);
        if (header.Layer != 3 || frame.Length < start + 8)
            return false;
        ReadOnlySpan<byte> rest = frame[start..];
        if (!rest.StartsWith("Xing"u8) && !rest.StartsWith("Info"u8))
            return false;
        uint fields = BinaryPrimitives.ReadUInt32BigEndian(rest[4..]);
        // Frames, bytes, a table of places, the quality; then the encoder's name.
        int encoder = 8 + ((fields & 1) != 0 ? 4 : 0) + ((fields & 2) != 0 ? 4 : 0)
            + ((fields & 4) != 0 ? 100 : 0) + ((fields & 8) != 0 ? 4 : 0);
        if ((fields & 1) == 0 || rest.Length < encoder + 24 || rest[encoder] == 0)
            return true;
        long counted = (long)BinaryPrimitives.ReadUInt32BigEndian(rest[8..]) * header.Samples;
        ReadOnlySpan<byte> gap = rest[(encoder + 21)..];
        int delay = (gap[0] << 4) | (gap[1] >> 4);
        int padding = ((gap[1] & 0x0F) << 8) | gap[2];
        tag = new GaplessTag(delay + DecoderDelay, Math.Min(counted, counted - padding + DecoderDelay), counted);
        return true;
    }

    /// <summary>The part of a frame that belongs to the line.</summary>
    /// <param name="position">The frame's first sample, counted as <see cref="First"/> is.</param>
    /// <param name="samples">Its samples.</param>
    public (int Start, int Count) Keep(long position, int samples)
    {
        if (position >= Counted)
            return (0, samples);
        int start = (int)Math.Clamp(First - position, 0, samples);
        return (start, (int)Math.Clamp(End - position, start, samples) - start);
    }
}
