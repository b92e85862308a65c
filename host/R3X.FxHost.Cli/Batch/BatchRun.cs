using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Batch;

namespace R3X.FxHost.Cli.Batch;

/// <summary>Renders every line of a plan that is not there yet, here or on other machines.</summary>
/// <param name="plan">The plan, into a folder.</param>
/// <param name="recipes">How.</param>
/// <param name="jobs">Where.</param>
/// <param name="progress">How far it is.</param>
/// <param name="reports">Whether to say what each line cost.</param>
internal sealed class BatchRun(
    RenderPlan plan, BatchRecipes recipes, IJobRenderer jobs, BatchProgress progress, bool reports)
{
    /// <summary>The list of what could not be rendered, in the folder that is rendered into.</summary>
    public const string FailedName = "failed.txt";

    private const int MostSaid = 20;

    private readonly ConcurrentDictionary<RenderTask, RenderedJob> _rendered = new();
    private readonly ConcurrentDictionary<RenderTask, Failure> _failures = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _hashes = new(StringComparer.Ordinal);
    private int _found;

    /// <summary>Renders what it can; a line that fails does not stop the others.</summary>
    /// <returns>The exit code: the worst of what happened.</returns>
    public async Task<int> RunAsync(BatchManifest manifest, CancellationToken cancellation)
    {
        try
        {
            var options = new ParallelOptions
            {
                MaxDegreeOfParallelism = jobs.AtOnce,
                CancellationToken = cancellation,
            };
            await Parallel.ForEachAsync(
                plan.Tasks, options, async (task, stop) => await TryAsync(task, manifest, stop));
        }
        catch (OperationCanceledException)
        {
            progress.Report("The same command goes on where this one stops.");
            throw;
        }
        finally
        {
            progress.Dispose();
        }

        return Tell();
    }

    private async Task TryAsync(RenderTask task, BatchManifest manifest, CancellationToken stop)
    {
        try
        {
            bool isThere = await DoAsync(task, manifest, stop);
            if (isThere)
                Interlocked.Increment(ref _found);
            progress.Add(wasThere: isThere);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            _failures[task] = task.FailureOf(e);
            progress.Add(hasFailed: true);
        }
    }

    private async Task<bool> DoAsync(RenderTask task, BatchManifest manifest, CancellationToken stop)
    {
        RenderRecipe recipe = recipes.Of(task);
        string line = await _hashes.GetOrAdd(
            task.Input, file => new Lazy<Task<string>>(() => BatchManifest.HashAsync(file, stop))).Value;
        var job = new RenderJob(recipe.JobFor(line), task.Input, line, recipe);
        if (await manifest.HoldsAsync(task.Output, job.Id, stop))
            return true;
        OutputFile? file = null;
        try
        {
            RenderedJob rendered = await jobs.RenderAsync(
                job, () => (file = OutputFile.Open(task.Output)).Stream, stop);
            file!.Keep();
            _rendered[task] = rendered;
            // An effect that failed might not, the next time: such a line is rendered anew by the next run.
            if (rendered.Faults.Count == 0)
                await manifest.AddAsync(task.Output, job.Id, stop);
        }
        finally
        {
            file?.Dispose();
        }

        await jobs.KeptAsync(job, stop);
        return false;
    }

    private int Tell()
    {
        foreach (IGrouping<string, RenderTask> warning in plan.Tasks.Where(_rendered.ContainsKey)
            .SelectMany(task => _rendered[task].Faults.Concat(_rendered[task].Warnings), (task, text) => (task, text))
            .GroupBy(warning => warning.text, warning => warning.task))
            Messages.Warning($"{Named(warning.ToArray())}: {warning.Key}");
        foreach (RenderTask task in plan.Tasks)
        {
            if (reports && _rendered.TryGetValue(task, out RenderedJob? rendered) && rendered.Report is { } report)
                ReportText.Write(report);
        }

        if (_found > 0)
            Messages.Note($"{_found} of {plan.Tasks.Count} files were there already.");
        string list = Path.Combine(plan.Folder!, FailedName);
        File.Delete(list);
        if (_failures.IsEmpty)
            return ExitCode.Done;
        Failure[] failures = [.. plan.Tasks.Where(_failures.ContainsKey).Select(task => _failures[task])];
        File.WriteAllLines(list, failures.Select(failure => failure.Message));
        foreach (Failure failure in failures.Take(MostSaid))
            Messages.Of(failure);
        Messages.Error($"{plan.Tasks.Count - failures.Length} of {plan.Tasks.Count} files were rendered. What failed, "
            + $"and why, is in {list}.");
        return failures.Min(failure => failure.ExitCode);
    }

    private static string Named(RenderTask[] tasks)
    {
        string first = tasks[0].InputName + (tasks[0].Preset is { } preset ? $" ({preset})" : "");
        return tasks.Length == 1 ? first : $"{first} and {tasks.Length - 1} more";
    }
}
