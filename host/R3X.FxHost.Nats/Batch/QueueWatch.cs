using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace R3X.FxHost.Nats.Batch;

/// <summary>Says why a batch does not come on: no worker is there, or those that are cannot do it.</summary>
/// <param name="server">The server.</param>
/// <param name="address">Its address, as messages show it.</param>
/// <param name="batch">The batch.</param>
/// <param name="news">Told, a sentence each, on any thread.</param>
/// <param name="patience">How long nothing may come before it is said.</param>
internal sealed class QueueWatch(
    JobServer server, string address, string batch, IProgress<string> news, TimeSpan patience)
{
    private long _lastResult = Environment.TickCount64;
    private int _said;

    /// <summary>A result came.</summary>
    public void Saw()
    {
        Volatile.Write(ref _lastResult, Environment.TickCount64);
        Volatile.Write(ref _said, 0);
    }

    /// <summary>Says it when the queue is full, once until a result comes.</summary>
    public void QueueIsFull(string reason)
    {
        if (Interlocked.Exchange(ref _said, 1) == 0)
            news.Report($"The queue at {address} is full ({reason}); more lines are handed out as workers take some.");
    }

    /// <summary>Watches until it is stopped.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(LookAsync(stop), ListenAsync(stop));

    private async Task LookAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(patience / 6, stop).ConfigureAwait(false);
                if (Environment.TickCount64 - Volatile.Read(ref _lastResult) < patience.TotalMilliseconds
                    || Volatile.Read(ref _said) == 1 || await HasWorkerAsync(stop).ConfigureAwait(false))
                    continue;
                Volatile.Write(ref _said, 1);
                news.Report($"No worker has taken a line for {patience.TotalSeconds:0} s. Start one, on any machine: "
                    + $"r3x worker --nats {address}");
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    // One that asks for a job, or has one in hand. Of a server that is away nothing is known.
    private async Task<bool> HasWorkerAsync(CancellationToken stop)
    {
        try
        {
            INatsJSConsumer workers = await server.WorkersAsync(stop).ConfigureAwait(false);
            ConsumerInfo info = workers.Info;
            return info.NumWaiting > 0 || info.NumAckPending > 0 || info.NumPending == 0;
        }
        catch (Exception e) when (JobServer.IsAway(e) && !stop.IsCancellationRequested)
        {
            return true;
        }
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        HashSet<string> said = [];
        try
        {
            await foreach (NatsMsg<string> refusal in server.Connection.SubscribeAsync<string>(
                Subjects.Refusals(batch), cancellationToken: stop).ConfigureAwait(false))
            {
                if (refusal.Data is { } reason && said.Add(reason))
                    news.Report(reason);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }
}
