using System;
using System.Threading;

namespace R3X.FxHost.Threading;

/// <summary>
/// Wakes a thread that waits for something to happen or for time to pass, on any clock. Whoever waits resets it first,
/// looks at what may have happened, and then waits: what happens in between is not missed. Any thread.
/// </summary>
internal sealed class Wakeup : IDisposable
{
    private readonly ManualResetEventSlim _event = new(false, spinCount: 0);
    private readonly TimeProvider _time;
    private readonly ITimer? _timer;

    /// <param name="time">The clock that is waited on.</param>
    public Wakeup(TimeProvider time)
    {
        _time = time;
        if (time != TimeProvider.System && time is not CooperativeTime)
            _timer = time.CreateTimer(_ => Set(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether it was woken since it was last reset.</summary>
    public bool IsSet => _event.IsSet;

    /// <summary>Wakes whoever waits, or the next one who would. Never throws, also when it was disposed.</summary>
    public void Set() => _event.Set();

    /// <summary>Forgets that it was woken.</summary>
    public void Reset() => _event.Reset();

    /// <summary>Waits.</summary>
    /// <param name="atMost">How long; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <returns>Whether it was woken; otherwise the time is over.</returns>
    public bool Wait(TimeSpan atMost)
    {
        if (atMost < TimeSpan.Zero && atMost != Timeout.InfiniteTimeSpan)
            atMost = TimeSpan.Zero;
        if (_time is CooperativeTime simulation)
            return simulation.Wait(this, atMost);
        if (_timer is null || atMost == Timeout.InfiniteTimeSpan)
            return _event.Wait(Whole(atMost));
        long start = _time.GetTimestamp();
        _timer.Change(atMost, Timeout.InfiniteTimeSpan);
        _event.Wait();
        return _time.GetElapsedTime(start) < atMost;
    }

    /// <summary>Lets its timer go. It may still be set.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        _event.Dispose();
    }

    // Waits count whole milliseconds: rounded up, or the last one would be spun through.
    private static int Whole(TimeSpan time) => time == Timeout.InfiniteTimeSpan
        ? Timeout.Infinite
        : (int)Math.Ceiling(Math.Min(time.TotalMilliseconds, int.MaxValue));
}
