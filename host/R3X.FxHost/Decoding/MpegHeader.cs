using System;

namespace R3X.FxHost.Decoding;

/// <summary>The four bytes in front of an MPEG audio frame (ISO/IEC 11172-3, 2.4.1.3; 13818-3; layer III only for 2.5).</summary>
/// <param name="SampleRate">Frames per second.</param>
/// <param name="FrameBytes">Length of the frame with this header; 0 in free format, where the header does not tell.</param>
internal readonly record struct MpegHeader(int SampleRate, int FrameBytes)
{
    public const int Bytes = 4;

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
        if (version == 1 || layer == 4 || bitRate == 15 || rate == 3 || (version == 0 && layer != 3) || (bytes[3] & 3) == 2)
            return false;
        int sampleRate = Rates[rate] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
        bool padded = (bytes[2] & 2) != 0;
        header = new MpegHeader(sampleRate, FrameLength(version == 3, layer, bitRate, sampleRate, padded));
        return true;
    }

    private static int FrameLength(bool first, int layer, int bitRate, int sampleRate, bool padded)
    {
        if (bitRate == 0)
            return 0;
        int row = first ? layer - 1 : layer == 1 ? 3 : 4;
        int bitsPerSecond = BitRates[(row * 14) + bitRate - 1] * 1_000;
        if (layer == 1)
            return ((12 * bitsPerSecond / sampleRate) + (padded ? 1 : 0)) * 4;
        int slots = layer == 3 && !first ? 72 : 144;
        return (slots * bitsPerSecond / sampleRate) + (padded ? 1 : 0);
    }
}
