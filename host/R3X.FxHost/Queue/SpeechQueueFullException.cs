using System;

namespace R3X.FxHost.Queue;

/// <summary>There is no room for another utterance.</summary>
public sealed class SpeechQueueFullException : InvalidOperationException
{
    /// <summary>Says how many wait.</summary>
    /// <param name="capacity">As many as there may be.</param>
    public SpeechQueueFullException(int capacity)
        : base($"{capacity} utterances wait already, and there may be no more. Await SpeakAsync, which waits for room, "
            + $"give those that outdate each other a Tag, or raise FxHostOptions.QueueCapacity.")
    {
    }
}
