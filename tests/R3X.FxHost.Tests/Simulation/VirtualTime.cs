using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Threading;

namespace R3X.FxHost.Tests.Simulation;

/// <summary>
/// A clock for the host's threads, which take turns: one runs until it waits, and when all of them wait, time goes on
/// to what is due next. The test is one of them; it must not await, but <see cref="Run(Task)"/>. Whatever waits for
/// ever is an error at once.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "Threads that end with it still ask whose turn it is.")]
internal sealed class VirtualTime : CooperativeTime, IDisposable
{
    private static readonly TimeSpan RealPatience = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly List<Actor> _actors = [];
    private readonly List<VirtualTimer> _timers = [];
    private readonly ThreadLocal<Actor?> _current = new();
    private readonly Actor _test = new() { Until = long.MaxValue };
    private Exception? _failure;
    private long _now;
    private bool _isOver;

    public VirtualTime() => _actors.Add(_test);

    /// <summary>How much time has passed.</summary>
    public TimeSpan Now => new(Volatile.Read(ref _now));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _now);

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan by) => new Wakeup(this).Wait(by);

    /// <summary>Lets time pass.</summary>
    public void Advance(double milliseconds) => Advance(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>
    /// Lets time pass until a task of the simulation is done, for at most a minute; what it failed with is thrown. One
    /// that goes on in the thread pool is waited for behind <see cref="Until"/>.
    /// </summary>
    public void Run(Task task)
    {
        Until(() => task.IsCompleted);
        task.GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Run(Task)"/>
    public T Run<T>(Task<T> task)
    {
        Run((Task)task);
        return task.Result;
    }

    /// <summary>Lets time pass until something is so, for at most a minute: looked at every millisecond.</summary>
    public void Until(Func<bool> condition)
    {
        TimeSpan end = Now + TimeSpan.FromMinutes(1);
        while (!condition())
        {
            if (Now > end)
                throw new TimeoutException("It did not come to pass within a minute of virtual time.");
            Advance(1);
        }
    }

    /// <summary>Does something when so much time has passed from now, between the turns of the others.</summary>
    public void After(double milliseconds, Action action) =>
        CreateTimer(_ => action(), null, TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);

    public override void Start(Action body)
    {
        var actor = new Actor();
        lock (_gate)
            _actors.Add(actor);
        new Thread(() => RunActor(actor, body)) { IsBackground = true, Name = "virtual" }.Start();
    }

    public override bool Wait(Wakeup wakeup, TimeSpan atMost)
    {
        Actor self = _current.Value ?? _test;
        self.Wakeup = wakeup;
        self.Until = atMost == Timeout.InfiniteTimeSpan ? long.MaxValue : _now + atMost.Ticks;
        Yield(self);
        if (self == _test && _failure is { } failure)
            throw new InvalidOperationException(failure.Message, failure);
        return wakeup.IsSet;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        lock (_gate)
            _timers.Add(timer);
        return timer;
    }

    /// <summary>Ends the threads that still wait.</summary>
    public void Dispose()
    {
        _isOver = true;
        foreach (Actor actor in _actors.ToArray())
            actor.Turn.Release();
    }

    private void RunActor(Actor actor, Action body)
    {
        _current.Value = actor;
        try
        {
            actor.Turn.Wait();
            if (!_isOver)
                body();
        }
        catch (SimulationOverException)
        {
            return;
        }
        catch (Exception e)
        {
            _failure ??= e;
        }

        lock (_gate)
            _actors.Remove(actor);
        if (!_isOver)
            Next()?.Turn.Release();
    }

    // Gives the turn away, and comes back with it.
    private void Yield(Actor self)
    {
        Actor? next = Next(self);
        if (next == self)
            return;
        next?.Turn.Release();
        bool came = self.Turn.Wait(self == _test ? RealPatience : Timeout.InfiniteTimeSpan);
        if (!came)
            throw new TimeoutException($"A thread of the simulation did not give its turn away for "
                + $"{RealPatience.TotalSeconds:0} s: it waits for something that is not part of it.");
        if (_isOver && self != _test)
            throw new SimulationOverException();
    }

    // Those that began or waited first come first; when nobody can go on, time does.
    private Actor? Next(Actor? from = null)
    {
        if (_isOver)
            return null;
        while (true)
        {
            Actor? next;
            lock (_gate)
            {
                int at = from is null ? 0 : _actors.IndexOf(from) + 1;
                next = _actors.Skip(at).Concat(_actors.Take(at)).FirstOrDefault(actor => actor.CanGoOn(_now));
            }

            if (_failure is not null)
                next = _test;
            if (next is not null)
            {
                (next.Wakeup, next.Until) = (null, long.MaxValue);
                return next;
            }

            MoveOn();
        }
    }

    private void MoveOn()
    {
        VirtualTimer[] due;
        lock (_gate)
        {
            long next = Math.Min(
                _actors.Count == 0 ? long.MaxValue : _actors.Min(actor => actor.Until),
                _timers.Count == 0 ? long.MaxValue : _timers.Min(timer => timer.Due));
            if (next == long.MaxValue)
            {
                _failure = new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                    $"At {Now.TotalSeconds:0.000} s all {_actors.Count} threads wait for ever."));
                return;
            }

            Volatile.Write(ref _now, Math.Max(_now, next));
            due = [.. _timers.Where(timer => timer.Due <= _now).OrderBy(timer => timer.Due)];
        }

        foreach (VirtualTimer timer in due)
            timer.Fire();
    }

    private sealed class Actor
    {
        public SemaphoreSlim Turn { get; } = new(0);

        public Wakeup? Wakeup { get; set; }

        // A thread that has not begun can go on.
        public long Until { get; set; }

        public bool CanGoOn(long now) => Wakeup is { IsSet: true } || Until <= now;
    }

    private sealed class SimulationOverException : Exception;

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private long _period;

        public long Due { get; private set; } = long.MaxValue;

        public void Fire()
        {
            Due = _period > 0 ? Due + _period : long.MaxValue;
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : time._now + Math.Max(0, dueTime.Ticks);
                _period = period == Timeout.InfiniteTimeSpan ? 0 : period.Ticks;
            }

            return true;
        }

        public void Dispose()
        {
            lock (time._gate)
                time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
