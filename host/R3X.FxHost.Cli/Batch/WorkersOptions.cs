using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Nats.Batch;

namespace R3X.FxHost.Cli.Batch;

/// <summary>The options that say who renders a batch: this process, or workers at a NATS server.</summary>
internal sealed class WorkersOptions
{
    private readonly Option<string?> _workers = new("--workers")
    {
        Description = "Have r3x worker render the lines, on as many machines as run it: the address of the NATS server "
            + "that they and this command share. Without it, they are rendered here, on every core.",
        HelpName = "nats://HOST:4222",
    };

    private readonly Option<string?> _credentials = NatsOptions.Credentials();

    public WorkersOptions(Command verb)
    {
        verb.Options.Add(_workers);
        verb.Options.Add(_credentials);
    }

    public bool AreAsked(ParseResult parsed) => parsed.GetValue(_workers) is not null;

    /// <summary>Refuses what only one process can do.</summary>
    /// <exception cref="UsageException">It does not go together.</exception>
    public void Check(ParseResult parsed, RenderPlan plan, bool reports)
    {
        if (!AreAsked(parsed))
            return;
        if (plan.Folder is null)
            throw new UsageException("--workers render into a folder: -o FOLDER/.");
        if (reports)
            throw new UsageException(
                "--report tells what a line costs this machine, and --workers are others. Leave one of them out.");
    }

    /// <summary>Renders a batch.</summary>
    /// <returns>The exit code.</returns>
    public int Run(
        ParseResult parsed, RenderPlan plan, BatchRecipes recipes, FxHost host, bool reports,
        CancellationToken cancellation) =>
        RunAsync(parsed, plan, recipes, host, reports, cancellation).GetAwaiter().GetResult();

    private async Task<int> RunAsync(
        ParseResult parsed, RenderPlan plan, BatchRecipes recipes, FxHost host, bool reports,
        CancellationToken cancellation)
    {
        // A mistake in what was typed shows before anything is written or reached.
        foreach (RenderTask task in plan.Tasks)
            recipes.Of(task);
        using BatchManifest manifest = BatchManifest.Open(plan.Folder!);
        using var progress = new BatchProgress(plan.Tasks.Count);
        if (!AreAsked(parsed))
        {
            await using var here = new LocalJobs(host);
            return await new BatchRun(plan, recipes, here, progress, reports).RunAsync(manifest, cancellation);
        }

        return await QueueAsync(parsed, plan, recipes, manifest, progress, cancellation);
    }

    // Apart, so that what is needed for it is loaded only then.
    private async Task<int> QueueAsync(
        ParseResult parsed, RenderPlan plan, BatchRecipes recipes, BatchManifest manifest, BatchProgress progress,
        CancellationToken cancellation)
    {
        await using QueuedRenderer queue = await NatsOptions.ReachAsync(() => QueuedRenderer.OpenAsync(
            parsed.GetRequiredValue(_workers)!, NatsOptions.File(parsed, _credentials), plan.Folder!, progress,
            cancellation));
        int exitCode = await new BatchRun(plan, recipes, queue, progress, reports: false)
            .RunAsync(manifest, cancellation);
        Messages.Note(queue.Summary);
        return exitCode;
    }
}
