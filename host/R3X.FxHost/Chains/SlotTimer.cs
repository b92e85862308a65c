using System;

namespace R3X.FxHost.Chains;

/// <summary>
/// Times the slots of one chain. Where one slot's call ends the next one's begins, so the clock is read once a slot; what the
/// guard does in between is a fraction of a microsecond. The thread's processor time takes a system call, so it is read only
/// now and then and when a call took long. Audio thread.
/// </summary>
internal sealed class SlotTimer(ChainSetup setup)
{
    // Less than the shortest call that is too long: what the thread did since the reading can never be taken for one.
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(4);

    private readonly TimeProvider _clock = setup.Clock;
    private readonly long _fresh = (long)(Fresh.TotalSeconds * setup.Clock.TimestampFrequency);
    private long _last;
    private TimeSpan? _worked;
    private long _read;
    private int _thread;

    /// <summary>Starts a block; any thread may have done the one before.</summary>
    public void Begin()
    {
        Restart();
        if (setup.ThreadTime is null)
            return;
        int thread = Environment.CurrentManagedThreadId;
        if (thread == _thread && _last - _read < _fresh)
            return;
        _thread = thread;
        _read = _last;
        _worked = setup.ThreadTime();
    }

    /// <summary>Starts a call here: what was done since the last one counts for nobody.</summary>
    public void Restart() => _last = _clock.GetTimestamp();

    /// <summary>Ends a call and starts the next.</summary>
    /// <returns>How long it took, in the clock's ticks.</returns>
    public long Next()
    {
        long now = _clock.GetTimestamp();
        long took = now - _last;
        _last = now;
        return took;
    }

    /// <summary>
    /// How long a call that just ended can have worked at most: a busy machine may have given the thread no processor. All
    /// of the call where the system does not tell.
    /// </summary>
    /// <param name="took">How long it took.</param>
    public TimeSpan Worked(TimeSpan took)
    {
        // The next block reads again, so that calls that go on being long are told apart exactly.
        _thread = 0;
        return setup.ThreadTime?.Invoke() - _worked is { } worked && worked < took ? worked : took;
    }

    /// <summary>The clock's ticks as time.</summary>
    public TimeSpan Time(long ticks) => _clock.GetElapsedTime(0, ticks);
}
