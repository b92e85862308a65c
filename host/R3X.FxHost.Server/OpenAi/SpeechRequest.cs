using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using R3X.FxHost.Presets;
using R3X.FxHost.Server.Answers;

namespace R3X.FxHost.Server.OpenAi;

/// <summary>What a caller asks the OpenAI front to speak.</summary>
/// <param name="Body">What the service is sent: the caller's body with its own names for voice and format.</param>
/// <param name="Selection">Which sound.</param>
/// <param name="Format">How it is answered; null for a format that is not known here.</param>
/// <param name="AsksEvents">Whether it is answered as server-sent events.</param>
internal sealed record SpeechRequest(
    JsonObject Body, SpeechSelection Selection, OpenAiFormat? Format, bool AsksEvents)
{
    /// <summary>Reads a request's body; what is wrong with it is answered.</summary>
    public static async Task<SpeechRequest?> ReadAsync(
        HttpContext context, Selections selections, ServeSettings settings)
    {
        if (await BodyAsync(context) is not { } body)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "The body is no JSON object.",
                "Send {\"input\": \"...\", \"voice\": \"alloy\", \"model\": \"...\"}.");
            return null;
        }

        string? text = body["input"]?.ToString();
        if (text?.Length > settings.Limits.Text)
        {
            await Problem.WriteAsync(context, StatusCodes.Status413PayloadTooLarge,
                $"input has more than {settings.Limits.Text} characters.",
                "Send less, or raise limits: text under serve: in host.yaml.");
            return null;
        }

        JsonNode? voice = body["voice"];
        string? name = voice is JsonObject named ? named["id"]?.ToString() : voice?.ToString();
        SpeechSelection selection = selections.Of(context.Request, name, body, text);
        if (name is not null && voice is JsonObject group)
            group["id"] = selections.PlainVoice(name);
        else if (name is not null)
            body["voice"] = selections.PlainVoice(name);
        OpenAiFormat? format = OpenAiFormat.Find(body["response_format"]?.ToString() ?? "mp3");
        if (format is not null)
            body["response_format"] = format.Asked;
        return new SpeechRequest(body, selection, format, body["stream_format"]?.ToString() == "sse");
    }

    private static async Task<JsonObject?> BodyAsync(HttpContext context)
    {
        try
        {
            return await JsonNode.ParseAsync(
                context.Request.Body, cancellationToken: context.RequestAborted) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
