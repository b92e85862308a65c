using System;

namespace R3X.FxHost.Effects;

/// <summary>A way through the curve, at some rate.</summary>
internal interface IDriveStage
{
    /// <summary>Frames by which what comes out is late.</summary>
    int LatencyFrames { get; }

    /// <summary>Frames that still ring after the latency.</summary>
    int TailFrames { get; }

    /// <summary>Sends a segment of one channel through the curve, in place, frame by frame where it moves.</summary>
    void Drive(int channel, Span<float> samples, ref DriveRamps ramps);

    /// <summary>Forgets everything.</summary>
    void Clear();
}
