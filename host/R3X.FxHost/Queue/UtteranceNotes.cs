using System;
using R3X.FxHost.Lines;
using R3X.FxHost.Playout;

namespace R3X.FxHost.Queue;

/// <summary>What is noted of an utterance on its way, for its report and its trace. Timestamps are the host's
/// clock's.</summary>
/// <param name="queued">When it was queued.</param>
internal sealed class UtteranceNotes(long queued)
{
    private readonly PlaybackMoment?[] _entered = new PlaybackMoment?[(int)UtteranceState.Failed + 1];

    /// <summary>When it was queued.</summary>
    public long Queued { get; } = queued;

    /// <summary>When the bytes of its first complete codec frame had arrived; 0 before.</summary>
    public long FirstFrameAt { get; private set; }

    /// <summary>When its chain was begun to be made; 0 when it needed none of its own.</summary>
    public long ChainFrom { get; private set; }

    /// <summary>How long making the chain took.</summary>
    public TimeSpan ChainTime { get; private set; }

    /// <summary>How long it is; null while its end has not arrived.</summary>
    public TimeSpan? Length { get; set; }

    /// <summary>What the loudspeaker knows; null when nothing of it was heard.</summary>
    public SegmentLog? Segment { get; set; }

    /// <summary>When it came to a state; null when it did not.</summary>
    public PlaybackMoment? this[UtteranceState state] => _entered[(int)state];

    /// <summary>It has come to a state.</summary>
    public void Enter(UtteranceState state, PlaybackMoment moment) => _entered[(int)state] = moment;

    /// <summary>Notes what its line tells. The line's task.</summary>
    /// <param name="result">The line, which is at this utterance.</param>
    public void Read(LineResult result)
    {
        FirstFrameAt = result.FirstFrameAt;
        ChainFrom = result.FormatAt;
        ChainTime = result.StartUp;
    }
}
