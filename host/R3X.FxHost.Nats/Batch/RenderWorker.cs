using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NATS.Client.Core;
using NATS.Client.JetStream;
using R3X.FxHost.Batch;
using R3X.FxHost.Decoding;
using R3X.FxHost.Diagnostics;

namespace R3X.FxHost.Nats.Batch;

/// <summary>
/// Takes jobs from the queue of a NATS server, renders them, and leaves the results there. A job that is taken is held
/// until its result stands: when the worker ends over it, another one gets it.
/// </summary>
public sealed class RenderWorker : IAsyncDisposable
{
    // Even a job that ends every worker it meets comes to an end.
    private const ulong MostTries = 10;
    private static readonly TimeSpan Asking = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RefusalPause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, RenderRecipe> _recipes = new(StringComparer.Ordinal);
    private readonly JobServer _server;
    private readonly RecipeRenderer _renderer;
    private readonly IProgress<string> _log;
    private long _rendered;
    private long _failed;

    private RenderWorker(JobServer server, FxHost host, string name, IProgress<string> log)
    {
        _server = server;
        _renderer = new RecipeRenderer(host);
        Name = name;
        _log = log;
    }

    /// <summary>What results and messages call it: its machine and its process.</summary>
    public string Name { get; }

    /// <summary>How many lines it has rendered.</summary>
    public long Rendered => Interlocked.Read(ref _rendered);

    /// <summary>How many lines could not be rendered, and never will be.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Connects to a server.</summary>
    /// <param name="address">Its address, as <see cref="NatsServers.ConnectAsync"/> takes it.</param>
    /// <param name="credentials">A file of NATS credentials, or null.</param>
    /// <param name="host">The host that renders; it stays open.</param>
    /// <param name="log">Told what goes wrong, a sentence each, on any thread.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <exception cref="IOException">No server can be reached, or it has no JetStream.</exception>
    public static async Task<RenderWorker> OpenAsync(
        string address, string? credentials, FxHost host, IProgress<string> log, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(log);
        string name = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");
        JobServer server = await JobServer.OpenAsync(address, "r3x worker " + name, credentials, cancellation)
            .ConfigureAwait(false);
        return new RenderWorker(server, host, name, log);
    }

    /// <summary>Works until it is told to stop; then ends the lines in progress, or gives back what takes
    /// longer than a second.</summary>
    /// <param name="parallel">How many lines at once.</param>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(int parallel, CancellationToken stop)
    {
        using var abandon = new CancellationTokenSource();
        using CancellationTokenRegistration registration =
            stop.Register(static source => ((CancellationTokenSource)source!).CancelAfter(Grace), abandon);
        await Task.WhenAll(Enumerable.Range(0, parallel).Select(_ => TakeAsync(stop, abandon.Token)))
            .ConfigureAwait(false);
    }

    /// <summary>Leaves the server.</summary>
    public ValueTask DisposeAsync()
    {
        _renderer.Dispose();
        return _server.DisposeAsync();
    }

    private async Task TakeAsync(CancellationToken stop, CancellationToken abandon)
    {
        INatsJSConsumer? queue = null;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                queue ??= await _server.WorkersAsync(stop).ConfigureAwait(false);
                INatsJSMsg<byte[]>? job = await queue.NextAsync<byte[]>(
                    opts: new NatsJSNextOpts { Expires = Asking }, cancellationToken: stop).ConfigureAwait(false);
                if (job is not null && !await DoAsync(job, abandon).ConfigureAwait(false))
                    await Task.Delay(RefusalPause, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (JobServer.IsAway(e))
            {
                // The connection is made again by itself; what was in hand is handed out again.
                await Task.Delay(TimeSpan.FromMilliseconds(300), CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    // False where this worker cannot do such jobs, and others should have them first.
    private async Task<bool> DoAsync(INatsJSMsg<byte[]> taken, CancellationToken abandon)
    {
        (string batch, string job) = Subjects.Parts(taken.Subject);
        JobMessage message;
        try
        {
            message = JobServer.Read(taken, JobJson.Default.JobMessage);
        }
        catch (InvalidDataException e)
        {
            _log.Report(e.Message);
            await taken.AckTerminateAsync(cancellationToken: abandon).ConfigureAwait(false);
            return true;
        }

        ulong tries = taken.Metadata?.NumDelivered ?? 1;
        // The worker before may have ended between its result and its acknowledgement.
        if (tries > 1 && await _server.HasResultAsync(batch, job, abandon).ConfigureAwait(false))
        {
            await taken.AckAsync(cancellationToken: abandon).ConfigureAwait(false);
            return true;
        }

        var result = new ResultMessage(message.Line, Name, tries);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(abandon);
        Task held = HoldAsync(taken, done.Token);
        byte[] audio = [];
        try
        {
            if (tries > MostTries)
            {
                throw new IOException(string.Create(CultureInfo.InvariantCulture,
                    $"{message.Line} was handed out {tries - 1} times, and no worker came to its end with it."));
            }

            SpeechReport report;
            (audio, report) = await RenderAsync(message, taken.Data ?? [], abandon).ConfigureAwait(false);
            result = result with { Faults = report.Faults, Warnings = report.Warnings };
            if (audio.Length > JobServer.MostInBody)
            {
                result = result with { AudioObject = Subjects.RenderedAudio(batch, job) };
                await _server.PutObjectAsync(result.AudioObject, audio, abandon).ConfigureAwait(false);
                audio = [];
            }
        }
        catch (RecipeMismatchException e) when (tries < MostTries)
        {
            await RefuseAsync(taken, batch, e.Message, abandon).ConfigureAwait(false);
            return false;
        }
        catch (FileNotFoundException) when (tries < MostTries)
        {
            // A command that was killed left the job without its line; run again, it sends the line again.
            await taken.NakAsync(new AckOpts { NakDelay = RefusalPause }, abandon).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            await taken.NakAsync(cancellationToken: CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        catch (Exception e) when (e is not OperationCanceledException and not NatsException)
        {
            result = result with { Failure = e.Message, IsLineAtFault = e is UnreadableAudioException };
        }
        finally
        {
            await done.CancelAsync().ConfigureAwait(false);
            await held.ConfigureAwait(false);
        }

        await TellAsync(taken, batch, job, result, audio, abandon).ConfigureAwait(false);
        return true;
    }

    private async Task<(byte[] Audio, SpeechReport Report)> RenderAsync(
        JobMessage message, byte[] body, CancellationToken abandon)
    {
        if (!_recipes.TryGetValue(message.RecipeObject, out RenderRecipe? recipe))
        {
            byte[] json = await _server.GetObjectAsync(message.RecipeObject, abandon).ConfigureAwait(false);
            recipe = _recipes.GetOrAdd(message.RecipeObject, RenderRecipe.FromJson(json));
        }

        byte[] line = message.LineObject is { } name
            ? await _server.GetObjectAsync(name, abandon).ConfigureAwait(false) : body;
        using var audio = new MemoryStream();
        SpeechReport report = await _renderer.RenderAsync(
            recipe, SpeechAudio.FromBytes(line, recipe.InputFormat).Named(message.Line), audio, abandon)
            .ConfigureAwait(false);
        return (audio.ToArray(), report);
    }

    private async Task TellAsync(
        INatsJSMsg<byte[]> taken, string batch, string job, ResultMessage result, byte[] audio,
        CancellationToken abandon)
    {
        if (result.Failure is { } failure)
        {
            Interlocked.Increment(ref _failed);
            _log.Report($"{result.Line} failed: {failure}");
            await _server.PublishAsync(
                Subjects.PoisonedJob(batch, job), result, JobJson.Default.ResultMessage, [], abandon)
                .ConfigureAwait(false);
        }
        else
        {
            Interlocked.Increment(ref _rendered);
        }

        await _server.PublishAsync(
            Subjects.Result(batch, job), result, JobJson.Default.ResultMessage, audio, abandon).ConfigureAwait(false);
        await taken.AckAsync(cancellationToken: abandon).ConfigureAwait(false);
    }

    private async Task RefuseAsync(
        INatsJSMsg<byte[]> taken, string batch, string reason, CancellationToken abandon)
    {
        _log.Report(reason);
        await taken.NakAsync(new AckOpts { NakDelay = RefusalPause }, abandon).ConfigureAwait(false);
        await _server.Connection.PublishAsync(
            Subjects.Refusals(batch), $"The worker {Name} takes none of these lines: {reason}",
            cancellationToken: abandon).ConfigureAwait(false);
    }

    // A long line is not handed to another while it is being rendered.
    private static async Task HoldAsync(INatsJSMsg<byte[]> taken, CancellationToken done)
    {
        try
        {
            while (true)
            {
                await Task.Delay(JobStreams.AckWait / 4, done).ConfigureAwait(false);
                await taken.AckProgressAsync(cancellationToken: done).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or NatsException)
        {
            // Done; or the server is away, and hands the job out again when it is back.
        }
    }
}
