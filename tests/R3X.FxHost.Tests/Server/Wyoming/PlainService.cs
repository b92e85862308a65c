using System;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.Tests.Server.Wyoming;

/// <summary>A Wyoming service as there are many: takes no text in pieces, sends chunks that end anywhere.</summary>
internal sealed class PlainService : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<WyomingSocket, Task> _speak;
    private readonly JsonObject? _info;
    private readonly Task _serving;

    /// <param name="info">What it says of itself; null for one that never does.</param>
    /// <param name="speak">What it answers to <c>synthesize</c>.</param>
    public PlainService(JsonObject? info, Func<WyomingSocket, Task> speak)
    {
        (_info, _speak) = (info, speak);
        _listener.Start();
        _serving = AcceptAsync();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>The text it was given last.</summary>
    public string? Text { get; private set; }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(WyomingSocket.Of(await _listener.AcceptTcpClientAsync(CancellationToken.None)));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed of.
        }
    }

    private async Task ServeAsync(WyomingSocket socket)
    {
        using WyomingSocket one = socket;
        while (await one.ReceiveAsync() is { } come)
        {
            if (come.Type == "describe" && _info is not null)
                await one.SendAsync("info", (JsonObject)_info.DeepClone());
            if (come.Type != "synthesize")
                continue;
            Text = (string?)come.Data["text"];
            await _speak(one);
        }
    }
}
