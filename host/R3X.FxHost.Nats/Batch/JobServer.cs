using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using NATS.Client.ObjectStore;

namespace R3X.FxHost.Nats.Batch;

/// <summary>
/// A NATS server as batches use it: what is published, taken and kept there. Calls are made again while the server is
/// away. Any thread.
/// </summary>
internal sealed class JobServer : IAsyncDisposable
{
    /// <summary>Audio up to this many bytes, some four seconds, travels in its message: an object takes three times as
    /// many messages.</summary>
    public const int MostInBody = 192 * 1024;

    private const string Header = "R3X";

    private readonly NatsJSContext _streams;

    private JobServer(NatsConnection connection)
    {
        Connection = connection;
        _streams = new NatsJSContext(connection);
    }

    /// <summary>The connection, for what needs no stream.</summary>
    public NatsConnection Connection { get; }

    private INatsObjStore Objects { get; set; } = null!;

    /// <summary>Connects, and makes what is not there yet.</summary>
    /// <exception cref="IOException">The server does not answer, or has no JetStream.</exception>
    public static async Task<JobServer> OpenAsync(
        string address, string name, string? credentials, CancellationToken cancellation)
    {
        var server = new JobServer(
            await NatsServers.ConnectAsync(address, name, credentials, cancellation).ConfigureAwait(false));
        try
        {
            server.Objects = await JobStreams.PrepareAsync(server._streams, cancellation).ConfigureAwait(false);
            return server;
        }
        catch (Exception e)
        {
            await server.DisposeAsync().ConfigureAwait(false);
            if (e is not NatsException)
                throw;
            throw new IOException(
                $"The NATS server {NatsServers.WithoutSecrets(address)} answers, but its JetStream does not: "
                + $"{e.Message} Start it as nats-server -js, and let this account use it.", e);
        }
    }

    /// <summary>Puts a message into a stream.</summary>
    /// <param name="subject">Where.</param>
    /// <param name="message">What it says, in a header.</param>
    /// <param name="shape">How it is written.</param>
    /// <param name="body">Its body: at most <see cref="MostInBody"/> bytes of audio.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <returns>Why not; null when it is there.</returns>
    public async Task<ApiError?> PublishAsync<T>(
        string subject, T message, JsonTypeInfo<T> shape, byte[] body, CancellationToken cancellation)
    {
        string json = JsonSerializer.Serialize(message, shape);
        PubAckResponse answer = await RetryAsync(
            () => _streams.PublishAsync(
                subject, body, headers: new NatsHeaders { [Header] = json }, cancellationToken: cancellation),
            cancellation).ConfigureAwait(false);
        return answer.Error;
    }

    /// <summary>What a message says in its header.</summary>
    /// <exception cref="InvalidDataException">It is from another program.</exception>
    public static T Read<T>(INatsJSMsg<byte[]> message, JsonTypeInfo<T> shape)
    {
        try
        {
            if (message.Headers is { } headers && headers.TryGetLastValue(Header, out string? json)
                && JsonSerializer.Deserialize(json, shape) is { } said)
                return said;
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new InvalidDataException($"The message {message.Subject} on the NATS server is from another program.");
    }

    /// <summary>The queue as workers take from it.</summary>
    public ValueTask<INatsJSConsumer> WorkersAsync(CancellationToken cancellation) =>
        _streams.GetConsumerAsync(JobStreams.Jobs, JobStreams.Workers, cancellation);

    /// <summary>A batch's results, those that a run before had fetched and not acknowledged included.</summary>
    public Task<INatsJSConsumer> ResultsAsync(string batch, CancellationToken cancellation) => RetryAsync(
        async () =>
        {
            await ForgetAsync(batch, cancellation).ConfigureAwait(false);
            return await _streams.CreateOrUpdateConsumerAsync(
                JobStreams.Results,
                new ConsumerConfig(batch)
                {
                    FilterSubject = Subjects.ResultsOf(batch),
                    AckPolicy = ConsumerConfigAckPolicy.Explicit,
                    // What was on its way when the server ended is handed out again after this. A result that waits for
                    // its turn here may come again, too, and is known then.
                    AckWait = TimeSpan.FromSeconds(30),
                    MaxAckPending = JobStreams.MostInHand,
                    InactiveThreshold = JobStreams.KeptFor,
                },
                cancellation).ConfigureAwait(false);
        },
        cancellation);

    /// <summary>A batch's jobs that a run before left here: queued, in hand, or done. Asked for in this order, since
    /// what leaves the queue meanwhile has its result by then.</summary>
    public async Task<IReadOnlyList<string>> LeftAsync(string batch, CancellationToken cancellation) =>
    [
        .. await JobsAsync(JobStreams.Jobs, Subjects.JobsOf(batch), cancellation).ConfigureAwait(false),
        .. await JobsAsync(JobStreams.Results, Subjects.ResultsOf(batch), cancellation).ConfigureAwait(false),
    ];

    private Task<IReadOnlyList<string>> JobsAsync(string stream, string subjects, CancellationToken cancellation) =>
        RetryAsync<IReadOnlyList<string>>(
            async () =>
            {
                INatsJSStream here = await _streams.GetStreamAsync(
                    stream, new StreamInfoRequest { SubjectsFilter = subjects }, cancellation).ConfigureAwait(false);
                return [.. (here.Info.State.Subjects?.Keys ?? []).Select(subject => Subjects.Parts(subject).Job)];
            },
            cancellation);

    private async Task ForgetAsync(string batch, CancellationToken cancellation)
    {
        try
        {
            await _streams.DeleteConsumerAsync(JobStreams.Results, batch, cancellation).ConfigureAwait(false);
        }
        catch (NatsJSApiException e) when (e.Error.Code == 404)
        {
            // It was not there.
        }
    }

    /// <summary>Whether the result of a job is there already.</summary>
    public async Task<bool> HasResultAsync(string batch, string job, CancellationToken cancellation)
    {
        INatsJSStream results = await _streams.GetStreamAsync(JobStreams.Results, cancellationToken: cancellation)
            .ConfigureAwait(false);
        try
        {
            await results.GetAsync(
                new StreamMsgGetRequest { LastBySubj = Subjects.Result(batch, job) }, cancellation)
                .ConfigureAwait(false);
            return true;
        }
        catch (NatsJSApiException e) when (e.Error.Code == 404)
        {
            return false;
        }
    }

    /// <summary>An object's bytes.</summary>
    /// <exception cref="FileNotFoundException">It is not there any more.</exception>
    public async Task<byte[]> GetObjectAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return await RetryAsync(() => Objects.GetBytesAsync(name, cancellation), cancellation)
                .ConfigureAwait(false);
        }
        catch (NatsObjNotFoundException e)
        {
            throw new FileNotFoundException($"The object {name} is not on the NATS server any more.", e);
        }
    }

    /// <summary>Puts an object, in place of one of its name.</summary>
    /// <exception cref="IOException">The server does not take it.</exception>
    public async Task PutObjectAsync(string name, byte[] bytes, CancellationToken cancellation)
    {
        try
        {
            await RetryAsync(() => Objects.PutAsync(name, bytes, cancellation), cancellation).ConfigureAwait(false);
        }
        catch (NatsException e)
        {
            throw new IOException($"The NATS server does not take {bytes.Length} bytes of audio: {e.Message}", e);
        }
    }

    /// <summary>Deletes an object, if it is there.</summary>
    public async Task DeleteObjectAsync(string name, CancellationToken cancellation)
    {
        try
        {
            await RetryAsync(
                async () =>
                {
                    await Objects.DeleteAsync(name, cancellation).ConfigureAwait(false);
                    return true;
                },
                cancellation).ConfigureAwait(false);
        }
        catch (NatsObjNotFoundException)
        {
            // It went by its age, or another time.
        }
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    /// <summary>Does something, again and again while the server is away.</summary>
    public static async Task<T> RetryAsync<T>(Func<ValueTask<T>> work, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await work().ConfigureAwait(false);
            }
            catch (Exception e) when (IsAway(e) && !cancellation.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(300), cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether an error is one of a server that is not there at this moment.</summary>
    public static bool IsAway(Exception e) => e switch
    {
        NatsJSApiException api => api.Error.Code >= 500,
        NatsObjNotFoundException => false,
        NatsException or TimeoutException or IOException => true,
        OperationCanceledException => true,
        _ => false,
    };
}
