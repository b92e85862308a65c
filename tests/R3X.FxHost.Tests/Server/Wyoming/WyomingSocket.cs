using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace R3X.FxHost.Tests.Server.Wyoming;

/// <summary>An event as it came over the wire.</summary>
internal sealed record SocketEvent(string Type, JsonObject Data, byte[] Payload);

/// <summary>A raw connection that speaks Wyoming, and anything else.</summary>
internal sealed class WyomingSocket : IDisposable
{
    private readonly TcpClient _client;

    private WyomingSocket(TcpClient client) => _client = client;

    public static async Task<WyomingSocket> ConnectAsync(int port)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", port);
        return new WyomingSocket(client);
    }

    /// <summary>A connection that was accepted.</summary>
    public static WyomingSocket Of(TcpClient accepted) => new(accepted);

    public Task SendAsync(string text) => SendAsync(System.Text.Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(byte[] bytes) => await _client.GetStream().WriteAsync(bytes);

    /// <summary>Sends an event, its data in its line.</summary>
    public Task SendAsync(string type, JsonObject data, byte[]? payload = null) => SendAsync(
    [
        .. System.Text.Encoding.UTF8.GetBytes(new JsonObject
        {
            ["type"] = type, ["data"] = data, ["payload_length"] = payload?.Length ?? 0,
        }.ToJsonString()),
        (byte)'\n', .. payload ?? [],
    ]);

    /// <summary>The next event; null where the server has hung up.</summary>
    public async Task<SocketEvent?> ReceiveAsync()
    {
        var line = new List<byte>();
        byte[] one = new byte[1];
        while (await _client.GetStream().ReadAsync(one) > 0 && one[0] != '\n')
            line.Add(one[0]);
        if (line.Count == 0)
            return null;
        JsonNode head = JsonNode.Parse(line.ToArray())!;
        byte[] data = new byte[(int?)head["data_length"] ?? 0];
        byte[] payload = new byte[(int?)head["payload_length"] ?? 0];
        await _client.GetStream().ReadExactlyAsync(data);
        await _client.GetStream().ReadExactlyAsync(payload);
        JsonNode? said = data.Length > 0 ? JsonNode.Parse(data) : head["data"]?.DeepClone();
        return new SocketEvent((string)head["type"]!, said as JsonObject ?? [], payload);
    }

    /// <summary>Events up to one of a type, or to the end.</summary>
    public async Task<List<SocketEvent>> ReceiveUntilAsync(string type)
    {
        var events = new List<SocketEvent>();
        while ((events.Count == 0 || events[^1].Type != type) && await ReceiveAsync() is { } come)
            events.Add(come);
        return events;
    }

    public void Dispose() => _client.Dispose();

    /// <summary>The sound of events.</summary>
    public static byte[] SoundOf(IEnumerable<SocketEvent> events) =>
        [.. events.Where(one => one.Type == "audio-chunk").SelectMany(one => one.Payload)];

    /// <summary>The types of events, chunks in a row as one.</summary>
    public static string TypesOf(IEnumerable<SocketEvent> events) => string.Join(' ', events.Select(one => one.Type)
        .Aggregate(new List<string>(), static (types, type) =>
        {
            if (type != "audio-chunk" || types.LastOrDefault() != type)
                types.Add(type);
            return types;
        }));
}
