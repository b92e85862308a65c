using System;
using System.CommandLine;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Nats.Batch;

namespace R3X.FxHost.Cli.Batch;

/// <summary><c>r3x worker</c>: renders what <c>r3x render --workers</c> hands out, wherever that runs.</summary>
internal static class WorkerVerb
{
    private static readonly TimeSpan Said = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var verb = new Verb(
            "worker",
            "Renders the lines that r3x render --workers hands out, until Ctrl-C or SIGTERM; what is in hand then is "
                + "ended or given back. Start as many as there are machines. Presets come with the lines; effects must "
                + "be here, in the version that the lines were handed out with.",
            "r3x worker --nats nats://studio:4222",
            "R3X_NATS=nats://studio:4222 r3x worker --parallel 8             # lines at once; one a core unless told",
            "r3x worker --nats tls://nats.example.com --nats-creds r3x.creds",
            "r3x worker --nats nats://studio:4222 --plugins ~/my-effects     # effects of your own");
        var address = new Option<string?>("--nats") { Description = "The NATS server that this worker and the commands "
            + $"share; without it, {NatsOptions.AddressVariable} says.", HelpName = "nats://HOST:4222" };
        var parallel = new Option<int>("--parallel") { Description = "How many lines at once; one a core unless told.",
            HelpName = "NUMBER", DefaultValueFactory = static _ => Environment.ProcessorCount };
        Option<string?> credentials = NatsOptions.Credentials();
        parallel.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1_024)
                result.AddError("--parallel takes 1 to 1024 lines.");
        });
        verb.Options.Add(address);
        verb.Options.Add(credentials);
        verb.Options.Add(parallel);
        var options = new HostOptions(verb);
        verb.Does(async (parsed, cancellation) =>
        {
            string server = parsed.GetValue(address)
                ?? Environment.GetEnvironmentVariable(NatsOptions.AddressVariable)
                ?? throw new UsageException(
                    $"Name the NATS server: --nats nats://HOST:4222, or {NatsOptions.AddressVariable}.");
            string? file = NatsOptions.File(parsed, credentials);
            using FxHost host = options.Open(parsed);
            return await WorkAsync(server, file, host, parsed.GetValue(parallel), cancellation);
        });
        return verb;
    }

    private static async Task<int> WorkAsync(
        string server, string? credentials, FxHost host, int parallel, CancellationToken cancellation)
    {
        await using RenderWorker worker = await NatsOptions.ReachAsync(
            () => RenderWorker.OpenAsync(server, credentials, host, new Log(), cancellation));
        Messages.Note($"{worker.Name} waits for lines, {parallel} at once.");
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task telling = TellAsync(worker, stopped.Token);
        await worker.RunAsync(parallel, cancellation);
        await stopped.CancelAsync();
        await telling;
        Messages.Note($"{Count(worker.Rendered)} lines were rendered, {Count(worker.Failed)} failed.");
        return ExitCode.Done;
    }

    private static async Task TellAsync(RenderWorker worker, CancellationToken stop)
    {
        for (long before = 0; !stop.IsCancellationRequested; before = worker.Rendered)
        {
            await Task.Delay(Said, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (worker.Rendered > before && !stop.IsCancellationRequested)
            {
                double rate = (worker.Rendered - before) / Said.TotalSeconds;
                Messages.Note(string.Create(
                    CultureInfo.InvariantCulture, $"{worker.Rendered:#,0} lines rendered, {rate:0.#} a second"));
            }
        }
    }

    private static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private sealed class Log : IProgress<string>
    {
        public void Report(string value) => Messages.Note(value);
    }
}
