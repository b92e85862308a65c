using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace R3X.FxHost.StandIn;

/// <summary>OpenAI's speech, and a little of what else there is:
/// https://platform.openai.com/docs/api-reference.</summary>
internal sealed class OpenAi
{
    private const int DeltaBytes = 4_096;

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/audio/speech", SpeakAsync);
        app.MapPost("/v1/chat/completions", ChatAsync);
        app.MapGet("/v1/audio/voices", (HttpContext c) => c.SendJsonAsync(
            new { voices = Voices.All.Keys.Select(v => new { id = v, name = v }), other_field = 1 }));
        // Both services have models, each in its own form.
        app.MapGet("/v1/models", (HttpContext c) => c.Request.Headers.ContainsKey("xi-api-key")
            ? c.SendJsonAsync(ElevenLabsHttp.Models)
            : c.SendJsonAsync(new { @object = "list", data = new[] { Model("tts-1"), Model("gpt-4o-mini-tts") } }));
        app.MapGet("/v1/models/{id}", (HttpContext c) => c.SendJsonAsync(
            Model(c.Request.RouteValues["id"]!.ToString()!)));
    }

    private static object Model(string id)
        => new { id, @object = "model", created = 1_700_000_000, owned_by = "stand-in" };

    private static async Task SpeakAsync(HttpContext context)
    {
        JsonNode? body = null;
        try
        {
            body = JsonNode.Parse(context.Received().Body);
        }
        catch (JsonException)
        {
            // Answered below like a body without fields.
        }

        string voice = (body?["voice"] is JsonObject named ? (string?)named["id"] : (string?)body?["voice"]) ?? "";
        string text = (string?)body?["input"] ?? "";
        string asked = (string?)body?["response_format"] ?? "mp3";
        Behaviour how = context.BehaviourFor(voice);
        string? format = FormatOf(asked);
        string key = context.Request.Headers.Authorization.ToString();
        (int Status, string Message, string Type, string? Param, string? Code)? error =
            how.Status is { } status ? (status, $"Status {status} was asked for.", "server_error", null, null)
            : key.Length == 0 || key == "Bearer wrong"
                ? (401, "Incorrect API key provided.", "invalid_request_error", null, "invalid_api_key")
            : text.Length == 0 ? (400, "'input' is required.", "invalid_request_error", "input", null)
            : !Voices.All.ContainsKey(voice)
                ? (400, $"There is no voice '{voice}'.", "invalid_request_error", "voice", null)
            : format is null ? (400, $"There is no format '{asked}'.", "invalid_request_error", "response_format", null)
            : null;
        context.Response.Headers["x-request-id"] = "req_" + context.TraceIdentifier;
        context.Response.Headers["openai-processing-ms"] = "7";
        if (error is { } e)
        {
            foreach ((string name, string value) in how.Headers)
                context.Response.Headers[name] = value;
            await context.SendJsonAsync(
                new { error = new { message = e.Message, type = e.Type, param = e.Param, code = e.Code } }, e.Status);
            return;
        }

        Take take = await Take.OfAsync(new Part(voice, text));
        format = how.WrongFormat ?? format!;
        byte[] audio = await Sound.InAsync(take, format);
        if (format.StartsWith("wav", StringComparison.Ordinal))
            audio = Sound.Streamed(audio, uint.MaxValue);
        if (how.Garbage)
            audio = Answer.Garbage(audio.Length);
        bool isEvents = (string?)body?["stream_format"] == "sse";
        byte[] sent = isEvents ? Events(audio, text) : audio;
        string type = isEvents ? "text/event-stream" : Sound.TypeOf(format);
        await context.SendAsync(how, sent, type, take.Length);
    }

    private static string? FormatOf(string asked) => asked switch
    {
        "mp3" => "mp3_24000_128",
        "opus" => "opus_48000_64",
        "aac" => "aac_24000",
        "flac" => "flac_24000",
        "wav" => "wav_24000",
        "pcm" => "pcm_24000",
        _ => null,
    };

    private static byte[] Events(byte[] audio, string text)
    {
        var events = new StringBuilder();
        foreach (byte[] part in audio.Chunk(DeltaBytes))
        {
            events.Append("data: ").Append(JsonSerializer.Serialize(
                new { type = "speech.audio.delta", audio = Convert.ToBase64String(part) })).Append("\n\n");
        }

        events.Append("data: ").Append(JsonSerializer.Serialize(new
        {
            type = "speech.audio.done",
            usage = new { input_tokens = text.Length, output_tokens = 101, total_tokens = text.Length + 101 },
        })).Append("\n\n");
        return Encoding.UTF8.GetBytes(events.ToString());
    }

    /// <summary>Something that has nothing to do with speech: five words as events.</summary>
    private static Task ChatAsync(HttpContext context)
    {
        var events = new StringBuilder();
        foreach (string word in new[] { "Good", " evening", ",", " pilots", "!" })
        {
            events.Append("data: ").Append(JsonSerializer.Serialize(new
            {
                id = "chat-1",
                @object = "chat.completion.chunk",
                choices = new[] { new { index = 0, delta = new { content = word } } },
            })).Append("\n\n");
        }

        events.Append("data: [DONE]\n\n");
        return context.SendAsync(context.BehaviourFor(null),
            Encoding.UTF8.GetBytes(events.ToString()), "text/event-stream", TimeSpan.FromSeconds(1));
    }
}
