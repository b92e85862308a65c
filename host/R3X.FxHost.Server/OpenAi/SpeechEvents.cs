using System;
using System.Buffers;
using System.Buffers.Text;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.Server.OpenAi;

/// <summary>The server-sent events in which OpenAI's protocol carries speech.</summary>
internal sealed class SpeechEvents
{
    private const int LargestDelta = 24 * 1024;

    private static readonly JsonObject NoUsage = new()
    {
        ["input_tokens"] = 0, ["output_tokens"] = 0, ["total_tokens"] = 0,
    };

    /// <summary>What the service said it cost, from its last event.</summary>
    public JsonNode Usage { get; private set; } = NoUsage;

    /// <summary>The service's own error, where one of its events is one.</summary>
    public JsonObject? Error { get; private set; }

    /// <summary>Takes the audio out of a service's events.</summary>
    /// <param name="body">The service's bytes.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="IOException">An event says that the service failed.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> AudioAsync(
        Stream body, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (SseItem<string> item in SseParser.Create(body).EnumerateAsync(cancellation))
        {
            JsonObject? said = Parse(item.Data);
            switch (said?["type"]?.ToString())
            {
                case "speech.audio.delta" when said["audio"]?.ToString() is { } audio:
                    yield return Convert.FromBase64String(audio);
                    break;
                case "speech.audio.done":
                    Usage = said["usage"]?.DeepClone() ?? NoUsage;
                    yield break;
                case "error":
                case null when said is not null && said.ContainsKey("error"):
                    Error = said;
                    JsonNode? message = (said!["error"] as JsonObject ?? said)["message"];
                    throw new IOException($"The speech service failed: {message}");
            }
        }
    }

    /// <summary>Writes audio as events, as it comes, until its pipe is completed.</summary>
    /// <param name="audio">The encoded line.</param>
    /// <param name="output">Where the events go.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task WriteAsync(PipeReader audio, PipeWriter output, CancellationToken cancellation)
    {
        while (true)
        {
            ReadResult read = await audio.ReadAsync(cancellation);
            ReadOnlySequence<byte> bytes = read.Buffer;
            while (!bytes.IsEmpty)
            {
                ReadOnlySequence<byte> delta = bytes.Slice(0, Math.Min(bytes.Length, LargestDelta));
                WriteDelta(delta.ToArray(), output);
                bytes = bytes.Slice(delta.End);
            }

            audio.AdvanceTo(read.Buffer.End);
            await output.FlushAsync(cancellation);
            if (read.IsCompleted)
                return;
        }
    }

    /// <summary>Writes the last event.</summary>
    /// <param name="output">Where the events go.</param>
    /// <param name="last">What it says.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task EndAsync(PipeWriter output, JsonObject last, CancellationToken cancellation)
    {
        output.Write("data: "u8);
        output.Write(JsonSerializer.SerializeToUtf8Bytes(last));
        output.Write("\n\n"u8);
        await output.FlushAsync(cancellation);
    }

    private static void WriteDelta(ReadOnlySpan<byte> audio, PipeWriter output)
    {
        output.Write("data: {\"type\":\"speech.audio.delta\",\"audio\":\""u8);
        Span<byte> text = output.GetSpan(Base64.GetMaxEncodedToUtf8Length(audio.Length));
        Base64.EncodeToUtf8(audio, text, out _, out int written);
        output.Advance(written);
        output.Write("\"}\n\n"u8);
    }

    private static JsonObject? Parse(string data)
    {
        try
        {
            return JsonNode.Parse(data) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
