using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.Threading;

/// <summary>
/// A thread for one line, from its first byte to its end: a thread pool that the application has filled holds up no
/// speech. What the line awaits comes back to it.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Its thread lets go of what it holds, at its end.")]
internal sealed class LineThread : TaskScheduler
{
    private readonly ConcurrentQueue<Task> _tasks = new();
    private readonly Wakeup _wakeup;
    private readonly TimeProvider _time;
    private volatile bool _isOver;
    private int _threadId;

    private LineThread(TimeProvider time)
    {
        _time = time;
        _wakeup = new Wakeup(time);
    }

    /// <summary>Runs something on a thread of its own, which ends with it.</summary>
    /// <param name="work">What.</param>
    /// <param name="time">The clock.</param>
    public static Task RunAsync(Func<Task> work, TimeProvider time)
    {
        var thread = new LineThread(time);
        Task task = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, thread).Unwrap();
        task.ContinueWith(
            static (_, thread) => ((LineThread)thread!).End(), thread, CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously, Default);
        WorkerThread.Start("R3X line", thread.Run, time);
        return task;
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        _tasks.Enqueue(task);
        _wakeup.Set();
        // What comes back when the line has ended already.
        if (_isOver)
            WorkerThread.Post(RunQueued, _time);
    }

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        _threadId == Environment.CurrentManagedThreadId && TryExecuteTask(task);

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => _tasks.ToArray();

    private void End()
    {
        _isOver = true;
        _wakeup.Set();
    }

    private void Run()
    {
        _threadId = Environment.CurrentManagedThreadId;
        while (!_isOver)
        {
            _wakeup.Reset();
            RunQueued();
            if (!_isOver)
                _wakeup.Wait(Timeout.InfiniteTimeSpan);
        }

        RunQueued();
        _threadId = 0;
        _wakeup.Dispose();
    }

    private void RunQueued()
    {
        while (_tasks.TryDequeue(out Task? task))
            TryExecuteTask(task);
    }
}
