using System;

namespace R3X.FxHost.Decoding;

/// <summary>Decodes the frames of one stream of MPEG audio, all of one rate and channel count. One thread at a
/// time.</summary>
internal interface IMpegFrameDecoder : IDisposable
{
    /// <summary>Decodes the next frame.</summary>
    /// <param name="frame">One whole frame, its header included.</param>
    /// <param name="samples">Room for all of its samples, interleaved, full scale at 1.0.</param>
    /// <returns>Samples written: fewer where the frame needs earlier ones that are missing; -1 where it is
    /// damaged.</returns>
    int Decode(ReadOnlySpan<byte> frame, Span<float> samples);
}
