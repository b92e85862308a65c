using System;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.Threading;

/// <summary>Waiting that goes on where the caller's task runs, without a hop over the thread pool, which may be
/// full.</summary>
internal static class Cancelling
{
    private const ConfigureAwaitOptions Quietly =
        ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    /// <summary>Waits for a task or a cancellation, as <see cref="Task.WaitAsync(CancellationToken)"/> does.</summary>
    /// <param name="task">What is waited for; it goes on by itself when the waiting is given up.</param>
    /// <param name="cancellation">Gives up the waiting.</param>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public static async Task OrCancelledAsync(this Task task, CancellationToken cancellation)
    {
        if (!task.IsCompleted)
        {
            var either = new TaskCompletionSource();
            _ = task.SignalAsync(either);
            // Whoever cancels does not do the caller's work.
            using (cancellation.UnsafeRegister(static either => ThreadPool.UnsafeQueueUserWorkItem(
                static either => either.TrySetResult(), (TaskCompletionSource)either!, preferLocal: false), either))
                await either.Task;
            if (!task.IsCompleted)
                cancellation.ThrowIfCancellationRequested();
        }

        await task;
    }

    /// <summary>Completes something when a task ends, in whichever way.</summary>
    /// <param name="task">The task.</param>
    /// <param name="signal">What is completed.</param>
    public static async Task SignalAsync(this Task task, TaskCompletionSource signal)
    {
        await task.EndAsync();
        signal.TrySetResult();
    }

    /// <summary>Waits for a task's end, in whichever way it ends.</summary>
    public static async Task EndAsync(this Task task) => await task.ConfigureAwait(Quietly);
}
