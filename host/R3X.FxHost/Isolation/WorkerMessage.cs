namespace R3X.FxHost.Isolation;

/// <summary>What host and worker say to each other. The host asks, the worker answers.</summary>
internal enum WorkerMessage
{
    /// <summary>The worker's first word: its address, or which thread serves an effect.</summary>
    Hello = 1,

    /// <summary>Load a plugin. Answered by its settings, or <see cref="Refused"/>.</summary>
    Load,

    /// <summary>End once the last effect has left.</summary>
    Retire,

    /// <summary>Make an effect.</summary>
    Create,

    /// <summary>Prepare it.</summary>
    Prepare,

    /// <summary>Process the block that lies in the shared memory.</summary>
    Process,

    /// <summary>Reset it.</summary>
    Reset,

    /// <summary>It is done.</summary>
    Done,

    /// <summary>The effect threw.</summary>
    Threw,

    /// <summary>The plugin cannot be used.</summary>
    Refused,
}
