using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.Tests.Server.ElevenLabs;

/// <summary>A caller of ElevenLabs' WebSockets.</summary>
internal sealed class SocketClient : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(1));

    /// <summary>What came, in order.</summary>
    public List<JsonObject> Messages { get; } = [];

    /// <summary>The code the server closed with.</summary>
    public int? CloseCode => (int?)_socket.CloseStatus;

    /// <summary>Opens one.</summary>
    /// <param name="server">Where.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="key">The key in the header; null for none.</param>
    public static async Task<SocketClient> OpenAsync(ServerProcess server, string path, string? key = "key")
    {
        var client = new SocketClient();
        if (key is not null)
            client._socket.Options.SetRequestHeader("xi-api-key", key);
        var address = new UriBuilder(new Uri(server.Address, path)) { Scheme = Uri.UriSchemeWs };
        await client._socket.ConnectAsync(address.Uri, client._limit.Token);
        return client;
    }

    /// <summary>Sends messages.</summary>
    public async Task SendAsync(params object[] messages)
    {
        foreach (object message in messages)
        {
            await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text,
                endOfMessage: true, _limit.Token);
        }
    }

    /// <summary>Reads until the server closes, and closes, too.</summary>
    public async Task ReadToEndAsync()
    {
        while (await ReadAsync() is not null)
        {
        }

        if (_socket.State == WebSocketState.CloseReceived)
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _limit.Token);
    }

    /// <summary>Reads until what came is enough.</summary>
    public async Task ReadUntilAsync(Func<bool> isEnough)
    {
        while (!isEnough() && await ReadAsync() is not null)
        {
        }

        if (!isEnough())
            throw new InvalidOperationException($"The server closed with {CloseCode} before.");
    }

    /// <summary>All sound of a context; of a socket without contexts, of the empty one.</summary>
    public byte[] Audio(string context = "") => [.. Messages.Where(m => ContextOf(m) == context).SelectMany(AudioOf)];

    /// <summary>Characters and when they begin, counted from the sound's first sample, as clients count: each message's
    /// times from the end of what came before it.</summary>
    /// <param name="secondsOf">How long bytes of sound last.</param>
    public IEnumerable<(string Character, double Start)> Starts(Func<int, double> secondsOf)
    {
        int bytes = 0;
        foreach (JsonObject message in Messages)
        {
            if (message["alignment"] is JsonObject alignment)
            {
                JsonNode times = (alignment["charStartTimesMs"] ?? alignment["char_start_times_ms"])!;
                foreach ((JsonNode? character, JsonNode? time) in alignment["chars"]!.AsArray().Zip(times.AsArray()))
                    yield return (character!.ToString(), secondsOf(bytes) + ((double)time! / 1_000));
            }

            bytes += AudioOf(message).Length;
        }
    }

    /// <summary>Breaks the connection.</summary>
    public void Abort() => _socket.Abort();

    public void Dispose()
    {
        _socket.Dispose();
        _limit.Dispose();
    }

    private static string ContextOf(JsonObject message) => message["contextId"]?.ToString() ?? "";

    private static byte[] AudioOf(JsonObject message)
        => message["audio"]?.ToString() is { Length: > 0 } audio ? Convert.FromBase64String(audio) : [];

    private async Task<JsonObject?> ReadAsync()
    {
        using var message = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        while (true)
        {
            WebSocketReceiveResult part = await _socket.ReceiveAsync(buffer, _limit.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            message.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage)
                continue;
            Messages.Add((JsonObject)JsonNode.Parse(message.ToArray())!);
            return Messages[^1];
        }
    }
}
