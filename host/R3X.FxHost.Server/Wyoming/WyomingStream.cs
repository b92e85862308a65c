using System;
using System.Buffers;
using System.IO;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.Server.Wyoming;

/// <summary>
/// Events of the Wyoming protocol on a connection: a line of JSON, then <c>data_length</c> bytes of JSON that are
/// merged with the line's own <c>data</c>, then <c>payload_length</c> bytes. One reads at a time; any number may write.
/// </summary>
/// <param name="stream">The connection, which is closed with this.</param>
/// <param name="mostBytes">How long a line, its data and its payload may each be.</param>
/// <param name="idle">How long the other side may take none of an event that is written.</param>
internal sealed class WyomingStream(Stream stream, int mostBytes, TimeSpan idle) : IAsyncDisposable
{
    // The protocol's, which its own library counts with its releases; nobody looks at it.
    private const string Version = "1.7.1";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly PipeReader _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>Reads the next event; null where the other side has hung up.</summary>
    /// <exception cref="InvalidDataException">It is no event; nothing behind it can be read.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task<WyomingEvent?> ReadAsync(CancellationToken cancellation)
    {
        if (await ReadLineAsync(cancellation) is not { } line)
            return null;
        JsonObject head = Parse(line, "An event's first line");
        string type = WyomingEvent.TextOf(head["type"]) ?? throw new InvalidDataException(
            "An event's first line has no \"type\". Send {\"type\": \"describe\"} or another event of Wyoming.");
        int dataLength = Length(head, "data_length");
        int payloadLength = Length(head, "payload_length");
        JsonObject data = head["data"] as JsonObject ?? [];
        head.Remove("data");
        if (dataLength > 0)
        {
            JsonObject more = Parse(await ReadExactlyAsync(dataLength, cancellation), "An event's data");
            foreach ((string name, JsonNode? value) in more)
                data[name] = value?.DeepClone();
        }

        byte[] payload = payloadLength > 0 ? await ReadExactlyAsync(payloadLength, cancellation) : [];
        return new WyomingEvent(type, data, payload);
    }

    /// <summary>Writes an event.</summary>
    /// <exception cref="IOException">The connection broke, or nobody reads from it.</exception>
    public async Task WriteAsync(WyomingEvent sent, CancellationToken cancellation)
    {
        byte[] bytes = BytesOf(sent);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(idle);
        try
        {
            await _writing.WaitAsync(limit.Token);
            try
            {
                await stream.WriteAsync(bytes, limit.Token);
            }
            finally
            {
                _writing.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException($"Nothing was taken for {idle.TotalSeconds:0} s.");
        }
    }

    /// <summary>Hangs up.</summary>
    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        _writing.Dispose();
    }

    private static byte[] BytesOf(WyomingEvent sent)
    {
        byte[] data = sent.Data.Count == 0 ? [] : JsonSerializer.SerializeToUtf8Bytes(sent.Data);
        var head = new JsonObject { ["type"] = sent.Type, ["version"] = Version };
        if (data.Length > 0)
            head["data_length"] = data.Length;
        if (sent.Payload.Length > 0)
            head["payload_length"] = sent.Payload.Length;
        return [.. JsonSerializer.SerializeToUtf8Bytes(head), (byte)'\n', .. data, .. sent.Payload.Span];
    }

    private static JsonObject Parse(byte[] json, string what)
    {
        try
        {
            if (JsonNode.Parse(json, documentOptions: Strict) is JsonObject parsed)
                return parsed;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // Said below.
        }

        throw new InvalidDataException($"{what} is no JSON object. This port speaks Wyoming, not HTTP.");
    }

    private int Length(JsonObject head, string name)
    {
        if (head[name] is not { } node)
            return 0;
        if (node is JsonValue value && value.TryGetValue(out int length) && length >= 0 && length <= mostBytes)
            return length;
        throw new InvalidDataException($"{name} is no whole number from 0 to {mostBytes}.");
    }

    private async Task<byte[]?> ReadLineAsync(CancellationToken cancellation)
    {
        while (true)
        {
            ReadResult read = await _reader.ReadAsync(cancellation);
            ReadOnlySequence<byte> buffer = read.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                byte[] line = buffer.Slice(0, end).ToArray();
                _reader.AdvanceTo(buffer.GetPosition(1, end));
                return line;
            }

            bool isEmpty = buffer.IsEmpty;
            bool isLong = buffer.Length > mostBytes;
            _reader.AdvanceTo(buffer.Start, buffer.End);
            if (isLong)
                throw new InvalidDataException($"An event's first line has more than {mostBytes} bytes.");
            if (read.IsCompleted)
                return isEmpty ? null : throw new InvalidDataException("The connection ended inside an event.");
        }
    }

    private async Task<byte[]> ReadExactlyAsync(int bytes, CancellationToken cancellation)
    {
        ReadResult read = await _reader.ReadAtLeastAsync(bytes, cancellation);
        if (read.Buffer.Length < bytes)
            throw new InvalidDataException("The connection ended inside an event.");
        byte[] all = read.Buffer.Slice(0, bytes).ToArray();
        _reader.AdvanceTo(read.Buffer.GetPosition(bytes));
        return all;
    }
}
