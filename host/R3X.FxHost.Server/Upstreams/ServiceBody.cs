using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Threading;

namespace R3X.FxHost.Server.Upstreams;

/// <summary>The body of a service's answer, read while it arrives; a service that falls silent has broken
/// off.</summary>
internal static class ServiceBody
{
    private const int ReadBytes = 16 * 1024;

    /// <summary>Reads a body's bytes as they come. A chunk is valid until the next is asked for.</summary>
    /// <param name="answer">The answer; it is not disposed.</param>
    /// <param name="idle">How long nothing may come.</param>
    /// <param name="cancellation">Ends it, and the service's work with it.</param>
    /// <exception cref="IOException">It broke off, or nothing came for too long.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        HttpResponseMessage answer, TimeSpan idle, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using Stream body = await answer.Content.ReadAsStreamAsync(cancellation);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        byte[] buffer = new byte[ReadBytes];
        while (true)
        {
            limit.CancelAfter(idle);
            int read;
            try
            {
                read = await body.ReadAsync(buffer, limit.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new IOException(string.Create(
                    CultureInfo.InvariantCulture, $"The speech service said nothing for {idle.TotalSeconds:0} s."));
            }
            catch (HttpIOException e)
            {
                throw new IOException($"The speech service broke off: {e.Message}", e);
            }

            if (read == 0)
                yield break;
            yield return buffer.AsMemory(0, read);
        }
    }
}
