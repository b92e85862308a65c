using System;
using System.Threading;

namespace R3X.FxHost.Threading;

/// <summary>Threads of the host's own, on any clock.</summary>
internal static class WorkerThread
{
    /// <summary>Starts one that does not keep the process alive.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="body">What it does; must not throw.</param>
    /// <param name="time">The clock it waits by.</param>
    /// <param name="priority">Its priority.</param>
    public static void Start(
        string name, Action body, TimeProvider time, ThreadPriority priority = ThreadPriority.Normal)
    {
        if (time is CooperativeTime simulation)
            simulation.Start(body);
        else
            new Thread(() => body()) { IsBackground = true, Name = name, Priority = priority }.Start();
    }

    /// <summary>Runs something on another thread than this one, which must not be held up.</summary>
    /// <param name="work">What; must not throw.</param>
    /// <param name="time">The clock.</param>
    public static void Post(Action work, TimeProvider time)
    {
        if (time is CooperativeTime simulation)
            simulation.Start(work);
        else
            ThreadPool.UnsafeQueueUserWorkItem(static work => work(), work, preferLocal: false);
    }
}
