namespace R3X.FxHost.Chains;

/// <summary>What an effect did that cost it its slot for the rest of the line.</summary>
public enum FaultCause
{
    /// <summary>It could not be made or prepared.</summary>
    CouldNotPrepare,

    /// <summary>It threw an exception.</summary>
    Threw,

    /// <summary>It returned NaN or infinity.</summary>
    NotFinite,

    /// <summary>It returned more than 16 times full scale, or more than 40 dB above what it was given.</summary>
    Runaway,

    /// <summary>It took longer than its share of the time.</summary>
    TooSlow,

    /// <summary>A call of it has not returned. It is left out of later lines too, until that call comes back.</summary>
    DidNotReturn,

    /// <summary>It wrote past its block, as only unsafe code can. What it wrote over was put back.</summary>
    WroteOutside,

    /// <summary>It added a constant (DC) for a second, of more than 0.1 of full scale and more than the sound it was
    /// given, and that was heard.</summary>
    Offset,

    /// <summary>It threw on a thread of its own or in a finalizer; see <see cref="FxHost.SurvivePluginThreads"/>. Or
    /// the process of its own that it runs in ended between two lines. No line was touched.</summary>
    OwnThread,

    /// <summary>It runs in a process of its own and did not answer within a block's time. The line hears it again as
    /// soon as it does.</summary>
    Late,

    /// <summary>The process of its own that it runs in ended: it crashed, or was killed. It is started again.</summary>
    ProcessEnded,

    /// <summary>It took more memory or processor time than its process may, which was ended and is started
    /// again.</summary>
    OverLimit,
}
