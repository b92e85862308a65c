using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Spectre.Console;

namespace R3X.FxHost.Cli;

/// <summary>Renders what a plan says: one line as it is, many on every core with progress on a terminal.</summary>
internal sealed class RenderRun(RenderPlan plan, Func<RenderTask, CancellationToken, Task> renderOne)
{
    private readonly ConcurrentQueue<Failure> _failures = new();

    /// <summary>Renders everything it can.</summary>
    /// <returns>The exit code: the worst of what happened.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        if (plan.Tasks.Count == 1)
        {
            await renderOne(plan.Tasks[0], cancellation);
            return ExitCode.Done;
        }

        if (Console.IsErrorRedirected)
            await RenderAllAsync(static () => { }, cancellation);
        else
            await WithProgressAsync(cancellation);
        foreach (Failure failure in _failures)
            Messages.Error(failure.Message);
        if (!_failures.IsEmpty)
            Messages.Error($"{plan.Tasks.Count - _failures.Count} of {plan.Tasks.Count} files were rendered.");
        return _failures.IsEmpty ? ExitCode.Done : _failures.Min(failure => failure.ExitCode);
    }

    private Task WithProgressAsync(CancellationToken cancellation)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask bar = context.AddTask($"{plan.Tasks.Count} files", maxValue: plan.Tasks.Count);
                await RenderAllAsync(() => bar.Increment(1), cancellation);
            });
    }

    private Task RenderAllAsync(Action rendered, CancellationToken cancellation) => Parallel.ForEachAsync(
        plan.Tasks,
        new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation },
        async (task, stop) =>
        {
            try
            {
                await renderOne(task, stop);
            }
            catch (Exception e) when (e is not OperationCanceledException && Failure.Of(e) is { } failure)
            {
                _failures.Enqueue(failure with { Message = failure.Message.Contains(task.Input, StringComparison.Ordinal) ? failure.Message : $"{task.Input}: {failure.Message}" });
            }

            rendered();
        });
}
