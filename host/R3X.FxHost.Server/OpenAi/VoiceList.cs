using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using R3X.FxHost.Server.Answers;
using R3X.FxHost.Server.Upstreams;

namespace R3X.FxHost.Server.OpenAi;

/// <summary><c>GET /v1/audio/voices</c>: the service's voices, each with every preset.</summary>
internal static class VoiceList
{
    // OpenAI itself has no list; these are its documentation's.
    private static readonly string[] Documented =
    [
        "alloy", "ash", "ballad", "cedar", "coral", "echo", "fable", "marin", "nova", "onyx", "sage", "shimmer",
        "verse",
    ];

    /// <summary>Answers a request.</summary>
    public static async Task AnswerAsync(HttpContext context, Upstream upstream, OfferedVoices offered)
    {
        JsonNode? answer = upstream.OpenAi.Address is null ? null : await AskAsync(context, upstream);
        if (answer?["voices"] is not JsonArray voices)
        {
            answer = new JsonObject();
            voices = [.. Documented.Select(static id => new JsonObject { ["id"] = id, ["name"] = id })];
        }

        IReadOnlyList<(string Suffix, string Label)> sounds = offered.Sounds;
        answer["voices"] = new JsonArray([.. voices.OfType<JsonNode>().SelectMany(voice => Of(voice, sounds))]);
        await context.Response.WriteAsJsonAsync(answer);
    }

    // A voice's entry is a name, or has one, and an id.
    private static IEnumerable<JsonNode> Of(JsonNode voice, IReadOnlyList<(string Suffix, string Label)> sounds)
    {
        yield return voice.DeepClone();
        foreach ((string suffix, string label) in sounds)
        {
            JsonNode copy = voice.DeepClone();
            if (copy is not JsonObject entry)
            {
                yield return JsonValue.Create(voice + suffix);
                continue;
            }

            foreach (string key in (string[])["id", "voice_id"])
            {
                if (entry[key] is { } id)
                    entry[key] = id + suffix;
            }

            if (entry["name"] is { } name)
                entry["name"] = entry["id"] is null && entry["voice_id"] is null ? name + suffix : name + label;
            yield return entry;
        }
    }

    private static async Task<JsonNode?> AskAsync(HttpContext context, Upstream upstream)
    {
        try
        {
            using HttpResponseMessage answer = await upstream.AskAsync(
                upstream.OpenAi, context.Request, "/v1/audio/voices", null, context.RequestAborted);
            return answer.IsSuccessStatusCode
                ? JsonNode.Parse(await answer.Content.ReadAsStringAsync(context.RequestAborted)) : null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            return null;
        }
    }
}
