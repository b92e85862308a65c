namespace R3X.FxHost.Queue;

/// <summary>How far an utterance has come. It only ever goes down this list.</summary>
public enum UtteranceState
{
    /// <summary>It waits for its turn.</summary>
    Queued,

    /// <summary>Its bytes are read and processed; nothing of it is heard yet.</summary>
    Buffering,

    /// <summary>It is heard.</summary>
    Speaking,

    /// <summary>Its last word was heard; its tail rings on.</summary>
    Draining,

    /// <summary>All of it was heard.</summary>
    Done,

    /// <summary>It was cut off, or never began: see <see cref="UtteranceEnd.Reason"/>.</summary>
    Interrupted,

    /// <summary>It could not be spoken to its end: see <see cref="UtteranceEnd.Failure"/>.</summary>
    Failed,
}
