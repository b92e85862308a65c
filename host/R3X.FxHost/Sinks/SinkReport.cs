using System;

namespace R3X.FxHost.Sinks;

/// <summary>What became of the sound of a virtual loudspeaker so far.</summary>
public sealed record SinkReport
{
    /// <summary>How many sounds there were with rests of two seconds or more between them.</summary>
    public int Sounds { get; init; }

    /// <summary>From a sample that is played on it to its being heard, on average while it sounds:
    /// <see cref="Effects"/> and the real loudspeaker's own buffer included. Zero before anything sounded.</summary>
    public TimeSpan AddedLatency { get; init; }

    /// <summary>How much of it the effects' own latency is.</summary>
    public TimeSpan Effects { get; init; }

    /// <summary>How often the real loudspeaker ran out of sound because the machine was too busy.</summary>
    public long Underruns { get; init; }

    /// <summary>How often it had fallen behind, or run ahead, and came back to its latency: what was too much was left
    /// out, what was missing was repeated.</summary>
    public int Corrections { get; init; }
}
