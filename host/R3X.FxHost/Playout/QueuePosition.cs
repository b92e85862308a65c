using System;

namespace R3X.FxHost.Playout;

/// <summary>Where a line stands among those that wait for the loudspeaker.</summary>
/// <param name="Priority">Lines with a higher one are heard first.</param>
/// <param name="Order">Among equals, those with a lower one.</param>
internal readonly record struct QueuePosition(int Priority = 0, long Order = 0)
{
    /// <summary>Whether it cuts off a line of lower priority as soon as it is ready itself.</summary>
    public bool Preempts { get; init; }

    /// <summary>How much silence there is at least between the line before it and this one.</summary>
    public TimeSpan PauseBefore { get; init; }

    /// <summary>How much silence there is at least behind it.</summary>
    public TimeSpan PauseAfter { get; init; }

    /// <summary>Whose turn it is; null for nobody's.</summary>
    public string? Turn { get; init; }

    /// <summary>Whether it is heard before another one.</summary>
    public bool IsBefore(QueuePosition other) => Priority > other.Priority
        || (Priority == other.Priority && Order < other.Order);
}
