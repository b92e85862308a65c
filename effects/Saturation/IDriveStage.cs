using System;

namespace R3X.FxHost.Effects;

/// <summary>A way through the curve, at some rate. One channel's segment at a time: begin, drive all frames, end.</summary>
internal interface IDriveStage
{
    /// <summary>Frames by which what comes out is late.</summary>
    int LatencyFrames { get; }

    /// <summary>Frames that still ring after the latency.</summary>
    int TailFrames { get; }

    /// <summary>Takes in a segment of one channel.</summary>
    void Begin(int channel, ReadOnlySpan<float> samples);

    /// <summary>Sends them through the curve, frame by frame where it moves.</summary>
    void Drive(int frames, ref DriveRamps ramps);

    /// <summary>Hands out the driven segment.</summary>
    void End(int channel, Span<float> samples);

    /// <summary>Forgets everything.</summary>
    void Clear();
}
