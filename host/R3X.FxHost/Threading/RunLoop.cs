using System;
using System.Threading;

namespace R3X.FxHost.Threading;

/// <summary>A thread of its own that does what there is to do, step by step, and sleeps in between.</summary>
internal sealed class RunLoop : IDisposable
{
    private readonly string _name;
    private readonly Func<TimeSpan> _step;
    private readonly TimeProvider _time;
    private readonly ThreadPriority _priority;
    private readonly Wakeup _ended;
    private int _threadId;
    private volatile bool _isStarted;
    private volatile bool _isStopped;

    /// <param name="name">The thread's name.</param>
    /// <param name="step">
    /// Does what there is to do, and says how long there will be nothing unless it is woken; zero to be called again
    /// at once. Must not throw.
    /// </param>
    /// <param name="time">The clock it sleeps by.</param>
    /// <param name="priority">The thread's priority.</param>
    public RunLoop(string name, Func<TimeSpan> step, TimeProvider time, ThreadPriority priority = ThreadPriority.Normal)
    {
        _name = name;
        _step = step;
        _time = time;
        _priority = priority;
        Wakeup = new Wakeup(time);
        _ended = new Wakeup(time);
    }

    /// <summary>Wakes it.</summary>
    public Wakeup Wakeup { get; }

    /// <summary>Whether it was told to stop.</summary>
    public bool IsStopped => _isStopped;

    /// <summary>Begins. Once.</summary>
    public void Start()
    {
        _isStarted = true;
        WorkerThread.Start(_name, Run, _time, _priority);
    }

    /// <summary>Steps no more. Any thread, its own included; also when it never began.</summary>
    /// <param name="atMost">How long to wait for the step it is in.</param>
    /// <returns>Whether it has ended.</returns>
    public bool Stop(TimeSpan atMost)
    {
        _isStopped = true;
        Wakeup.Set();
        return !_isStarted || _threadId == Environment.CurrentManagedThreadId || _ended.Wait(atMost);
    }

    /// <summary>Stops it, and waits for the step it is in.</summary>
    public void Dispose()
    {
        Stop(Timeout.InfiniteTimeSpan);
        Wakeup.Dispose();
        _ended.Dispose();
    }

    private void Run()
    {
        _threadId = Environment.CurrentManagedThreadId;
        while (true)
        {
            Wakeup.Reset();
            // Stop raises its flag before it wakes: behind the reset, one of the two is seen.
            if (_isStopped)
                break;
            TimeSpan wait = _step();
            if (wait != TimeSpan.Zero)
                Wakeup.Wait(wait);
        }

        _ended.Set();
    }
}
