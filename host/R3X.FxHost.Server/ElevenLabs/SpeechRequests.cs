using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using R3X.FxHost.Server.Answers;
using R3X.FxHost.Server.Configuration;
using R3X.FxHost.Server.Upstreams;

namespace R3X.FxHost.Server.ElevenLabs;

/// <summary>Asks the service for a line over HTTP and has its answer processed.</summary>
/// <param name="upstream">The service.</param>
/// <param name="processed">Places for lines.</param>
/// <param name="selections">Which sound.</param>
/// <param name="settings">How much text may come.</param>
internal sealed class SpeechRequests(
    Upstream upstream, ProcessedAnswer processed, Selections selections, LiveSettings settings)
{
    /// <summary>Writes the answer to a line that the service speaks.</summary>
    /// <param name="context">The caller's request.</param>
    /// <param name="answer">The service's answer, a success.</param>
    /// <param name="format">The format of both.</param>
    /// <param name="selection">Which sound.</param>
    public delegate Task Write(
        HttpContext context, HttpResponseMessage answer, SpeechFormat format, SpeechSelection selection);

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="ending">What follows the voice in its path.</param>
    /// <param name="write">Writes the answer to a line.</param>
    public async Task AnswerAsync(HttpContext context, string ending, Write write)
    {
        if (upstream.ElevenLabs.Address is null)
        {
            await Problem.WriteNoServiceAsync(context, upstream.ElevenLabs);
            return;
        }

        byte[] sent = await ReadAsync(context);
        JsonObject? body = Parse(sent);
        if (body is not null && Characters(body) > settings.Current.Limits.Text)
        {
            await Problem.WriteAsync(context, StatusCodes.Status413PayloadTooLarge,
                $"The text has more than {settings.Current.Limits.Text} characters.",
                "Send less, or raise limits: text under serve: in host.yaml.");
            return;
        }

        string? voice = context.Request.RouteValues["voice"]?.ToString();
        string path = voice is null ? "/v1/text-to-dialogue"
            : "/v1/text-to-speech/" + Uri.EscapeDataString(selections.PlainVoice(voice));
        SpeechSelection selection = selections.Of(
            context.Request, voice ?? Dialogue.FirstVoice(body), body, body?["text"]?.ToString());
        if (body is not null)
        {
            Dialogue.NameVoices(body, selections.PlainVoice);
            sent = JsonSerializer.SerializeToUtf8Bytes(body);
        }

        if (await processed.TakePlaceAsync(context) is not { } place)
            return;
        using (place)
        {
            using var content = new ByteArrayContent(sent);
            content.Headers.ContentType = MediaTypeHeaderValue.TryParse(
                context.Request.ContentType, out MediaTypeHeaderValue? type) ? type : new("application/json");
            await AnswerAsync(context, path + ending + Upstream.QueryFor(context.Request), content, selection, write);
        }
    }

    private async Task AnswerAsync(
        HttpContext context, string path, HttpContent content, SpeechSelection selection, Write write)
    {
        HttpResponseMessage answer;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(settings.Current.Limits.Idle);
        try
        {
            answer = await upstream.AskAsync(upstream.ElevenLabs, context.Request, path, content, limit.Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException
            && !context.RequestAborted.IsCancellationRequested)
        {
            await Problem.WriteUnreachableAsync(context, upstream.ElevenLabs, e);
            return;
        }

        using (answer)
        {
            // An error, or a format that is not known here: the service's own answer is the right one.
            SpeechFormat? format = SpeechFormat.Find(context.Request.Query["output_format"]);
            if (!answer.IsSuccessStatusCode || format is null)
            {
                await Upstream.CopyAsync(answer, context);
                return;
            }

            if (answer.Content.Headers.ContentType?.MediaType == "text/html")
            {
                await Problem.WriteNoSoundAsync(context, upstream.ElevenLabs, "It is a page of HTML.");
                return;
            }

            Upstream.CopyHeaders(answer, context.Response);
            await write(context, answer, format, selection);
        }
    }

    private static int Characters(JsonObject body) => (body["text"]?.ToString().Length ?? 0)
        + Dialogue.Inputs(body).Sum(static input => input["text"]?.ToString().Length ?? 0);

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }

    // What is no object is the service's to refuse, in its own words.
    private static JsonObject? Parse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
