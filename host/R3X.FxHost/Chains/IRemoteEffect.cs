using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// An effect that works in another process. Its <see cref="IEffect.Process"/> waits a bounded time, watches the other
/// side by itself and never throws; what became of the block is asked for afterwards. Audio thread.
/// </summary>
internal interface IRemoteEffect : IEffect
{
    /// <summary>What became of the calls of <see cref="IEffect.Process"/> since this was last asked.</summary>
    RemoteAnswer TakeAnswer();

    /// <summary>Tells of a fault that was not told yet; null where there is none.</summary>
    /// <param name="atEnd">Whether the line is over: words that are still being found are waited for.</param>
    RemoteFault? TakeFault(bool atEnd);

    /// <summary>Lets the other side go; nothing but that is called from now on. Any thread.</summary>
    void Close();
}

/// <summary>What became of a block that another process was given.</summary>
[Flags]
internal enum RemoteAnswer
{
    /// <summary>It came back in time.</summary>
    Whole = 0,

    /// <summary>It did not come back in time; the block holds anything.</summary>
    Missed = 1,

    /// <summary>It came back, and does not follow on what came before.</summary>
    Anew = 2,

    /// <summary>The effect itself failed, and is not to be called again.</summary>
    Failed = 4,
}

/// <summary>What went wrong in another process.</summary>
/// <param name="Cause">The kind.</param>
/// <param name="What">The same in words.</param>
/// <param name="Trace">The exception with its stack trace, or what the process said last; null where there is
/// none.</param>
internal sealed record RemoteFault(FaultCause Cause, string What, string? Trace = null);

/// <summary>An effect could not be made or prepared, for a reason that is known in the report's own words.</summary>
/// <param name="fault">The reason.</param>
internal sealed class RemoteFaultException(RemoteFault fault) : Exception(fault.What)
{
    /// <summary>The reason.</summary>
    public RemoteFault Fault { get; } = fault;
}
