using System;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Playout;

namespace R3X.FxHost.Queue;

/// <summary>What became of an utterance.</summary>
/// <param name="State"><see cref="UtteranceState.Done"/>, <see cref="UtteranceState.Interrupted"/> or
/// <see cref="UtteranceState.Failed"/>.</param>
/// <param name="Moment">When, on the device's clock: of one that was heard, when its last sample had left the
/// device.</param>
/// <param name="Heard">How much of it was heard.</param>
public sealed record UtteranceEnd(UtteranceState State, PlaybackMoment Moment, TimeSpan Heard)
{
    /// <summary>Why it was not heard to its end.</summary>
    public InterruptionReason Reason { get; init; }

    /// <summary>What went wrong; null unless it failed. What had arrived by then was heard.</summary>
    public Exception? Failure { get; init; }

    /// <summary>How it was processed and heard; null when nothing of it was processed.</summary>
    public SpeechReport? Report { get; init; }
}
