using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Cli.Terminals;

namespace R3X.FxHost.Cli;

/// <summary>Renders what a plan says: one line as it is, many on every core with progress on a terminal.</summary>
/// <param name="plan">The plan.</param>
/// <param name="renderOne">Renders one line; its result says afterwards what there is to say of it.</param>
internal sealed class RenderRun(RenderPlan plan, Func<RenderTask, CancellationToken, Action> renderOne)
{
    private readonly ConcurrentDictionary<RenderTask, Action> _remarks = new();
    private readonly ConcurrentDictionary<RenderTask, Failure> _failures = new();

    /// <summary>Renders everything it can; a line that fails does not stop the others.</summary>
    /// <returns>The exit code: the worst of what happened.</returns>
    public int Run(CancellationToken cancellation)
    {
        if (plan.Tasks.Count == 1)
            Try(plan.Tasks[0], cancellation);
        else if (Console.IsErrorRedirected)
            RenderAll(static () => { }, cancellation);
        else
            RenderWithProgress(cancellation);
        // In the plan's order, and not while a progress bar is being drawn.
        foreach (RenderTask task in plan.Tasks)
        {
            if (_remarks.TryGetValue(task, out Action? remark))
                remark();
            else if (_failures.TryGetValue(task, out Failure? failure))
                Messages.Of(failure);
        }

        if (_failures.IsEmpty)
            return ExitCode.Done;
        if (plan.Tasks.Count > 1)
            Messages.Error($"{plan.Tasks.Count - _failures.Count} of {plan.Tasks.Count} files were rendered.");
        return _failures.Values.Min(failure => failure.ExitCode);
    }

    private void RenderWithProgress(CancellationToken cancellation)
    {
        using var bar = new ProgressBar();
        string what = $"{plan.Tasks.Count} files";
        int rendered = 0;
        bar.Show(0, what);
        RenderAll(() => bar.Show(Interlocked.Increment(ref rendered) / (double)plan.Tasks.Count, what), cancellation);
    }

    private void RenderAll(Action rendered, CancellationToken cancellation) => Parallel.ForEach(
        plan.Tasks,
        new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation },
        task =>
        {
            Try(task, cancellation);
            rendered();
        });

    private void Try(RenderTask task, CancellationToken cancellation)
    {
        try
        {
            _remarks[task] = renderOne(task, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _failures[task] = task.FailureOf(e);
        }
    }
}
