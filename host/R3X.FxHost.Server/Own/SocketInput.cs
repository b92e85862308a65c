using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using R3X.FxHost.Presets;

namespace R3X.FxHost.Server.Own;

/// <summary>What comes through a WebSocket: a line's bytes, and words about it.</summary>
/// <param name="socket">The connection.</param>
/// <param name="limits">How much may come, and how long nothing.</param>
[SuppressMessage("Design", "CA1001",
    Justification = "The source of its token has no timer, and a line may end later than its connection.")]
internal sealed class SocketInput(WebSocket socket, ServeLimits limits)
{
    private const int ReadBytes = 16 * 1024;
    private const int MostChunks = 256;

    // Words are short, and a message of sound is a piece of a line.
    private const int MostText = 4 * 1024;
    private const int MostSound = 1 << 20;

    private readonly CancellationTokenSource _unneeded = new();
    private readonly Channel<ReadOnlyMemory<byte>> _chunks = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(MostChunks) { SingleReader = true });
    private bool _isEnded;
    private long _bytes;

    /// <summary>How the connection is to be closed after what came; null as usual.</summary>
    public WebSocketCloseStatus? Refusal { get; private set; }

    /// <summary>The line.</summary>
    public SpeechAudio Audio(string? inputFormat) =>
        SpeechAudio.FromChunks(ChunksAsync(), inputFormat).Named("the line that was sent");

    /// <summary>Nothing more of it is taken.</summary>
    public void End() => _chunks.Writer.TryComplete();

    /// <summary>Receives until the caller closes the connection. Never fails: the line tells.</summary>
    /// <param name="end">Cancelled where the caller goes before the line has ended.</param>
    public async Task ReceiveAsync(CancellationTokenSource end)
    {
        try
        {
            while (await ReceiveAsync(end.Token))
            {
            }

            if (!_isEnded)
                await end.CancelAsync();
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            End();
            await end.CancelAsync();
        }
    }

    // One message; false where it closes the connection.
    private async Task<bool> ReceiveAsync(CancellationToken cancellation)
    {
        byte[] buffer = new byte[ReadBytes];
        var text = new MemoryStream();
        for (int length = 0; ;)
        {
            ValueWebSocketReceiveResult got = await NextAsync(buffer, cancellation);
            if (got.MessageType == WebSocketMessageType.Close)
                return false;
            length += got.Count;
            _bytes += got.Count;
            bool isText = got.MessageType == WebSocketMessageType.Text;
            if (length > (isText ? MostText : MostSound) || _bytes > limits.Body)
                Refuse(WebSocketCloseStatus.MessageTooBig, "A message or the line is larger than this server takes.");
            else if (isText)
                await text.WriteAsync(buffer.AsMemory(0, got.Count), cancellation);
            else if (got.Count > 0)
                await AddAsync(buffer.AsSpan(0, got.Count).ToArray());
            if (!got.EndOfMessage)
                continue;
            if (isText)
                await TakeAsync(text.ToArray());
            return true;
        }
    }

    // A line is not waited for without end; its caller's goodbye is.
    private async Task<ValueWebSocketReceiveResult> NextAsync(byte[] buffer, CancellationToken cancellation)
    {
        Task<ValueWebSocketReceiveResult> receiving = socket.ReceiveAsync(buffer.AsMemory(), cancellation).AsTask();
        try
        {
            if (!_isEnded)
                return await receiving.WaitAsync(limits.Idle, cancellation);
        }
        catch (TimeoutException)
        {
            Refuse(WebSocketCloseStatus.PolicyViolation,
                $"Nothing came for {limits.Idle.TotalSeconds:0} s, and no {{\"type\":\"end\"}}.");
        }

        return await receiving;
    }

    private async Task TakeAsync(byte[] text)
    {
        string? type = null;
        try
        {
            type = JsonNode.Parse(text) is JsonObject message ? message["type"]?.ToString() : null;
        }
        catch (JsonException)
        {
        }

        if (type == "flush")
            await AddAsync(SpeechAudio.FlushRequest);
        else if (type == "end")
            (_isEnded, _) = (true, _chunks.Writer.TryComplete());
        else
            Refuse(WebSocketCloseStatus.PolicyViolation,
                "A text is neither {\"type\":\"flush\"} nor {\"type\":\"end\"}; sound goes in binary messages.");
    }

    // What nobody needs any more is dropped, as is what comes behind the end.
    private async Task AddAsync(ReadOnlyMemory<byte> chunk)
    {
        try
        {
            if (!_unneeded.IsCancellationRequested)
                await _chunks.Writer.WriteAsync(chunk, _unneeded.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
        }
    }

    private void Refuse(WebSocketCloseStatus status, string why)
    {
        Refusal ??= status;
        _isEnded = true;
        _chunks.Writer.TryComplete(new IOException(why));
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> ChunksAsync()
    {
        try
        {
            await foreach (ReadOnlyMemory<byte> chunk in _chunks.Reader.ReadAllAsync())
                yield return chunk;
        }
        finally
        {
            await _unneeded.CancelAsync();
        }
    }
}
