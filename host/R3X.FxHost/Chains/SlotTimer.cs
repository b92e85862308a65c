using System;
using System.Runtime;
using R3X.FxHost.Diagnostics;

namespace R3X.FxHost.Chains;

/// <summary>
/// Times the slots that one thread works on. Where one slot's call ends the next one's begins, so the clock is read
/// once a slot; what the guard does in between is a fraction of a microsecond. To read a clock takes as long as a slot
/// takes for thirty frames, so where blocks are small, one in every 1,024 frames is timed slot by slot, and for the
/// others the clock is not read at all. When one that is timed comes late, one before it was slow, or the line had
/// paused: then all are timed for a while. The thread's processor time takes a system call, so it is read only now and
/// then and when a call took long. Audio thread.
/// </summary>
internal sealed class SlotTimer(ChainSetup setup)
{
    // Blocks this long are all looked at.
    private const int LookFrames = 1_024;

    // So are so many at the beginning and behind a slow one.
    private const int LooksBehindSlow = 64;

    // Less than the shortest call that is too long: what the thread did since the reading can never be taken for one.
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(4);

    // The thread's processor time is the same for all lines it works on in turn.
    [ThreadStatic]
    private static Reading s_reading;

    private readonly TimeProvider _clock = setup.Clock;
    private readonly long _fresh = Ticks(setup.Clock, Fresh);
    private readonly long _slow = Ticks(setup.Clock, TimeBudget.Least);
    private TimeSpan? _worked;
    private long _last;
    private int _unseen;
    private int _looks = LooksBehindSlow;

    /// <summary>Whether the slots of this block are timed.</summary>
    public bool Looks { get; private set; }

    /// <summary>How many frames the block stands for, those of blocks that were not looked at included.</summary>
    public int Frames { get; private set; }

    /// <summary>The processor time the calling thread has used for code, but not for compiling it; null where the
    /// system does not tell.</summary>
    public static TimeSpan? ThreadTime() =>
        ThreadProcessorTime.Now() - JitInfo.GetCompilationTime(currentThread: true);

    /// <summary>Starts a block; any thread may have done the one before.</summary>
    /// <param name="frames">Its length.</param>
    /// <param name="slots">How many slots it goes through: one alone is timed for nothing more than the block.</param>
    public void Begin(int frames, int slots)
    {
        Looks = slots <= 1 || _looks > 0 || _unseen + frames >= LookFrames;
        _looks = Math.Max(0, _looks - 1);
        Frames = _unseen + frames;
        _unseen = Looks ? 0 : Frames;
        if (!Looks)
            return;
        long now = _clock.GetTimestamp();
        if (now - _last > _slow)
            _looks = LooksBehindSlow;
        _last = now;
        if (setup.ThreadTime is not { } source)
            return;
        if (s_reading.Source != source || s_reading.Clock != _clock || _last - s_reading.At >= _fresh)
            s_reading = new Reading(source, _clock, _last, source());
        _worked = s_reading.Worked;
    }

    /// <summary>Starts a call here: what was done since the last one counts for nobody.</summary>
    public void Restart()
    {
        if (Looks)
            _last = _clock.GetTimestamp();
    }

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
    /// How long a call that just ended can have worked at most: a busy machine may have given the thread no processor.
    /// All of the call where the system does not tell.
    /// </summary>
    /// <param name="took">How long it took.</param>
    public TimeSpan Worked(TimeSpan took)
    {
        // The next blocks are looked at and the processor time is read again, so that calls that go on being long are
        // told apart exactly.
        _looks = LooksBehindSlow;
        s_reading = default;
        return setup.ThreadTime?.Invoke() - _worked is { } worked && worked < took ? worked : took;
    }

    /// <summary>The clock's ticks as time.</summary>
    public TimeSpan Time(double ticks) => TimeSpan.FromSeconds(ticks / _clock.TimestampFrequency);

    /// <summary>Time as the clock's ticks.</summary>
    public static long Ticks(TimeProvider clock, TimeSpan time) => (long)(time.TotalSeconds * clock.TimestampFrequency);

    private readonly record struct Reading(Func<TimeSpan?> Source, TimeProvider Clock, long At, TimeSpan? Worked);
}
