using System;
using System.IO;
using System.IO.Pipelines;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using R3X.FxHost.Decoding;
using R3X.FxHost.Lines;
using R3X.FxHost.Presets;
using R3X.FxHost.Server.Answers;
using R3X.FxHost.Server.Upstreams;

namespace R3X.FxHost.Server.OpenAi;

/// <summary><c>POST /v1/audio/speech</c>: asks the service for the line and answers it with its sound.</summary>
internal static class Speech
{
    private const string EventStream = "text/event-stream";

    /// <summary>Answers a request.</summary>
    public static async Task AnswerAsync(HttpContext context, Upstream upstream, ProcessedAnswer processed,
        Selections selections, ServeSettings settings)
    {
        Service service = upstream.OpenAi;
        if (service.Address is null)
        {
            await Problem.WriteNoServiceAsync(context, service);
            return;
        }

        if (await SpeechRequest.ReadAsync(context, selections, settings) is not { } asked)
            return;
        using IDisposable? place = await processed.TakePlaceAsync(context);
        if (place is null)
            return;
        using HttpResponseMessage? answer = await AskAsync(context, upstream, service, asked, settings);
        if (answer is null)
            return;
        // An error, or a format that is not known here: the service's own answer is the right one.
        if (!answer.IsSuccessStatusCode || asked.Format is null)
        {
            await Upstream.CopyAsync(answer, context);
            return;
        }

        Upstream.CopyHeaders(answer, context.Response);
        // Once something has sounded, a retry would sound twice.
        context.Response.Headers["x-should-retry"] = "false";
        var events = new SpeechEvents();
        SpeechAudio audio = SpeechAudio.FromChunks(
            answer.Content.Headers.ContentType?.MediaType == EventStream
                ? events.AudioAsync(
                    await answer.Content.ReadAsStreamAsync(context.RequestAborted), context.RequestAborted)
                : ServiceBody.ReadAsync(answer, settings.Limits.Idle, context.RequestAborted),
            asked.Format.InputFormat).Named("The speech service's answer");
        if (asked.AsksEvents)
        {
            await WriteEventsAsync(context, processed, audio, asked, events);
            return;
        }

        await processed.WriteAsync(
            context, audio, asked.Format.Output, asked.Format.ContentType, asked.Selection, reason =>
                events.Error is { } error ? RefuseAsync(context, error) : Problem.WriteAsync(
                    context, StatusCodes.Status502BadGateway, $"The speech service did not send sound: {reason}",
                    "Check --openai, and that the service has the voice and the model."));
    }

    private static async Task<HttpResponseMessage?> AskAsync(HttpContext context, Upstream upstream, Service service,
        SpeechRequest asked, ServeSettings settings)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(settings.Limits.Idle);
        try
        {
            var content = new StringContent(
                asked.Body.ToJsonString(), System.Text.Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            return await upstream.AskAsync(service, context.Request, "/v1/audio/speech", content, limit.Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException
            && !context.RequestAborted.IsCancellationRequested)
        {
            await Problem.WriteUnreachableAsync(context, service, e);
            return null;
        }
    }

    // The events are written beside the line, as both wait for each other.
    private static async Task WriteEventsAsync(HttpContext context, ProcessedAnswer processed, SpeechAudio audio,
        SpeechRequest asked, SpeechEvents events)
    {
        HttpResponse response = context.Response;
        response.ContentType = EventStream;
        response.Headers.CacheControl = "no-store";
        var progress = new LineProgress();
        response.OnStarting(() =>
        {
            ProcessedAnswer.Announce(response.Headers, progress);
            return Task.CompletedTask;
        });
        var pipe = new Pipe();
        Task writing = SpeechEvents.WriteAsync(pipe.Reader, response.BodyWriter, context.RequestAborted);
        JsonObject last;
        try
        {
            await processed.WriteAsync(
                audio, pipe.Writer, asked.Format!.Output, asked.Selection, progress, context.RequestAborted);
            last = new JsonObject { ["type"] = "speech.audio.done", ["usage"] = events.Usage.DeepClone() };
        }
        catch (Exception e) when (e is IOException or UnreadableAudioException or NotSupportedException)
        {
            last = events.Error ?? new JsonObject
            {
                ["type"] = "error",
                ["error"] = new JsonObject { ["message"] = e.Message, ["type"] = "r3x_error", ["code"] = 502 },
            };
        }
        catch (OperationCanceledException)
        {
            // Whoever asked has gone, or the line took too long.
            context.Abort();
            return;
        }
        finally
        {
            await pipe.Writer.CompleteAsync();
        }

        await writing;
        await SpeechEvents.EndAsync(response.BodyWriter, last, context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, JsonObject error)
    {
        context.Response.StatusCode = StatusCodes.Status502BadGateway;
        return context.Response.WriteAsJsonAsync(error);
    }
}
