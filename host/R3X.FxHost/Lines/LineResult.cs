using System;
using System.Collections.Generic;
using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Lines;

/// <summary>What passed through a <see cref="LinePipeline"/>.</summary>
internal sealed class LineResult
{
    /// <summary>The line's rate and channels.</summary>
    public AudioFormat Format { get; set; }

    /// <summary>Frames decoded.</summary>
    public long InputFrames { get; set; }

    /// <summary>Frames of silence that were put in where the source asked for what the chain held back.</summary>
    public long AddedFrames { get; set; }

    /// <summary>Frames handed on: the input and its tail.</summary>
    public long OutputFrames { get; set; }

    /// <summary>The chain it went through; null when the line ended before its format was known.</summary>
    public Chain? Chain { get; set; }

    /// <summary>
    /// For each frame: how long after it was due it was processed (see <see cref="FeedSchedule"/>). The chain's own
    /// latency comes on top.
    /// </summary>
    public LatencyHistogram Processing { get; } = new();

    /// <summary>When the bytes arrived that made the first complete codec frame, of the segment that is read now; 0
    /// before. As Stopwatch counts.</summary>
    public long FirstFrameAt { get; set; }

    /// <summary>When the bytes arrived that told the format of the segment that is read now; 0 when the chain of the
    /// one before goes on. As Stopwatch counts.</summary>
    public long FormatAt { get; set; }

    /// <summary>From the bytes that told the format to a chain that was built and warm; of a line that was measured
    /// first, its measuring too.</summary>
    public TimeSpan StartUp { get; set; }

    /// <summary>Time spent decoding and processing together.</summary>
    public TimeSpan ProcessingTime { get; set; }

    /// <summary>What ended the source before its time; what had arrived was spoken.</summary>
    public Exception? SourceFailure { get; set; }

    /// <summary>What was odd about the input.</summary>
    public IReadOnlyList<string> Warnings { get; set; } = [];
}
