using System;

namespace R3X.FxHost.Queue;

/// <summary>Where an utterance stands in the queue.</summary>
public sealed record UtteranceOptions
{
    /// <summary>Nothing in particular.</summary>
    public static UtteranceOptions Default { get; } = new();

    /// <summary>Its name in events and reports; null makes one up.</summary>
    public string? Id { get; init; }

    /// <summary>Those with a higher one are heard first; among equals, those that came first.</summary>
    public int Priority { get; init; }

    /// <summary>Whether it cuts off what is being spoken with a lower priority, as soon as it is ready itself.
    /// Otherwise it waits for that to end.</summary>
    public bool Preempts { get; init; }

    /// <summary>
    /// What it is about, such as <c>score</c>: of the utterances with one tag that wait, only the newest is spoken, in
    /// the place of the oldest. Null: it replaces nothing.
    /// </summary>
    public string? Tag { get; init; }

    /// <summary>How long it is silent at least between the utterance before it and this one. The larger of two pauses
    /// holds; silence there was counts.</summary>
    public TimeSpan PauseBefore { get; init; }

    /// <summary>How long it is silent at least between this utterance and the one behind it.</summary>
    public TimeSpan PauseAfter { get; init; }
}
