using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Diagnostics;

/// <summary>What became of one line.</summary>
public sealed record SpeechReport
{
    /// <summary>What the audio was called: a path, or a kind of stream.</summary>
    public required string Source { get; init; }

    /// <summary>The preset it was spoken with; <c>dry</c> without effects.</summary>
    public required string Preset { get; init; }

    /// <summary>Why it was that preset, a sentence: who asked for it, which conditions matched, or that none
    /// did.</summary>
    public required string Choice { get; init; }

    /// <summary>The seed everything random followed from.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How much of the chain was heard, and where it was drawn for the line what came of it.</summary>
    public required MovedSetting Amount { get; init; }

    /// <summary>The gains the line began with; null when its level was left alone. With <see cref="Seed"/> they make a
    /// replay exact.</summary>
    public StartingGains? StartingGains { get; init; }

    /// <summary>The line's rate and channels.</summary>
    public required AudioFormat Format { get; init; }

    /// <summary>How long the line came in.</summary>
    public required TimeSpan InputDuration { get; init; }

    /// <summary>How long it went out: the input and its tail.</summary>
    public required TimeSpan OutputDuration { get; init; }

    /// <summary>By how much the chain's effects delay the sound.</summary>
    public required TimeSpan EffectLatency { get; init; }

    /// <summary>
    /// Median of the added latency over all frames: from the moment a frame was due (the arrival of its last byte on a
    /// feed paced in real time) to its being processed, and <see cref="EffectLatency"/>.
    /// </summary>
    public required TimeSpan AddedLatencyMedian { get; init; }

    /// <summary>The added latency that 99 % of the frames did not exceed.</summary>
    public required TimeSpan AddedLatencyP99 { get; init; }

    /// <summary>The largest added latency of any frame.</summary>
    public required TimeSpan AddedLatencyMax { get; init; }

    /// <summary>
    /// From the bytes that told the line's format to a chain that was built and warm: by this much the line started
    /// later. Of a line that was measured first, its measuring too. Longest in a process's first line.
    /// </summary>
    public required TimeSpan StartUp { get; init; }

    /// <summary>Time spent decoding and processing the line.</summary>
    public required TimeSpan ProcessingTime { get; init; }

    /// <summary>Each step of the chain.</summary>
    public required IReadOnlyList<EffectReport> Effects { get; init; }

    /// <summary>Effects that misbehaved and were bypassed, each a whole sentence.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>What else was worth saying, each a whole sentence.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>
    /// What effects found worth noting, each a whole sentence: a filter that is transparent at this rate, a look-ahead
    /// that was shortened. Nothing is wrong with the line.
    /// </summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>How it was heard; null for a line that was written and not spoken.</summary>
    public PlaybackReport? Playback { get; init; }
}
