using System;

namespace R3X.FxHost.Decoding;

/// <summary>Proves by the frames that follow each other that bytes are MP3 or AAC in ADTS (ISO/IEC 13818-7, 6.2).</summary>
internal static class FrameProof
{
    private const int AdtsHeaderBytes = 7;

    /// <summary>Whether frames follow each other from the first byte on.</summary>
    /// <param name="start">The input's first bytes.</param>
    /// <param name="complete">Whether they are all there are; then what there is must be whole frames and the beginning of one.</param>
    /// <param name="frames">How many frames are proof enough.</param>
    /// <returns>Null when that lies behind these bytes.</returns>
    public static bool? Of(ReadOnlySpan<byte> start, bool complete, int frames)
    {
        int found = MpegFrames.Follow(start, frames, out bool cut);
        if (found == 0)
            found = FollowAdts(start, frames, out cut);
        if (found == frames)
            return true;
        if (!cut)
            return false;
        return complete ? found > 0 : null;
    }

    private static int FollowAdts(ReadOnlySpan<byte> bytes, int most, out bool cut)
    {
        int next = 0;
        int found = 0;
        while (found < most && next + AdtsHeaderBytes <= bytes.Length
            && bytes[next] == 0xFF && (bytes[next + 1] & 0xF6) == 0xF0
            && FrameBytes(bytes[next..]) is var length and > AdtsHeaderBytes)
        {
            found++;
            next += length;
        }

        cut = found < most && next + AdtsHeaderBytes > bytes.Length;
        return found;
    }

    private static int FrameBytes(ReadOnlySpan<byte> header) => ((header[3] & 3) << 11) | (header[4] << 3) | (header[5] >> 5);
}
