using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Spectre.Console;

namespace R3X.FxHost.Cli;

/// <summary>Renders what a plan says: one line as it is, many on every core with progress on a terminal.</summary>
/// <param name="plan">The plan.</param>
/// <param name="renderOne">Renders one line; its result says afterwards what there is to say of it.</param>
internal sealed class RenderRun(RenderPlan plan, Func<RenderTask, CancellationToken, Task<Action>> renderOne)
{
    private readonly ConcurrentDictionary<RenderTask, Action> _remarks = new();
    private readonly ConcurrentDictionary<RenderTask, Failure> _failures = new();

    /// <summary>Renders everything it can; a line that fails does not stop the others.</summary>
    /// <returns>The exit code: the worst of what happened.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        if (plan.Tasks.Count == 1)
            await TryAsync(plan.Tasks[0], cancellation);
        else if (Console.IsErrorRedirected)
            await RenderAllAsync(static () => { }, cancellation);
        else
            await WithProgressAsync(cancellation);
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
            await TryAsync(task, stop);
            rendered();
        });

    private async Task TryAsync(RenderTask task, CancellationToken cancellation)
    {
        try
        {
            _remarks[task] = await renderOne(task, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failure failure = Failure.Of(e);
            bool saysWhich = failure.Message.Length == 0
                || failure.Message.Contains(task.Input, StringComparison.Ordinal)
                || failure.Message.Contains(task.Output, StringComparison.Ordinal);
            _failures[task] = saysWhich ? failure : failure with { Message = $"{task.InputName}: {failure.Message}" };
        }
    }
}
