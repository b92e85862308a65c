using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using NATS.Client.JetStream;
using R3X.FxHost.Batch;
using R3X.FxHost.Decoding;

namespace R3X.FxHost.Nats.Batch;

/// <summary>
/// Hands jobs to the workers at a NATS server, and fetches what they rendered. A result stays there until its file is
/// kept: a run that was killed finds it again.
/// </summary>
public sealed class QueuedRenderer : IJobRenderer
{
    // More than any number of workers takes at once, and few enough for the server to hold.
    private const int Window = 2_000;
    private const int Transfers = 16;
    private const int Fetched = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TaskCompletionSource<INatsJSMsg<byte[]>> Kept = KeptAlready();

    private readonly ConcurrentDictionary<string, TaskCompletionSource<INatsJSMsg<byte[]>>> _results =
        new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task>> _recipes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _held = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _sending = new(Transfers);
    private readonly SemaphoreSlim _fetching = new(Transfers);
    private readonly CancellationTokenSource _closed = new();
    private readonly JobServer _server;
    private readonly string _batch;
    private readonly SentLines _lines;
    private readonly QueueWatch _watch;
    private Task _following = Task.CompletedTask;
    private readonly ConcurrentDictionary<string, bool> _workers = new(StringComparer.Ordinal);
    private long _again;
    private long _fetched;

    // What a run before left at the server, and so is not handed out again.
    private readonly ConcurrentDictionary<string, bool> _left;

    private QueuedRenderer(
        JobServer server, string address, string batch, IEnumerable<string> left, IProgress<string> news)
    {
        _server = server;
        _batch = batch;
        _left = new ConcurrentDictionary<string, bool>(
            left.Distinct(StringComparer.Ordinal).Select(static job => KeyValuePair.Create(job, true)),
            StringComparer.Ordinal);
        _lines = new SentLines(server, batch);
        _watch = new QueueWatch(server, NatsServers.WithoutSecrets(address), batch, news, Patience);
    }

    /// <inheritdoc/>
    public int AtOnce => Window;

    /// <summary>Who rendered, and how much of it in vain, a sentence.</summary>
    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"{Interlocked.Read(ref _fetched):#,0} files came from workers, of which there were {_workers.Count}; ")
        + string.Create(
            CultureInfo.InvariantCulture, $"{Interlocked.Read(ref _again):#,0} were rendered twice.");

    /// <summary>Connects to a server, and finds what is left there of this batch.</summary>
    /// <param name="address">Its address, as <see cref="NatsServers.ConnectAsync"/> takes it.</param>
    /// <param name="credentials">A file of NATS credentials, or null.</param>
    /// <param name="folder">The folder that is rendered into. With this machine's name it stands for the batch: the
    /// same command finds its results again.</param>
    /// <param name="news">Told what is to be known meanwhile, a sentence each, on any thread.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <exception cref="IOException">No server can be reached, or it has no JetStream.</exception>
    public static async Task<QueuedRenderer> OpenAsync(
        string address, string? credentials, string folder, IProgress<string> news, CancellationToken cancellation)
    {
        byte[] whose = System.Text.Encoding.UTF8.GetBytes(Environment.MachineName + "\n" + Path.GetFullPath(folder));
        string batch = Convert.ToHexStringLower(SHA256.HashData(whose))[..16];
        JobServer server = await JobServer.OpenAsync(address, "r3x render", credentials, cancellation)
            .ConfigureAwait(false);
        INatsJSConsumer results = await server.ResultsAsync(batch, cancellation).ConfigureAwait(false);
        var renderer = new QueuedRenderer(
            server, address, batch, await server.LeftAsync(batch, cancellation).ConfigureAwait(false), news);
        renderer._following = Task.WhenAll(
            renderer.FollowAsync(results), renderer._watch.RunAsync(renderer._closed.Token));
        return renderer;
    }

    /// <inheritdoc/>
    public async Task<RenderedJob> RenderAsync(RenderJob job, Func<Stream> open, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(open);
        while (true)
        {
            TaskCompletionSource<INatsJSMsg<byte[]>> awaited = ResultOf(job.Id);
            if (awaited == Kept)
            {
                // The same line stands in two places: what came for the first is gone.
                _results.TryRemove(new(job.Id, Kept));
                continue;
            }

            Task<INatsJSMsg<byte[]>> coming = awaited.Task;
            if (!coming.IsCompleted)
                await AFewAsync(_sending, () => QueueAsync(job, cancellation), cancellation).ConfigureAwait(false);
            INatsJSMsg<byte[]> message = await coming.WaitAsync(cancellation).ConfigureAwait(false);
            ResultMessage result = JobServer.Read(message, JobJson.Default.ResultMessage);
            _workers[result.Worker] = true;
            if (result.Failure is { } failure)
            {
                await KeptAsync(job, cancellation).ConfigureAwait(false);
                throw result.IsLineAtFault ? new UnreadableAudioException(failure) : new IOException(failure);
            }

            try
            {
                await AFewAsync(
                    _fetching, () => FetchAsync(message, result, open, cancellation), cancellation)
                    .ConfigureAwait(false);
                Interlocked.Increment(ref _fetched);
                return new RenderedJob(result.Faults, result.Warnings);
            }
            catch (FileNotFoundException)
            {
                // A result of long ago, whose audio went by its age: once more.
                await KeptAsync(job, cancellation).ConfigureAwait(false);
                _results.TryRemove(job.Id, out _);
            }
        }
    }

    /// <inheritdoc/>
    public async Task KeptAsync(RenderJob job, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(job);
        TaskCompletionSource<INatsJSMsg<byte[]>> came = ResultOf(job.Id);
        if (came == Kept || !_results.TryUpdate(job.Id, Kept, came))
            return;
        INatsJSMsg<byte[]> result = await came.Task.ConfigureAwait(false);
        await AFewAsync(
            _fetching,
            async () =>
            {
                await ForgetAsync(result, cancellation).ConfigureAwait(false);
                if (_held.TryRemove(job.Id, out _))
                    await _lines.ReleaseAsync(job.LineHash, cancellation).ConfigureAwait(false);
            },
            cancellation).ConfigureAwait(false);
    }

    /// <summary>Leaves the server. What was not fetched stays there for the next run.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync().ConfigureAwait(false);
        await _following.ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
        _closed.Dispose();
        _sending.Dispose();
        _fetching.Dispose();
    }

    private static TaskCompletionSource<INatsJSMsg<byte[]>> KeptAlready()
    {
        var kept = new TaskCompletionSource<INatsJSMsg<byte[]>>();
        kept.SetResult(null!);
        return kept;
    }

    private TaskCompletionSource<INatsJSMsg<byte[]>> ResultOf(string job) => _results.GetOrAdd(
        job, static _ => new TaskCompletionSource<INatsJSMsg<byte[]>>(
            TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task QueueAsync(RenderJob job, CancellationToken cancellation)
    {
        string recipe = Subjects.Recipe(job.Recipe.Id);
        await _recipes.GetOrAdd(
            recipe, name => new Lazy<Task>(
                () => _server.PutObjectAsync(name, job.Recipe.ToJson(), CancellationToken.None)))
            .Value.WaitAsync(cancellation).ConfigureAwait(false);
        string? line = null;
        byte[] body = [];
        if (new FileInfo(job.File).Length <= JobServer.MostInBody)
        {
            body = await File.ReadAllBytesAsync(job.File, cancellation).ConfigureAwait(false);
        }
        else
        {
            line = await _lines.HoldAsync(job.LineHash, job.File, cancellation).ConfigureAwait(false);
            _held[job.Id] = true;
        }

        if (_left.TryRemove(job.Id, out _))
            return;
        var message = new JobMessage(job.File, recipe, line);
        while (await _server.PublishAsync(
            Subjects.Job(_batch, job.Id), message, JobJson.Default.JobMessage, body, cancellation)
            .ConfigureAwait(false) is { Description: { } reason })
        {
            // It is in the queue already: its first answer was lost with a connection.
            if (reason.Contains("per subject", StringComparison.Ordinal))
                return;
            _watch.QueueIsFull(reason);
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation).ConfigureAwait(false);
        }
    }

    private async Task FetchAsync(
        INatsJSMsg<byte[]> message, ResultMessage result, Func<Stream> open, CancellationToken cancellation)
    {
        byte[] audio = result.AudioObject is { } name
            ? await _server.GetObjectAsync(name, cancellation).ConfigureAwait(false) : message.Data ?? [];
        await open().WriteAsync(audio, cancellation).ConfigureAwait(false);
    }

    private async Task FollowAsync(INatsJSConsumer results)
    {
        while (!_closed.IsCancellationRequested)
        {
            try
            {
                var batch = new NatsJSFetchOpts { MaxMsgs = Fetched, Expires = TimeSpan.FromSeconds(5) };
                await foreach (INatsJSMsg<byte[]> result in results.FetchAsync<byte[]>(
                    batch, cancellationToken: _closed.Token).ConfigureAwait(false))
                    await TakeAsync(result).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_closed.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (JobServer.IsAway(e))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(300), CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task TakeAsync(INatsJSMsg<byte[]> result)
    {
        _watch.Saw();
        TaskCompletionSource<INatsJSMsg<byte[]>> awaited = ResultOf(Subjects.Parts(result.Subject).Job);
        if (awaited.TrySetResult(result))
            return;
        // The same one again, or that of a worker which was thought to be dead: the same bytes, in the same object.
        INatsJSMsg<byte[]>? first = awaited == Kept ? null : await awaited.Task.ConfigureAwait(false);
        if (first?.Metadata?.Sequence.Stream == result.Metadata?.Sequence.Stream)
            return;
        Interlocked.Increment(ref _again);
        if (first is null)
            await ForgetAsync(result, _closed.Token).ConfigureAwait(false);
        else
            await result.AckAsync(cancellationToken: _closed.Token).ConfigureAwait(false);
    }

    private async Task ForgetAsync(INatsJSMsg<byte[]> result, CancellationToken cancellation)
    {
        ResultMessage message = JobServer.Read(result, JobJson.Default.ResultMessage);
        if (message.AudioObject is { } audio)
            await _server.DeleteObjectAsync(audio, cancellation).ConfigureAwait(false);
        await JobServer.RetryAsync(
            async () =>
            {
                await result.AckAsync(cancellationToken: cancellation).ConfigureAwait(false);
                return true;
            },
            cancellation).ConfigureAwait(false);
    }

    // Files and objects a few at a time, however many lines wait for their workers.
    private static async Task AFewAsync(SemaphoreSlim gate, Func<Task> work, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await work().ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }
}
