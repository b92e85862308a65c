using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Threading;

namespace R3X.FxHost.Decoding;

/// <summary>
/// A line's chunks as they come. Whoever is waiting for one goes on at once when the line is cancelled, also where the
/// source itself does not listen: it is then left to itself. One thread at a time.
/// </summary>
/// <param name="chunks">The source.</param>
internal sealed class ChunkReading(IAsyncEnumerator<ReadOnlyMemory<byte>> chunks) : IAsyncDisposable
{
    private Task<bool>? _asked;

    /// <summary>The chunk; valid until the next is asked for.</summary>
    public ReadOnlyMemory<byte> Current => chunks.Current;

    /// <summary>Waits for the next chunk.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Whether there is one.</returns>
    public async ValueTask<bool> NextAsync(CancellationToken cancellation)
    {
        try
        {
            ValueTask<bool> next = chunks.MoveNextAsync();
            if (next.IsCompleted)
                return await next;
            _asked = next.AsTask();
            await _asked.OrCancelledAsync(cancellation);
            return await _asked;
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            // Such as the timeout of an HTTP client: the source has failed, and nobody has ended the line.
            throw new IOException($"The source gave up by itself: {e.Message}", e);
        }
    }

    /// <summary>Closes the source; one that is still being asked, when it answers.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_asked is not { IsCompleted: false } asked)
        {
            await chunks.DisposeAsync();
            return;
        }

        _ = asked.ContinueWith(
            async answered =>
            {
                // What it fails with now is nobody's failure any more.
                _ = answered.Exception;
                await chunks.DisposeAsync();
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
    }
}
