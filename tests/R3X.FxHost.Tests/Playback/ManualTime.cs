using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace R3X.FxHost.Tests.Playback;

/// <summary>A clock that stands still until told.</summary>
public sealed class ManualTime : TimeProvider
{
    private readonly object _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_lock)
            return _now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        lock (_lock)
            _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan by)
    {
        ManualTimer[] due;
        lock (_lock)
        {
            _now += by.Ticks;
            due = [.. _timers.Where(t => t.Due <= _now)];
            foreach (ManualTimer timer in due)
                timer.Due = long.MaxValue;
        }

        foreach (ManualTimer timer in due)
            timer.Fire();
    }

    /// <summary>Waits until somebody waits for this clock.</summary>
    public void WaitForWaiter()
    {
        lock (_lock)
        {
            while (!_timers.Exists(t => t.Due != long.MaxValue))
            {
                if (!Monitor.Wait(_lock, TimeSpan.FromSeconds(10)))
                    throw new TimeoutException("Nobody waits for the clock.");
            }
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public long Due { get; set; } = long.MaxValue;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : time._now + dueTime.Ticks;
                Monitor.PulseAll(time._lock);
            }

            return true;
        }

        public void Dispose()
        {
            lock (time._lock)
                time._timers.Remove(this);
        }

        public System.Threading.Tasks.ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
