using System;
using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using R3X.FxHost.Queue;

namespace R3X.FxHost.Server.Own;

/// <summary>Where a line stands in the queue, as a query says.</summary>
internal record PlaceQuery
{
    [FromQuery(Name = "tag")]
    [Description("What it is about: of the lines with one tag that wait, only the newest is spoken.")]
    public string? Tag { get; init; }

    [FromQuery(Name = "priority")]
    [Description("Those with a higher one are heard first.")]
    public int? Priority { get; init; }

    [FromQuery(Name = "preempts")]
    [Description("Whether it cuts off what is heard with a lower priority.")]
    public bool? Preempts { get; init; }

    [FromQuery(Name = "pause_before_ms")]
    [Description("How long it is silent at least in front of it, in milliseconds.")]
    public double? PauseBeforeMs { get; init; }

    [FromQuery(Name = "pause_after_ms")]
    [Description("How long it is silent at least behind it, in milliseconds.")]
    public double? PauseAfterMs { get; init; }

    /// <summary>The same for the queue, under a name that no other line of this server or an earlier one has.</summary>
    public UtteranceOptions Options() => new()
    {
        Id = Guid.CreateVersion7().ToString("n"),
        Tag = string.IsNullOrEmpty(Tag) ? null : Tag,
        Priority = Priority ?? 0,
        Preempts = Preempts ?? false,
        PauseBefore = Pause(PauseBeforeMs),
        PauseAfter = Pause(PauseAfterMs),
    };

    // An hour is as long as for ever.
    private static TimeSpan Pause(double? milliseconds) => TimeSpan.FromMilliseconds(
        milliseconds is > 0 and <= 3_600_000 ? milliseconds.Value : milliseconds > 0 ? 3_600_000 : 0);
}

/// <summary>How a line is to be spoken, as a query says.</summary>
internal sealed record SpeakQuery : PlaceQuery
{
    [FromQuery(Name = "input_format")]
    [Description("What headerless audio is, by ElevenLabs' names: pcm_24000, ulaw_8000, f32_48000_stereo. Other audio "
        + "tells by itself.")]
    public string? InputFormat { get; init; }

    [FromQuery(Name = "turn")]
    [Description("The turn it is a part of. Its place in the queue is then the turn's.")]
    public string? Turn { get; init; }

    [FromQuery(Name = "cache")]
    [Description("A key under which the line is kept as it came. Where one is kept already, that is spoken and the "
        + "body is not read.")]
    public string? Cache { get; init; }

    [FromQuery(Name = "wait")]
    [Description("When to answer: finished (its last sample was heard), or accepted (its body was read).")]
    public string? Wait { get; init; }

    [FromQuery(Name = "disconnect")]
    [Description("What becomes of the line when its caller goes away: play (what had arrived is heard; the default), "
        + "or interrupt (it is silent within 30 ms, as a player that is killed).")]
    public string? Disconnect { get; init; }
}
