using System;
using System.Buffers.Binary;

namespace R3X.FxHost.Decoding;

/// <summary>
/// Looks at the outermost boxes of an MP4 file (ISO/IEC 14496-12, 4.2). With the sound ("mdat") in front of its table
/// of contents ("moov") it cannot be decoded as it arrives.
/// </summary>
internal static class Mp4Boxes
{
    /// <summary>Whether the sound comes first; null when these bytes do not reach that far.</summary>
    public static bool? SoundComesFirst(ReadOnlySpan<byte> start)
    {
        long at = 0;
        while (at + 8 <= start.Length)
        {
            ReadOnlySpan<byte> box = start[(int)at..];
            ReadOnlySpan<byte> name = box.Slice(4, 4);
            if (name.SequenceEqual("moov"u8) || name.SequenceEqual("moof"u8))
                return false;
            if (name.SequenceEqual("mdat"u8))
                return true;
            long size = BinaryPrimitives.ReadUInt32BigEndian(box);
            // 1 stands for a 64-bit size, 0 for "to the end": neither belongs to a small box in front.
            if (size < 8)
                return true;
            at += size;
        }

        return null;
    }
}
