using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;

namespace R3X.FxHost.Watching;

/// <summary>
/// A background thread that does watched work, one piece after the other. Idle ones wait a while for more, since to
/// start a thread takes longer than most pieces. One that is stuck is left behind: it ends with its call, or with the
/// process.
/// </summary>
internal sealed class WatchedThread
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(5);
    private static readonly Stack<WatchedThread> Idle = new();

    private readonly object _gate = new();
    private WatchedWork? _work;
    private bool _hasEnded;

    private WatchedThread(WatchedWork work) => _work = work;

    /// <summary>What it does with its time; null until it has begun.</summary>
    public ThreadActivity? Activity { get; private set; }

    /// <summary>Has a piece of work done.</summary>
    /// <param name="work">The work.</param>
    /// <returns>The thread that does it.</returns>
    public static WatchedThread Run(WatchedWork work)
    {
        while (true)
        {
            WatchedThread? idle;
            lock (Idle)
                Idle.TryPop(out idle);
            if (idle is null)
                break;
            if (idle.TryBegin(work))
                return idle;
        }

        var fresh = new WatchedThread(work);
        new Thread(fresh.Loop) { IsBackground = true, Name = "R3X effects" }.Start();
        return fresh;
    }

    private bool TryBegin(WatchedWork work)
    {
        lock (_gate)
        {
            if (_hasEnded)
                return false;
            _work = work;
            Monitor.Pulse(_gate);
            return true;
        }
    }

    private void Loop()
    {
        var activity = new ThreadActivity();
        Activity = activity;
        while (DoNext())
        {
        }

        Activity = null;
        activity.Close();
    }

    // On its own: an idle thread must not keep the last work, and the plugins behind it, in memory.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool DoNext() => Next() is { } work && work.Do(this);

    /// <summary>Makes it free for other work. On the thread itself, in front of the news that its work is
    /// done.</summary>
    public void BecomeIdle()
    {
        lock (_gate)
            _work = null;
        lock (Idle)
            Idle.Push(this);
    }

    private WatchedWork? Next()
    {
        lock (_gate)
        {
            while (_work is null && Monitor.Wait(_gate, IdleTime))
            {
            }

            // One that was taken in the moment in which its time ran out has work all the same.
            _hasEnded = _work is null;
            return _work;
        }
    }
}
