using System;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace R3X.FxHost.Watching;

/// <summary>
/// Work that calls plugins, on a thread of its own, so that whoever waits for it can go on when one of them never
/// returns. The same work can be done again and again, and allocates nothing then. One thread starts it and waits; the
/// work itself marks its calls.
/// </summary>
/// <param name="work">The work.</param>
internal sealed class WatchedWork(Action work)
{
    private const long GivenUp = -1;
    private const int LookMilliseconds = 10;

    private readonly object _gate = new();
    private WatchedThread? _thread;
    private ExceptionDispatchInfo? _failure;
    private bool _isDone;

    // Even between calls, odd within one.
    private long _call;

    /// <summary>Called once a call that was given up came back after all, on its thread; then nobody waits for it any
    /// more.</summary>
    public Action? CameBack { get; set; }

    /// <summary>Begins; <see cref="Wait"/> must follow, and may do so late.</summary>
    public void Start()
    {
        _isDone = false;
        _failure = null;
        _thread = WatchedThread.Run(this);
    }

    /// <summary>Waits until it is done.</summary>
    /// <param name="limit">How long a single call of a plugin may take.</param>
    /// <param name="clock">The clock.</param>
    /// <returns>
    /// False when a call took longer: the work is given up, its thread left behind. It touches nothing any more but
    /// what the plugin was given.
    /// </returns>
    /// <exception cref="Exception">What the work threw.</exception>
    public bool Wait(TimeSpan limit, TimeProvider clock)
    {
        if (!IsDone() && !LookAfter(limit, clock))
            return false;
        _failure?.Throw();
        return true;
    }

    /// <summary>A plugin is about to be called. In the work.</summary>
    /// <returns>What <see cref="Leave"/> needs.</returns>
    public long Enter()
    {
        long call = _call + 1;
        Volatile.Write(ref _call, call);
        return call;
    }

    /// <summary>A plugin has returned, or thrown. In the work.</summary>
    /// <param name="call">What <see cref="Enter"/> gave.</param>
    /// <exception cref="GivenUpException">Too late; somebody else has gone on, and this thread is to end.</exception>
    public void Leave(long call)
    {
        if (Interlocked.CompareExchange(ref _call, call + 1, call) != call)
            throw new GivenUpException();
    }

    /// <summary>Does the work. On its thread.</summary>
    /// <returns>Whether the thread is good for other work.</returns>
    public bool Do(WatchedThread thread)
    {
        ExceptionDispatchInfo? failure = null;
        try
        {
            work();
        }
        catch (GivenUpException)
        {
            CameBack?.Invoke();
            return false;
        }
        catch (Exception e)
        {
            failure = ExceptionDispatchInfo.Capture(e);
        }

        thread.BecomeIdle();
        lock (_gate)
        {
            _failure = failure;
            _isDone = true;
            Monitor.Pulse(_gate);
        }

        return true;
    }

    private bool LookAfter(TimeSpan limit, TimeProvider clock)
    {
        var stuck = new StuckCall(limit);
        long last = clock.GetTimestamp();
        while (!IsDone())
        {
            long now = clock.GetTimestamp();
            long call = Volatile.Read(ref _call);
            bool isStuck = (call & 1) == 1 && _thread!.Activity is { } activity
                && stuck.Look(call, activity.Worked, activity.IsWaiting, clock.GetElapsedTime(last, now));
            last = now;
            if (isStuck && Interlocked.CompareExchange(ref _call, GivenUp, call) == call)
            {
                _thread!.Activity?.StandBack();
                return false;
            }
        }

        return true;
    }

    private bool IsDone()
    {
        lock (_gate)
            return _isDone || Monitor.Wait(_gate, LookMilliseconds) || _isDone;
    }
}

/// <summary>Ends a thread whose work somebody else has taken over. Never leaves that thread.</summary>
internal sealed class GivenUpException : Exception;
