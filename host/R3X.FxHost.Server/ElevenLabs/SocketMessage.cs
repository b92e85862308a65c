using System;
using System.IO;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.Server.ElevenLabs;

/// <summary>A message of a WebSocket.</summary>
/// <param name="Type">Text, binary, or the closing one.</param>
/// <param name="Bytes">Its bytes.</param>
internal sealed record SocketMessage(WebSocketMessageType Type, byte[] Bytes)
{
    private const int PartBytes = 16 * 1024;

    /// <summary>Reads the next message.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="most">The most bytes it may have.</param>
    /// <param name="cancellation">Ends it, and the socket with it.</param>
    /// <exception cref="WebSocketException">The connection broke, or the message is too long.</exception>
    public static async Task<SocketMessage> ReadAsync(WebSocket socket, long most, CancellationToken cancellation)
    {
        using var message = new MemoryStream();
        byte[] buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(PartBytes);
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(), cancellation);
                await message.WriteAsync(buffer.AsMemory(0, part.Count), cancellation);
                if (message.Length > most)
                    throw new WebSocketException($"A message has more than {most} bytes.");
                if (part.EndOfMessage)
                    return new SocketMessage(part.MessageType, message.ToArray());
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The object it is; null where it is none.</summary>
    public JsonObject? Parse()
    {
        try
        {
            return Type == WebSocketMessageType.Text ? JsonNode.Parse(Bytes) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Sends it.</summary>
    public ValueTask SendAsync(WebSocket socket, CancellationToken cancellation)
        => socket.SendAsync(Bytes.AsMemory(), Type, endOfMessage: true, cancellation);
}
