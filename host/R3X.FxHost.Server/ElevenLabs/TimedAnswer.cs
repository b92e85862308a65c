using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using R3X.FxHost.Decoding;
using R3X.FxHost.Server.Answers;
using R3X.FxHost.Server.Configuration;
using R3X.FxHost.Server.Upstreams;

namespace R3X.FxHost.Server.ElevenLabs;

/// <summary>Answers of JSON with sound in <c>audio_base64</c> and the times of its characters, counted from the line's
/// start.</summary>
/// <param name="upstream">The service.</param>
/// <param name="processed">Runs a line through its chain.</param>
/// <param name="settings">How much a line may hold, and how long it may take.</param>
internal sealed class TimedAnswer(Upstream upstream, ProcessedAnswer processed, LiveSettings settings)
{
    private const string Audio = "audio_base64";

    /// <summary>Answers an object.</summary>
    /// <inheritdoc cref="SpeechRequests.Write"/>
    public Task WriteObjectAsync(
        HttpContext context, HttpResponseMessage answer, SpeechFormat format, SpeechSelection selection)
        => WriteAsync(context, answer, format, selection, isStream: false);

    /// <summary>Answers an object on each line, as they come.</summary>
    /// <inheritdoc cref="SpeechRequests.Write"/>
    public Task WriteLinesAsync(
        HttpContext context, HttpResponseMessage answer, SpeechFormat format, SpeechSelection selection)
        => WriteAsync(context, answer, format, selection, isStream: true);

    private async Task WriteAsync(HttpContext context, HttpResponseMessage answer, SpeechFormat format,
        SpeechSelection selection, bool isStream)
    {
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString() ?? "application/json";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(settings.Current.Limits.Time);
        await using var line = new TimedLine(processed, format, selection, limit.Token);
        context.Response.OnStarting(() =>
        {
            ProcessedAnswer.Announce(context.Response.Headers, line.Progress);
            return Task.CompletedTask;
        });
        string reason;
        try
        {
            await using Stream body = await answer.Content.ReadAsStreamAsync(limit.Token);
            if (isStream)
                await PassLinesAsync(context, body, line, limit.Token);
            else
                await PassObjectAsync(context, body, line, limit.Token);
            return;
        }
        catch (Exception e) when (e is IOException or JsonException or FormatException or UnreadableAudioException
            or NotSupportedException or OperationCanceledException)
        {
            reason = e.Message;
        }

        if (context.RequestAborted.IsCancellationRequested)
            return;
        if (context.Response.HasStarted)
        {
            await BreakOffAsync(context, line, limit.Token);
            return;
        }

        context.Response.ContentType = null;
        await Problem.WriteNoSoundAsync(context, upstream.ElevenLabs, reason);
    }

    // What came of the line goes out, then the connection breaks as the service's did.
    private static async Task BreakOffAsync(HttpContext context, TimedLine line, CancellationToken cancellation)
    {
        try
        {
            if (await line.EndAsync() is { } rest)
                await WriteAsync(context, rest, endsLine: true, cancellation);
        }
        catch (Exception e) when (e is UnreadableAudioException or OperationCanceledException)
        {
            // It is what broke off, or there is no time left.
        }

        context.Abort();
    }

    private static async Task PassObjectAsync(
        HttpContext context, Stream body, TimedLine line, CancellationToken cancellation)
    {
        JsonObject message = await JsonNode.ParseAsync(body, cancellationToken: cancellation) as JsonObject
            ?? throw new JsonException("It is no object.");
        byte[] sound = await line.PassAsync(message);
        byte[] rest = (await line.EndAsync()) is { } tail ? Convert.FromBase64String(tail[Audio]!.ToString()) : [];
        message[Audio] = Convert.ToBase64String([.. sound, .. rest]);
        await WriteAsync(context, message, endsLine: false, cancellation);
    }

    private async Task PassLinesAsync(
        HttpContext context, Stream body, TimedLine line, CancellationToken cancellation)
    {
        PipeReader reader = PipeReader.Create(body);
        // Until it is sure that they hold sound, as an error can be told no more once something has gone out.
        List<JsonObject> waiting = [];
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        while (true)
        {
            idle.CancelAfter(settings.Current.Limits.Idle);
            ReadResult read = await reader.ReadAsync(idle.Token);
            ReadOnlySequence<byte> bytes = read.Buffer;
            while (TakeLine(ref bytes, read.IsCompleted) is { } text)
            {
                if (text.IsEmpty || text.FirstSpan[0] == '\r')
                    continue;
                JsonObject message = JsonNode.Parse(text.ToArray()) as JsonObject
                    ?? throw new JsonException("It is no object.");
                message[Audio] = Convert.ToBase64String(await line.PassAsync(message));
                waiting.Add(message);
                if (line.IsSound)
                    await WriteAsync(context, waiting, cancellation);
            }

            reader.AdvanceTo(bytes.Start, bytes.End);
            if (bytes.Length > settings.Current.Limits.Body)
                throw new JsonException("A line of it does not end.");
            if (read.IsCompleted)
                break;
        }

        if (await line.EndAsync() is { } rest)
            waiting.Add(rest);
        await WriteAsync(context, waiting, cancellation);
    }

    private static ReadOnlySequence<byte>? TakeLine(ref ReadOnlySequence<byte> bytes, bool isLast)
    {
        if (bytes.IsEmpty)
            return null;
        if (bytes.PositionOf((byte)'\n') is { } end)
        {
            ReadOnlySequence<byte> line = bytes.Slice(0, end);
            bytes = bytes.Slice(bytes.GetPosition(1, end));
            return line;
        }

        if (!isLast)
            return null;
        ReadOnlySequence<byte> rest = bytes;
        bytes = bytes.Slice(bytes.End);
        return rest;
    }

    private static async Task WriteAsync(
        HttpContext context, List<JsonObject> messages, CancellationToken cancellation)
    {
        foreach (JsonObject message in messages)
            await WriteAsync(context, message, endsLine: true, cancellation);
        messages.Clear();
    }

    private static async Task WriteAsync(
        HttpContext context, JsonObject message, bool endsLine, CancellationToken cancellation)
    {
        using (var writer = new Utf8JsonWriter(context.Response.BodyWriter))
            message.WriteTo(writer);
        if (endsLine)
            context.Response.BodyWriter.Write("\n"u8);
        await context.Response.BodyWriter.FlushAsync(cancellation);
    }
}
