using System;
using R3X.FxHost.Formats;

namespace R3X.FxHost.Decoding;

/// <summary>
/// Proves by the frames that follow each other that bytes are a stream of frames: MPEG audio, AAC in ADTS (ISO/IEC
/// 13818-7, 6.2) or LOAS (14496-3, 1.7.2), AC-3 and E-AC-3 (ETSI TS 102 366), an MPEG transport stream (13818-1). The
/// header of one proves nothing: samples may look like it.
/// </summary>
internal static class FrameProof
{
    private const int HeadBytes = 7;
    private const int TransportPacket = 188;

    private static readonly (AudioCodec Codec, Func<ReadOnlySpan<byte>, int> Bytes)[] Kinds =
    [
        (AudioCodec.Mp3, Mpeg), (AudioCodec.Aac, Adts), (AudioCodec.Other, Loas), (AudioCodec.Other, Ac3),
        (AudioCodec.Other, Transport),
    ];

    // Kilobits per second, ETSI TS 102 366, table F.3.1.
    private static ReadOnlySpan<short> Ac3Rates =>
        [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640];

    /// <summary>
    /// What frames follow each other from the first byte on; null when none do, or when that is not known yet.
    /// </summary>
    /// <param name="start">The input's first bytes.</param>
    /// <param name="complete">Whether they are all there are: half the frames are proof enough then, the last of which
    /// may be cut.</param>
    /// <param name="frames">How many frames are proof enough.</param>
    /// <param name="isOpen">Whether more bytes may prove it.</param>
    public static AudioCodec? Of(ReadOnlySpan<byte> start, bool complete, int frames, out bool isOpen)
    {
        isOpen = false;
        foreach ((AudioCodec codec, Func<ReadOnlySpan<byte>, int> bytes) in Kinds)
        {
            int found = Follow(start, frames, bytes, out bool isCut);
            if (found == frames || (complete && isCut && found > 0 && 2 * found >= frames))
                return codec;
            isOpen |= isCut && found > 0 && !complete;
        }

        return null;
    }

    private static int Follow(ReadOnlySpan<byte> start, int most, Func<ReadOnlySpan<byte>, int> bytes, out bool isCut)
    {
        int next = 0;
        int found = 0;
        while (found < most && next + HeadBytes <= start.Length && bytes(start[next..]) is var length and > 0)
        {
            found++;
            next += length;
        }

        isCut = found < most && next + HeadBytes > start.Length;
        return found;
    }

    private static int Mpeg(ReadOnlySpan<byte> head) =>
        MpegHeader.TryParse(head, out MpegHeader header) ? header.FrameBytes : 0;

    private static int Adts(ReadOnlySpan<byte> head)
    {
        int length = ((head[3] & 3) << 11) | (head[4] << 3) | (head[5] >> 5);
        return head[0] == 0xFF && (head[1] & 0xF6) == 0xF0 && length > HeadBytes ? length : 0;
    }

    private static int Loas(ReadOnlySpan<byte> head) =>
        head[0] == 0x56 && (head[1] & 0xE0) == 0xE0 && (head[1] & 0x1F, head[2]) != (0, 0)
            ? 3 + (((head[1] & 0x1F) << 8) | head[2])
            : 0;

    private static int Ac3(ReadOnlySpan<byte> head)
    {
        if (head[0] != 0x0B || head[1] != 0x77)
            return 0;
        int version = head[5] >> 3;
        if (version > 10)
            return version <= 16 ? 2 * ((((head[2] & 7) << 8) | head[3]) + 1) : 0;
        int rate = head[4] >> 6;
        int size = head[4] & 0x3F;
        if (rate == 3 || size >= 2 * Ac3Rates.Length)
            return 0;
        int kilobits = Ac3Rates[size / 2];
        return rate switch
        {
            0 => 4 * kilobits,
            1 => 2 * ((kilobits * 320 / 147) + (size & 1)),
            _ => 6 * kilobits,
        };
    }

    private static int Transport(ReadOnlySpan<byte> head) =>
        head[0] == 0x47 && (head[1] & 0x80) == 0 && (head[3] & 0x30) != 0 ? TransportPacket : 0;
}
