using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.KeyValueStore;
using R3X.FxHost.Levelling;

namespace R3X.FxHost.Nats.Levels;

/// <summary>
/// Speaker levels that hosts share through a key-value bucket of a NATS server. A host has a copy of it at hand, which
/// the server keeps up to date in the background, so nothing here waits for the server; where it is away, a host goes
/// on with what it has and measures, and what the bucket missed follows when it is back. Any thread.
/// </summary>
public sealed class SharedSpeakerLevels : ISpeakerLevels, IAsyncDisposable
{
    /// <summary>The bucket's name. It is made where it is not there, and left as it is where it is.</summary>
    public const string Bucket = "r3x-speaker-levels";

    private const int MostLevels = 10_000;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly LevelCache _levels = new(MostLevels);
    private readonly SemaphoreSlim _news = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string _address;
    private readonly IProgress<LevelSharing>? _told;
    private readonly Task _sharing;
    private bool _isToldAway;

    private SharedSpeakerLevels(string address, IProgress<LevelSharing>? told)
    {
        (_address, _told) = (address, told);
        _sharing = Task.Run(KeepSharingAsync);
    }

    /// <summary>Begins to share. The server is looked for in the background, for as long as it takes.</summary>
    /// <param name="address">As <c>nats://host:4222</c>; several with commas.</param>
    /// <param name="told">Told once when levels cannot be shared, and once when they are again; on a thread of the
    /// pool.</param>
    public static SharedSpeakerLevels Open(string address, IProgress<LevelSharing>? told = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new SharedSpeakerLevels(address, told);
    }

    /// <inheritdoc/>
    public double? Recall(string speaker, string place)
    {
        ArgumentNullException.ThrowIfNull(speaker);
        ArgumentNullException.ThrowIfNull(place);
        return _levels.Find(SpeakerLevel.KeyOf(speaker, place));
    }

    /// <inheritdoc/>
    public void Remember(string speaker, string place, double loudness)
    {
        ArgumentNullException.ThrowIfNull(speaker);
        ArgumentNullException.ThrowIfNull(place);
        _levels.Measured(SpeakerLevel.KeyOf(speaker, place), new SpeakerLevel(speaker, place, loudness));
        if (_news.CurrentCount == 0)
            _news.Release();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _sharing.ConfigureAwait(false);
        _stop.Dispose();
        _news.Dispose();
    }

    private async Task KeepSharingAsync()
    {
        for (TimeSpan wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                await using NatsConnection connection = await NatsServers.ConnectAsync(
                    _address, "r3x speaker levels", cancellation: _stop.Token).ConfigureAwait(false);
                INatsKVStore bucket = await OpenBucketAsync(connection).ConfigureAwait(false);
                TellBack();
                wait = FirstWait;
                await ShareAsync(connection, bucket).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                // Whatever it is, lines go on without the server, and it is tried again.
                if (!_stop.IsCancellationRequested)
                    TellAway(e);
            }

            await Task.Delay(wait, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stop.IsCancellationRequested)
                return;
        }
    }

    private async Task<INatsKVStore> OpenBucketAsync(NatsConnection connection)
    {
        var buckets = new NatsKVContext(new NatsJSContext(connection));
        try
        {
            return await buckets.GetStoreAsync(Bucket, _stop.Token).ConfigureAwait(false);
        }
        catch (NatsJSApiException e) when (e.Error.Code == 404)
        {
            return await buckets.CreateStoreAsync(
                new NatsKVConfig(Bucket)
                {
                    Description = "R3X.FxHost: how loud speakers' lines arrive.",
                    MaxAge = TimeSpan.FromDays(90),
                    MaxBytes = 16 << 20,
                    MaxValueSize = 4_096,
                },
                _stop.Token).ConfigureAwait(false);
        }
    }

    // Until the connection is lost: with the next one, the bucket is looked for and read anew, as it may be another.
    private async Task ShareAsync(NatsConnection connection, INatsKVStore bucket)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        connection.ConnectionDisconnected += async (_, _) =>
        {
            try
            {
                await end.CancelAsync().ConfigureAwait(false);
            }
            catch (ObjectDisposedException)
            {
                // It was the end already.
            }
        };
        if (connection.ConnectionState != NatsConnectionState.Open)
            throw Lost();
        _levels.ForgetRevisions();
        Task receiving = ReceiveAsync(bucket, end.Token);
        Task sending = SendAsync(bucket, end.Token);
        Task first = await Task.WhenAny(receiving, sending).ConfigureAwait(false);
        bool isLost = end.IsCancellationRequested;
        await end.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(receiving, sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (isLost)
            throw Lost();
        await first.ConfigureAwait(false);
    }

    private async Task ReceiveAsync(INatsKVStore bucket, CancellationToken end)
    {
        await foreach (NatsKVEntry<byte[]> entry in bucket.WatchAsync<byte[]>(cancellationToken: end)
            .ConfigureAwait(false))
        {
            if (SpeakerLevel.LufsOf(entry.Value) is { } lufs)
                _levels.Received(entry.Key, lufs, entry.Revision);
        }
    }

    private async Task SendAsync(INatsKVStore bucket, CancellationToken end)
    {
        while (true)
        {
            while (_levels.NextUnsent() is var (key, level))
            {
                ulong revision = await bucket.PutAsync(key, level.ToJson(), cancellationToken: end)
                    .ConfigureAwait(false);
                _levels.Sent(key, level, revision);
            }

            await _news.WaitAsync(end).ConfigureAwait(false);
        }
    }

    private IOException Lost() =>
        new($"The connection to the NATS server {NatsServers.WithoutSecrets(_address)} was lost.");

    private void TellAway(Exception e)
    {
        if (_isToldAway)
            return;
        _isToldAway = true;
        Tell(new LevelSharing(false, $"Speaker levels are not shared with other hosts: {e.Message} Lines go on with "
            + "what this one knows; it is tried again until it works."));
    }

    private void TellBack()
    {
        if (!_isToldAway)
            return;
        _isToldAway = false;
        Tell(new LevelSharing(true, $"Speaker levels are shared again, at {NatsServers.WithoutSecrets(_address)}."));
    }

    private void Tell(LevelSharing news)
    {
        try
        {
            _told?.Report(news);
        }
        catch (Exception)
        {
            // Who is told throws what he likes.
        }
    }
}
