namespace R3X.FxHost.Queue;

/// <summary>Why an utterance was not heard to its end.</summary>
public enum InterruptionReason
{
    /// <summary>It was heard to its end, or failed.</summary>
    None,

    /// <summary>Somebody interrupted it, or cancelled its task.</summary>
    Asked,

    /// <summary>A newer utterance with the same tag took its place while it waited.</summary>
    Replaced,

    /// <summary>One of higher priority cut it off.</summary>
    Preempted,

    /// <summary>The host was disposed.</summary>
    Closed,
}
