using System;
using System.Threading;
using System.Threading.Tasks;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using NATS.Client.ObjectStore;

namespace R3X.FxHost.Nats.Batch;

/// <summary>The streams, and the object store, of batches on a NATS server, and their limits. Whoever comes first makes
/// them; what an operator made or changed, such as limits and replicas, stays as it is.</summary>
internal static class JobStreams
{
    /// <summary>Jobs nobody has done yet: a work queue.</summary>
    public const string Jobs = "R3X_JOBS";

    /// <summary>Results nobody has fetched yet: a work queue, the other way.</summary>
    public const string Results = "R3X_RESULTS";

    /// <summary>Jobs that failed for good, with their reasons, for whoever runs the server.</summary>
    public const string Poisoned = "R3X_POISONED";

    /// <summary>Lines, recipes and rendered audio.</summary>
    public const string Audio = "R3X_AUDIO";

    /// <summary>The consumer that all workers share.</summary>
    public const string Workers = "workers";

    /// <summary>How many messages may be in hand and not acknowledged.</summary>
    public const int MostInHand = 20_000;

    private const int MostJobs = 100_000;
    private const long MostJobBytes = 1L << 30;

    /// <summary>A job whose worker has not been heard of for so long is handed to another.</summary>
    public static readonly TimeSpan AckWait = TimeSpan.FromSeconds(8);

    /// <summary>What a command that is never run again left behind goes after this.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(3);

    /// <summary>Makes what is not there yet.</summary>
    /// <returns>The object store.</returns>
    public static async Task<INatsObjStore> PrepareAsync(NatsJSContext streams, CancellationToken cancellation)
    {
        await EnsureStreamAsync(
            streams,
            new StreamConfig(Jobs, [Subjects.AllJobs])
            {
                Retention = StreamConfigRetention.Workqueue,
                // A full queue refuses, and commands wait; a job that is in it is refused as well.
                Discard = StreamConfigDiscard.New,
                DiscardNewPerSubject = true,
                MaxMsgsPerSubject = 1,
                MaxMsgs = MostJobs,
                MaxBytes = MostJobBytes,
                MaxAge = KeptFor,
            },
            cancellation).ConfigureAwait(false);
        await EnsureStreamAsync(
            streams,
            new StreamConfig(Results, [Subjects.AllResults])
            {
                Retention = StreamConfigRetention.Workqueue,
                MaxMsgsPerSubject = 1,
                MaxAge = KeptFor,
            },
            cancellation).ConfigureAwait(false);
        await EnsureStreamAsync(
            streams,
            new StreamConfig(Poisoned, [Subjects.AllPoisoned])
            {
                MaxMsgsPerSubject = 1,
                MaxMsgs = MostJobs,
                MaxAge = KeptFor,
            },
            cancellation).ConfigureAwait(false);
        await streams.CreateOrUpdateConsumerAsync(
            Jobs,
            new ConsumerConfig(Workers)
            {
                AckPolicy = ConsumerConfigAckPolicy.Explicit,
                AckWait = AckWait,
                MaxAckPending = MostInHand,
                // Workers count the tries themselves, and say why they gave up.
                MaxDeliver = -1,
            },
            cancellation).ConfigureAwait(false);
        var objects = new NatsObjContext(streams);
        try
        {
            return await objects.GetObjectStoreAsync(Audio, cancellation).ConfigureAwait(false);
        }
        catch (NatsJSApiException e) when (e.Error.Code == 404)
        {
            return await objects.CreateObjectStoreAsync(
                new NatsObjConfig(Audio) { MaxAge = KeptFor }, cancellation).ConfigureAwait(false);
        }
    }

    private static async Task EnsureStreamAsync(
        NatsJSContext streams, StreamConfig wanted, CancellationToken cancellation)
    {
        try
        {
            await streams.GetStreamAsync(wanted.Name!, cancellationToken: cancellation).ConfigureAwait(false);
        }
        catch (NatsJSApiException e) when (e.Error.Code == 404)
        {
            // Two that come at once ask for the same, which is no mistake.
            await streams.CreateStreamAsync(wanted, cancellation).ConfigureAwait(false);
        }
    }
}
