using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Text.Json;
using R3X.FxHost.Playout;
using R3X.FxHost.Queue;

namespace R3X.FxHost.Server.Own;

/// <summary>How far a line has come, as JSON.</summary>
internal sealed record UtteranceStatus
{
    [Description("Its name, unlike that of any other line.")]
    public required string Id { get; init; }

    [Description("The turn it is a part of; a line that was spoken by itself is a turn of its own.")]
    public required string Turn { get; init; }

    [Description("What it is about, as its caller said.")]
    public string? Tag { get; init; }

    [Description("queued, buffering, speaking, draining (its tail rings on), done, interrupted or failed. It only ever "
        + "goes down this list.")]
    public required string State { get; init; }

    [Description("How much of it was heard so far, in milliseconds, its tail included.")]
    public double PositionMs { get; init; }

    [Description("How much of it was heard in all, once it has ended; so far, until then.")]
    public double HeardMs { get; init; }

    [Description("How long it is without its tail; null while its end has not arrived.")]
    public double? DurationMs { get; init; }

    [Description("Why it was interrupted: asked, replaced, preempted or closed; null when it was not.")]
    public string? Reason { get; init; }

    [Description("The preset it is spoken with, dry without effects; null before it is begun to be read.")]
    public string? Preset { get; init; }

    [Description("What is not as it was meant to be, each a whole sentence.")]
    public required IReadOnlyList<string> Warnings { get; init; }

    [Description("Why it failed; what had arrived by then was heard.")]
    public string? Failure { get; init; }

    [Description("When it came to its state, in seconds of the loudspeaker's clock; null before it was told.")]
    public double? Moment { get; init; }

    /// <summary>How far a line is.</summary>
    /// <param name="line">The line.</param>
    /// <param name="state">The state that is told; the line may be further by now.</param>
    /// <param name="moment">When it came to that state; null where that is not known.</param>
    public static UtteranceStatus Of(Utterance line, UtteranceState state, PlaybackMoment? moment) => new()
    {
        Id = line.Id,
        Turn = line.Turn.Id,
        Tag = line.Options.Tag,
        State = Word(state),
        PositionMs = line.Position.TotalMilliseconds,
        HeardMs = line.Position.TotalMilliseconds,
        DurationMs = line.Duration?.TotalMilliseconds,
        Preset = line.Preset,
        Warnings = line.Warnings,
        Moment = moment?.DeviceTime.TotalSeconds,
    };

    /// <summary>How a line ended.</summary>
    public static UtteranceStatus Of(Utterance line, UtteranceEnd end) => Of(line, end.State, end.Moment) with
    {
        Reason = end.Reason == InterruptionReason.None ? null : Word(end.Reason),
        Failure = end.Failure?.Message,
        Warnings = [.. line.Warnings, .. end.Report?.Faults ?? []],
    };

    // As the reports spell them.
    private static string Word(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
