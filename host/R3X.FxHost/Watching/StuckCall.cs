using System;
using System.Runtime;

namespace R3X.FxHost.Watching;

/// <summary>
/// Decides, look by look, whether a call of a plugin is stuck: it has computed, or waited for something, for as long as
/// it may. Time in which a busy machine gave its thread no processor is not held against it, nor is time in which the
/// runtime collected garbage or compiled code, unless that goes on for very long, as where the system does not tell.
/// </summary>
/// <param name="limit">How long a call may take.</param>
internal struct StuckCall(TimeSpan limit)
{
    // A process that was stopped, and a machine that slept, are no time of the call's.
    private static readonly TimeSpan MostBetweenLooks = TimeSpan.FromMilliseconds(10);

    // A call of which nothing is known but that it goes on may do so for so long.
    private readonly TimeSpan _patience = (25 * limit) + TimeSpan.FromSeconds(1.5);

    private long _call = -1;
    private TimeSpan? _workedBefore;
    private TimeSpan _runtimeBefore;
    private TimeSpan _waited;
    private TimeSpan _passed;

    /// <summary>The call that was looked at last.</summary>
    public readonly long Call => _call;

    /// <summary>For how long the runtime of this process has held up its threads for garbage collections and compiled
    /// code so far.</summary>
    public static TimeSpan RuntimeTime => GC.GetTotalPauseDuration() + JitInfo.GetCompilationTime();

    /// <summary>Looks at it once more.</summary>
    /// <param name="call">Which call it is; another one starts afresh.</param>
    /// <param name="worked">The processor time its thread has used; null when that is not known.</param>
    /// <param name="isWaiting">Whether it waits for something other than a processor.</param>
    /// <param name="elapsed">The time since the last look.</param>
    /// <param name="runtime"><see cref="RuntimeTime"/> now.</param>
    public bool Look(long call, TimeSpan? worked, bool isWaiting, TimeSpan elapsed, TimeSpan runtime)
    {
        if (call != _call)
        {
            _call = call;
            _workedBefore = worked;
            _runtimeBefore = runtime;
            _waited = _passed = TimeSpan.Zero;
            return false;
        }

        if (elapsed > MostBetweenLooks)
            elapsed = MostBetweenLooks;
        _passed += elapsed;
        if (isWaiting)
            _waited += elapsed;
        TimeSpan own = _waited + (worked - _workedBefore ?? TimeSpan.Zero) - (runtime - _runtimeBefore);
        return own >= limit || _passed >= _patience;
    }
}
