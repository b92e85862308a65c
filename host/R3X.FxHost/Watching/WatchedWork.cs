using System;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

namespace R3X.FxHost.Watching;

/// <summary>
/// Work that calls plugins, on another thread or on the pool, so that whoever waits for it can go on when one of them
/// never returns. The same work can be done again and again, and allocates nothing then. One thread at a time has it
/// done; the work itself marks its calls.
/// </summary>
/// <param name="work">The work.</param>
internal sealed class WatchedWork(Action work) : IThreadPoolWorkItem, IValueTaskSource<bool>
{
    private const long GivenUp = -1;
    private const int LookMilliseconds = 5;

    private readonly object _gate = new();
    private WatchedThread? _thread;
    private ExceptionDispatchInfo? _failure;
    private bool _isDone;
    private ManualResetValueTaskSourceCore<bool> _awaited;

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

    /// <summary>
    /// Does it on the thread pool. Nothing waits on a thread meanwhile, so a line costs none. What awaits it goes on
    /// where it was done.
    /// </summary>
    /// <returns>As <see cref="Wait"/>, with <see cref="Watchdog.Processing"/> as the limit.</returns>
    /// <exception cref="Exception">What the work threw.</exception>
    public ValueTask<bool> DoAsync()
    {
        _awaited.Reset();
        // Not next on this thread: a line of which much has arrived takes turns with the others.
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return new ValueTask<bool>(this, _awaited.Version);
    }

    /// <summary>The plugin's call that goes on now; null between calls. Any thread.</summary>
    public long? CallAtWork => Volatile.Read(ref _call) is var call && (call & 1) == 1 && call != GivenUp ? call : null;

    /// <summary>Has whoever awaits it go on without it. Any thread.</summary>
    /// <param name="call">The call that has not returned.</param>
    /// <returns>False where it has by now.</returns>
    public bool TryGiveUp(long call)
    {
        if (Interlocked.CompareExchange(ref _call, GivenUp, call) != call)
            return false;
        ThreadPool.UnsafeQueueUserWorkItem(static work => work._awaited.SetResult(false), this, preferLocal: false);
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
        if (!DoHere())
            return false;
        thread.BecomeIdle();
        lock (_gate)
        {
            _isDone = true;
            Monitor.Pulse(_gate);
        }

        return true;
    }

    /// <summary>Does the work on this thread, and tells nobody.</summary>
    /// <returns>False where somebody else has gone on without it.</returns>
    public bool DoHere()
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

        _failure = failure;
        return true;
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (WatchedPoolThread.Do(this))
            _awaited.SetResult(true);
    }

    bool IValueTaskSource<bool>.GetResult(short token)
    {
        bool isDone = _awaited.GetResult(token);
        if (isDone)
            _failure?.Throw();
        return isDone;
    }

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _awaited.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _awaited.OnCompleted(continuation, state, token, flags);

    private bool LookAfter(TimeSpan limit, TimeProvider clock)
    {
        var stuck = new StuckCall(limit);
        long last = clock.GetTimestamp();
        while (!IsDone())
        {
            long now = clock.GetTimestamp();
            long call = Volatile.Read(ref _call);
            bool isStuck = (call & 1) == 1 && _thread!.Activity is { } activity
                && stuck.Look(call, activity.Worked, activity.IsWaiting, clock.GetElapsedTime(last, now),
                    StuckCall.RuntimeTime);
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
