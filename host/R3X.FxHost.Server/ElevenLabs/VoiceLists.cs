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

namespace R3X.FxHost.Server.ElevenLabs;

/// <summary>The service's lists of voices, each voice with every preset besides: <c>VOICE@PRESET</c>.</summary>
/// <param name="upstream">The service.</param>
/// <param name="selections">How voices with a preset are named.</param>
/// <param name="offered">The presets.</param>
internal sealed class VoiceLists(Upstream upstream, Selections selections, OfferedVoices offered)
{
    /// <summary>Answers a list, or one voice.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        if (upstream.ElevenLabs.Address is null)
        {
            await Problem.WriteNoServiceAsync(context, upstream.ElevenLabs);
            return;
        }

        string? voice = context.Request.RouteValues["voice"]?.ToString();
        string path = context.Request.Path.Value!;
        path = path[path.IndexOf("/v", StringComparison.Ordinal)..];
        if (voice is not null)
            path = "/v1/voices/" + Uri.EscapeDataString(selections.PlainVoice(voice));
        HttpResponseMessage answer;
        try
        {
            answer = await upstream.AskAsync(upstream.ElevenLabs, context.Request,
                path + Upstream.QueryFor(context.Request), body: null, context.RequestAborted);
        }
        catch (HttpRequestException e)
        {
            await Problem.WriteUnreachableAsync(context, upstream.ElevenLabs, e);
            return;
        }

        using (answer)
        {
            if (!answer.IsSuccessStatusCode)
            {
                await Upstream.CopyAsync(answer, context);
                return;
            }

            byte[] bytes = await answer.Content.ReadAsByteArrayAsync(context.RequestAborted);
            Upstream.CopyHeaders(answer, context.Response);
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await context.Response.Body.WriteAsync(Rewritten(bytes, voice), context.RequestAborted);
        }
    }

    private byte[] Rewritten(byte[] bytes, string? voice)
    {
        JsonNode? body;
        try
        {
            body = JsonNode.Parse(bytes);
        }
        catch (JsonException)
        {
            return bytes;
        }

        if (voice is not null && body is JsonObject one && one["voice_id"] is not null)
            one["voice_id"] = voice;
        else if (body?["voices"] is JsonArray voices)
            AddPresets(body.AsObject(), voices);
        else
            return bytes;
        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    private void AddPresets(JsonObject body, JsonArray voices)
    {
        IReadOnlyList<(string Suffix, string Label)> sounds = offered.Sounds;
        List<JsonObject> plain = [.. voices.OfType<JsonObject>()];
        foreach (JsonObject voice in plain)
        {
            foreach ((string suffix, string label) in sounds)
            {
                JsonObject copy = voice.DeepClone().AsObject();
                copy["voice_id"] = voice["voice_id"] + suffix;
                copy["name"] = voice["name"] + label;
                voices.Add(copy);
            }
        }

        if (body["total_count"] is JsonValue count && count.TryGetValue(out int total))
            body["total_count"] = total * (1 + sounds.Count);
    }
}
