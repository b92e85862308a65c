namespace R3X.FxHost.Playout;

/// <summary>Something that happens when a frame is heard.</summary>
/// <param name="Frame">The device's frame.</param>
/// <param name="Listener">Who is told; null for a cut, behind which nothing that was posted before will be
/// heard.</param>
/// <param name="What">What it is, in the listener's own numbers.</param>
/// <param name="IsSound">Whether it tells of the sound itself: gone with the sound when that is cut. Anything else then
/// happens at the cut.</param>
internal readonly record struct TimelineEntry(long Frame, ITimelineListener? Listener, int What, bool IsSound)
{
    /// <summary>Stands for: nothing behind the frame that was posted for this listener holds any more.</summary>
    public const int Withdrawal = int.MinValue;

    /// <summary>Whether it happens with the frame, and not when all in front of it was heard: if that frame is cut off,
    /// it never does.</summary>
    public bool IsBeginning { get; init; }

    /// <summary>Whether it has happened.</summary>
    /// <param name="heard">The frame that is heard.</param>
    public bool IsDue(double heard) => IsBeginning ? Frame < heard : Frame <= heard;
}
