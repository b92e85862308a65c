using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Threading;

namespace R3X.FxHost.Watching;

/// <summary>
/// A thread of the pool that does watched work now and then. While any of them does, one thread looks at all of them
/// every 5 ms, for a call of a plugin that does not return: whoever waits for that work is told to go on without it,
/// and the pool gets another thread for the one that is left behind.
/// </summary>
internal sealed class WatchedPoolThread
{
    private const int LookMilliseconds = 5;
    private const int LooksAtNothing = 200;

    private static readonly List<WatchedPoolThread> All = [];
    private static readonly Lock PoolSize = new();
    private static int s_looks;

    [ThreadStatic]
    private static WatchedPoolThread? s_own;

    private readonly Thread _thread = Thread.CurrentThread;
    private readonly ThreadActivity _activity = new();
    private volatile WatchedWork? _work;
    private int _begun;

    // The looking thread's.
    private StuckCall _stuck;
    private WatchedWork? _seen;
    private int _begunBefore;

    private WatchedPoolThread()
    {
        lock (All)
            All.Add(this);
    }

    /// <summary>Does work on this thread, one of the pool.</summary>
    /// <returns>False where it was given up meanwhile.</returns>
    public static bool Do(WatchedWork work)
    {
        WatchedPoolThread own = s_own ??= new WatchedPoolThread();
        own._begun++;
        own._work = work;
        Interlocked.MemoryBarrier();
        if (s_looks == 0)
            BeginToLook();
        bool isDone = work.DoHere();
        own._work = null;
        if (!isDone)
            ChangePool(-1);
        return isDone;
    }

    private static void BeginToLook()
    {
        if (Interlocked.Exchange(ref s_looks, 1) == 0)
            new Thread(LookAtAll) { IsBackground = true, Name = "R3X lookout" }.Start();
    }

    [SuppressMessage("ApiDesign", "RS0030", Justification = "It looks at real threads, in real time.")]
    private static void LookAtAll()
    {
        long last = Stopwatch.GetTimestamp();
        for (int nothing = 0; nothing < LooksAtNothing; nothing++)
        {
            Thread.Sleep(LookMilliseconds);
            long now = Stopwatch.GetTimestamp();
            lock (All)
            {
                All.RemoveAll(static thread => thread.HasEnded());
                foreach (WatchedPoolThread thread in All)
                {
                    if (thread.Look(Stopwatch.GetElapsedTime(last, now)))
                        nothing = 0;
                }
            }

            last = now;
        }

        Interlocked.Exchange(ref s_looks, 0);
        // Work that began meanwhile counted on this thread.
        lock (All)
        {
            if (All.Exists(static thread => thread._work is not null))
                BeginToLook();
        }
    }

    private bool HasEnded()
    {
        if (_thread.IsAlive)
            return false;
        _activity.Close();
        return true;
    }

    // Whether it has done anything since the last look.
    private bool Look(TimeSpan elapsed)
    {
        bool hasBegun = _begun != _begunBefore;
        _begunBefore = _begun;
        WatchedWork? work = _work;
        if (work != _seen)
            (_seen, _stuck) = (work, new StuckCall(Watchdog.Processing));
        if (work is null || work.CallAtWork is not { } call)
            return hasBegun || work is not null;
        // Most calls are seen once, and to find out what a thread waits for takes a while.
        bool isWaiting = _stuck.Call == call && _activity.IsWaiting;
        bool isStuck = _stuck.Look(call, _activity.Worked, isWaiting, elapsed, StuckCall.RuntimeTime);
        if (isStuck && work.TryGiveUp(call))
            ChangePool(+1);
        return true;
    }

    private static void ChangePool(int threads)
    {
        lock (PoolSize)
        {
            ThreadPool.GetMinThreads(out int workers, out int ports);
            ThreadPool.SetMinThreads(workers + threads, ports);
        }
    }
}
