using System;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using R3X.FxHost.Presets;
using R3X.FxHost.Server.Answers;
using R3X.FxHost.Server.Upstreams;

namespace R3X.FxHost.Server.OpenAi;

/// <summary><c>POST /v1/audio/speech</c>: asks the service for the line and answers it with its sound.</summary>
internal static class Speech
{
    /// <summary>Answers a request.</summary>
    public static async Task AnswerAsync(HttpContext context, Upstream upstream, ProcessedAnswer processed,
        Selections selections, ServeSettings settings)
    {
        Service service = upstream.OpenAi;
        if (service.Address is null)
        {
            await Problem.WriteAsync(context, StatusCodes.Status404NotFound, "There is no OpenAI service behind this.",
                "Name one with --openai, or under serve: in host.yaml.");
            return;
        }

        if (await ReadAsync(context, settings) is not { } body)
            return;
        if (await processed.TakePlaceAsync(context) is not { } place)
            return;
        using (place)
            await AnswerAsync(context, upstream, processed, selections, service, body);
    }

    private static async Task AnswerAsync(HttpContext context, Upstream upstream, ProcessedAnswer processed,
        Selections selections, Service service, JsonObject body)
    {
        JsonNode? voiceNode = body["voice"];
        string? voice = voiceNode is JsonObject named ? named["id"]?.ToString() : voiceNode?.ToString();
        SpeechSelection selection = selections.Of(context.Request, voice, body, body["input"]?.ToString());
        if (voice is not null)
        {
            string plain = selections.PlainVoice(voice);
            if (voiceNode is JsonObject group)
                group["id"] = plain;
            else
                body["voice"] = plain;
        }

        OpenAiFormat? format = OpenAiFormat.Find(body["response_format"]?.ToString() ?? "mp3");
        bool asksEvents = body["stream_format"]?.ToString() == "sse";
        if (format is not null)
            body["response_format"] = format.Asked;
        HttpResponseMessage answer;
        try
        {
            using var content = new StringContent(
                body.ToJsonString(), System.Text.Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            answer = await upstream.AskAsync(
                service, context.Request, "/v1/audio/speech", content, context.RequestAborted);
        }
        catch (HttpRequestException e)
        {
            await Problem.WriteAsync(context, StatusCodes.Status502BadGateway,
                $"The speech service cannot be reached at {service.Address!.Authority}: {e.Message}",
                "Check that it runs, and --openai.");
            return;
        }

        using (answer)
        {
            // An error, or a format that is not known here: the service's own answer is the right one.
            if (!answer.IsSuccessStatusCode || format is null)
            {
                await Upstream.CopyAsync(answer, context);
                return;
            }

            await WriteAsync(context, processed, answer, format, selection, asksEvents);
        }
    }

    private static async Task WriteAsync(HttpContext context, ProcessedAnswer processed, HttpResponseMessage answer,
        OpenAiFormat format, SpeechSelection selection, bool asksEvents)
    {
        Upstream.CopyHeaders(answer, context.Response);
        // Once something has sounded, a retry would sound twice.
        context.Response.Headers["x-should-retry"] = "false";
        await using Stream body = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        SpeechAudio audio = SpeechAudio.FromStream(body, format.InputFormat).Named("the speech service's answer");
        _ = asksEvents;
        await processed.WriteAsync(context, audio, format.Output, format.ContentType, selection, reason =>
            Problem.WriteAsync(context, StatusCodes.Status502BadGateway,
                $"The speech service did not answer with sound: {reason}", "Check its address, --openai."));
    }

    private static async Task<JsonObject?> ReadAsync(HttpContext context, ServeSettings settings)
    {
        try
        {
            JsonNode? node = await JsonNode.ParseAsync(
                context.Request.Body, cancellationToken: context.RequestAborted);
            if (node is JsonObject body)
            {
                if ((body["input"]?.ToString().Length ?? 0) <= settings.Limits.Text)
                    return body;
                await Problem.WriteAsync(context, StatusCodes.Status413PayloadTooLarge,
                    $"input has more than {settings.Limits.Text} characters.",
                    "Send less, or raise limits: text under serve: in host.yaml.");
                return null;
            }
        }
        catch (JsonException)
        {
        }

        await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "The body is no JSON object.",
            "Send {\"input\": \"...\", \"voice\": \"alloy\", \"model\": \"...\"}.");
        return null;
    }
}
