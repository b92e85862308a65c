using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using NATS.Client.Core;

namespace R3X.FxHost.Nats;

/// <summary>The NATS server, or cluster of them, that machines share.</summary>
public static class NatsServers
{
    /// <summary>
    /// Connects. A connection that is lost later is made again for as long as it is held, to any server of the cluster.
    /// </summary>
    /// <param name="address">As <c>nats://host:4222</c>; several with commas; user and password or a token may stand in
    /// front of the host. <c>tls://</c> asks for TLS.</param>
    /// <param name="name">What the server calls this client in its lists.</param>
    /// <param name="credentials">A file of NATS credentials (<c>.creds</c>), or null.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <exception cref="IOException">No server can be reached, or it does not let this client in.</exception>
    public static async Task<NatsConnection> ConnectAsync(
        string address, string name, string? credentials = null, CancellationToken cancellation = default)
    {
        var options = NatsOpts.Default with
        {
            Url = address,
            Name = name,
            MaxReconnectRetry = -1,
            RetryOnInitialConnect = false,
            AuthOpts = credentials is null ? NatsAuthOpts.Default : new NatsAuthOpts { CredsFile = credentials },
        };
        var connection = new NatsConnection(options);
        try
        {
            await connection.ConnectAsync().AsTask().WaitAsync(cancellation).ConfigureAwait(false);
            return connection;
        }
        catch (Exception e)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            if (e is not NatsException)
                throw;
            throw new IOException($"The NATS server {WithoutSecrets(address)} does not answer: {e.Message} "
                + "Is it running (nats-server -js), and is the address right?", e);
        }
    }

    /// <summary>An address as it may be shown: without user, password and token.</summary>
    /// <param name="address">One or several addresses.</param>
    public static string WithoutSecrets(string address) => string.Join(
        ',',
        Array.ConvertAll(address.Split(','), static one =>
        {
            int at = one.LastIndexOf('@');
            int scheme = one.IndexOf("://", StringComparison.Ordinal);
            return at < 0 ? one : (scheme < 0 ? "" : one[..(scheme + 3)]) + one[(at + 1)..];
        }));
}
