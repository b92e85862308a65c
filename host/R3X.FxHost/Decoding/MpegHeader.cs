using System;

namespace R3X.FxHost.Decoding;

/// <summary>The four bytes in front of an MPEG audio frame (ISO/IEC 11172-3, 2.4.1.3; 13818-3; layer III only for
/// 2.5).</summary>
/// <param name="SampleRate">Frames per second.</param>
/// <param name="Channels">1 or 2.</param>
/// <param name="Layer">1 to 3.</param>
/// <param name="IsMpeg1">Whether it is MPEG-1, and not one of the half and quarter rates.</param>
/// <param name="BitsPerSecond">The frame's bit rate; 0 in free format.</param>
/// <param name="FrameBytes">Length of the frame with this header; 0 in free format, where the header does not
/// tell.</param>
internal readonly record struct MpegHeader(
    int SampleRate, int Channels, int Layer, bool IsMpeg1, int BitsPerSecond, int FrameBytes)
{
    public const int Bytes = 4;
    public const int MostSamples = 1_152;

    private static ReadOnlySpan<int> Rates => [44_100, 48_000, 32_000];

    // kbit/s by index 1 to 14: MPEG-1 layers I, II, III, then MPEG-2 layer I and layers II and III.
    private static ReadOnlySpan<short> BitRates =>
    [
        32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448,
        32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384,
        32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
        32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256,
        8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160,
    ];

    /// <summary>Samples of each channel in the frame.</summary>
    public int Samples => Layer == 1 ? 384 : Layer == 3 && !IsMpeg1 ? 576 : MostSamples;

    /// <summary>Reads a header; false when these bytes are none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out MpegHeader header)
    {
        header = default;
        if (bytes.Length < Bytes || bytes[0] != 0xFF || (bytes[1] & 0xE0) != 0xE0)
            return false;
        int version = (bytes[1] >> 3) & 3; // 0 is 2.5, 2 is MPEG-2, 3 is MPEG-1
        int layer = 4 - ((bytes[1] >> 1) & 3);
        int bitRate = bytes[2] >> 4;
        int rate = (bytes[2] >> 2) & 3;
        if (version == 1 || layer == 4 || bitRate == 15 || rate == 3 || (version == 0 && layer != 3)
            || (bytes[3] & 3) == 2)
            return false;
        bool first = version == 3;
        int sampleRate = Rates[rate] >> (first ? 0 : version == 2 ? 1 : 2);
        int row = first ? layer - 1 : layer == 1 ? 3 : 4;
        int bits = bitRate == 0 ? 0 : BitRates[(row * 14) + bitRate - 1] * 1_000;
        int padding = (bytes[2] >> 1) & 1;
        int length = bits == 0 ? 0
            : layer == 1 ? ((12 * bits / sampleRate) + padding) * 4
            : ((layer == 3 && !first ? 72 : 144) * bits / sampleRate) + padding;
        header = new MpegHeader(sampleRate, bytes[3] >> 6 == 3 ? 1 : 2, layer, first, bits, length);
        return true;
    }

    /// <summary>Whether a frame with this header may follow one with the other in the same stream.</summary>
    public bool Continues(MpegHeader other) => SampleRate == other.SampleRate && Layer == other.Layer
        && IsMpeg1 == other.IsMpeg1 && FrameBytes > 0;

    /// <summary>Where three frames follow each other, which chance does not make; -1 when they do nowhere.</summary>
    public static int FindThree(ReadOnlySpan<byte> bytes)
    {
        for (int start = 0; start + Bytes <= bytes.Length; start++)
        {
            int next = start;
            int frames = 0;
            MpegHeader last = default;
            while (frames < 3
                && next < bytes.Length
                && TryParse(bytes[next..], out MpegHeader header)
                && header.Continues(frames == 0 ? header : last))
            {
                frames++;
                last = header;
                next += header.FrameBytes;
            }

            if (frames == 3)
                return start;
        }

        return -1;
    }
}
