using System;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Server;

/// <summary>A connection on which every byte is the test's own.</summary>
internal sealed class RawConnection : IDisposable
{
    private const int ChunkBytes = 999;

    private readonly TcpClient _client;

    private RawConnection(TcpClient client) => _client = client;

    public NetworkStream Stream => _client.GetStream();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Stop);
        return new RawConnection(client);
    }

    /// <summary>Begins a request with a body in chunks.</summary>
    public Task PostAsync(string path) => SendAsync($"POST {path} HTTP/1.1\r\nHost: localhost\r\n"
        + "Accept: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");

    /// <summary>Sends a piece of the body, cut anywhere.</summary>
    public async Task SendChunksAsync(ReadOnlyMemory<byte> bytes)
    {
        for (int at = 0; at < bytes.Length; at += ChunkBytes)
        {
            ReadOnlyMemory<byte> chunk = bytes[at..Math.Min(bytes.Length, at + ChunkBytes)];
            await SendAsync($"{chunk.Length:x}\r\n");
            await Stream.WriteAsync(chunk, Stop);
            await SendAsync("\r\n");
        }
    }

    /// <summary>Ends the body.</summary>
    public Task EndBodyAsync() => SendAsync("0\r\n\r\n");

    public async Task SendAsync(string text) =>
        await Stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(text), Stop);

    /// <summary>Reads what there is, at least one byte.</summary>
    public async Task<string> ReadAsync()
    {
        byte[] buffer = new byte[16 * 1024];
        int read = await Stream.ReadAsync(buffer, Stop);
        Assert.True(read > 0, "The server closed the connection.");
        return System.Text.Encoding.Latin1.GetString(buffer, 0, read);
    }

    public void Dispose() => _client.Dispose();
}
