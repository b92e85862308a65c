using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace R3X.FxHost.StandIn;

/// <summary>ElevenLabs over HTTP: https://elevenlabs.io/docs/api-reference.</summary>
internal sealed class ElevenLabsHttp
{
    private const uint StreamedSize = 0x7FFFFFFF;

    public void Map(IEndpointRouteBuilder app)
    {
        foreach (string ending in new[] { "", "/stream", "/with-timestamps", "/stream/with-timestamps" })
        {
            app.MapPost("/v1/text-to-speech/{voice}" + ending, (HttpContext c) => SpeakAsync(c, ending));
            app.MapPost("/v1/text-to-dialogue" + ending, (HttpContext c) => SpeakAsync(c, ending));
        }

        app.MapPost("/v1/speech-to-speech/{voice}", (HttpContext c) => SpeakAsync(c, ""));
        app.MapPost("/v1/speech-to-speech/{voice}/stream", (HttpContext c) => SpeakAsync(c, "/stream"));
        app.MapGet("/v1/voices", (HttpContext c) => c.SendJsonAsync(new { voices = VoiceList(), other_field = 1 }));
        app.MapGet("/v2/voices", (HttpContext c) => c.SendJsonAsync(new
        {
            voices = VoiceList(),
            has_more = false,
            total_count = Voices.All.Count,
            next_page_token = (string?)null,
        }));
        app.MapGet("/v1/voices/{voice}", (HttpContext c) => c.SendJsonAsync(VoiceList().First(v =>
            v["voice_id"] == c.Request.RouteValues["voice"]!.ToString())));
        app.MapGet("/v1/user", (HttpContext c) => c.SendJsonAsync(User));
    }

    /// <summary>What <c>GET /v1/models</c> answers to a client of this service.</summary>
    public static object Models { get; } = new[]
    {
        new { model_id = "eleven_flash_v2_5", name = "Eleven Flash v2.5", can_do_text_to_speech = true },
    };

    /// <summary>What clients insist on.</summary>
    private static object User => new
    {
        user_id = "u1",
        workspace_id = "w1",
        is_new_user = false,
        can_use_delayed_payment_methods = false,
        is_onboarding_completed = true,
        is_onboarding_checklist_completed = true,
        created_at = 1_700_000_000,
        seat_type = "workspace_admin",
        subscription = new
        {
            tier = "free",
            character_count = 17,
            character_limit = 10_000,
            max_credit_limit_extension = 0,
            can_extend_character_limit = false,
            allowed_to_extend_character_limit = false,
            voice_slots_used = 1,
            professional_voice_slots_used = 0,
            professional_voice_slots_used_in_workspace = 0,
            voice_limit = 3,
            voice_add_edit_counter = 0,
            professional_voice_limit = 0,
            can_extend_voice_limit = false,
            can_use_instant_voice_cloning = false,
            can_use_professional_voice_cloning = false,
            current_overage = new { amount = "0", currency = "usd" },
            status = "free",
        },
    };

    /// <summary>Whether the credentials are accepted: any key but <c>wrong</c>.</summary>
    public static bool Knows(string? key) => !string.IsNullOrEmpty(key) && key != "wrong";

    private static Dictionary<string, string>[] VoiceList() => [.. Voices.All.Keys.Select(v =>
        new Dictionary<string, string> { ["voice_id"] = v, ["name"] = v, ["category"] = "premade" })];

    private static async Task SpeakAsync(HttpContext context, string ending)
    {
        HttpRequest request = context.Request;
        string? voice = request.RouteValues["voice"]?.ToString();
        bool isSpeech = request.HasFormContentType;
        JsonNode? body = isSpeech ? new JsonObject { ["text"] = "This is the other voice." } : Read(context);
        // Text and voice of each part: one, but in a dialogue.
        Part[] parts = voice is not null
            ? [new Part(voice, (string?)body?["text"] ?? "")]
            : [.. (body?["inputs"] as JsonArray ?? []).Select(
                i => new Part((string?)i!["voice_id"] ?? "", (string?)i["text"] ?? ""))];
        Behaviour how = context.BehaviourFor(parts.FirstOrDefault().Voice);
        string asked = request.Query["output_format"].FirstOrDefault() ?? "mp3_44100_128";
        string? authorization = request.Headers["xi-api-key"].FirstOrDefault()
            ?? request.Headers.Authorization.FirstOrDefault();
        (int Status, object Detail)? error = how.Status is { } status ? (status, Status(status))
            : !Knows(authorization) ? (401, new { status = "invalid_api_key", message = "Invalid API key" })
            : parts.Length == 0 || parts.Any(p => string.IsNullOrEmpty(p.Text))
                ? (422, new[] { new { loc = new[] { "body", "text" }, msg = "Field required", type = "missing" } })
            : Array.Find(parts, p => !Voices.All.ContainsKey(p.Voice)) is { Voice: not null } unknown
                ? (404, new { status = "voice_not_found", message = $"There is no voice {unknown.Voice}." })
            : !Sound.Formats.Contains(asked) || (ending.StartsWith("/stream", StringComparison.Ordinal)
                && asked.StartsWith("wav", StringComparison.Ordinal))
                ? (422, new[] { new { loc = new[] { "query", "output_format" }, msg = "Not valid", type = "enum" } })
            : null;
        context.Response.Headers["request-id"] = "request-" + context.TraceIdentifier;
        if (error is { } e)
        {
            foreach ((string name, string value) in how.Headers)
                context.Response.Headers[name] = value;
            await context.SendJsonAsync(new { detail = e.Detail }, e.Status);
            return;
        }

        context.Response.Headers["character-cost"] = parts.Sum(p => p.Text.Length).ToString(
            System.Globalization.CultureInfo.InvariantCulture);
        context.Response.Headers["history-item-id"] = "item-1";
        string format = how.WrongFormat ?? asked;
        Take take = await Take.OfAsync(parts);
        byte[] audio = await Sound.InAsync(take, format);
        if (format.StartsWith("wav", StringComparison.Ordinal))
            audio = Sound.Streamed(audio, StreamedSize);
        if (how.Garbage)
            audio = Answer.Garbage(audio.Length);
        bool isTimed = ending.EndsWith("with-timestamps", StringComparison.Ordinal);
        Part[] dialogue = voice is null ? parts : [];
        byte[] sent = !isTimed ? audio : ending == "/with-timestamps"
            ? Line(take, dialogue, AlignedAudio.Cut(take, audio, audio.Length).Single())
            : [.. AlignedAudio.Cut(take, audio, 4_096).SelectMany(p => Line(take, dialogue, p).Append((byte)'\n'))];
        await context.SendAsync(how, sent, isTimed ? "application/json" : Sound.TypeOf(format), take.Length);
    }

    /// <summary>One object with sound and times, all counted from the line's start.</summary>
    private static byte[] Line(Take take, Part[] dialogue, AlignedAudio piece)
    {
        var alignment = new Dictionary<string, object>
        {
            ["characters"] = piece.Characters,
            ["character_start_times_seconds"] = piece.Starts,
            ["character_end_times_seconds"] = piece.Ends,
        };
        var line = new Dictionary<string, object?>
        {
            ["audio_base64"] = Convert.ToBase64String(piece.Audio.Span),
            ["alignment"] = piece.Characters.Count == 0 ? null : alignment,
            ["normalized_alignment"] = piece.Characters.Count == 0 ? null : alignment,
            ["other_field"] = 7,
        };
        if (dialogue.Length > 0)
            line["voice_segments"] = piece.Characters.Count == 0 ? [] : Segments(take, dialogue);
        return JsonSerializer.SerializeToUtf8Bytes(line);
    }

    private static object[] Segments(Take take, Part[] dialogue)
    {
        int character = 0;
        return [.. dialogue.Select((part, i) => new
        {
            voice_id = part.Voice,
            start_time_seconds = i == 0 ? 0 : take.Ends[i - 1],
            end_time_seconds = take.Ends[i],
            character_start_index = character,
            character_end_index = character += part.Text.Length,
            dialogue_input_index = i,
        })];
    }

    private static JsonNode? Read(HttpContext context)
    {
        try
        {
            return JsonNode.Parse(context.Received().Body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static object Status(int status) => status switch
    {
        401 => new { status = "invalid_api_key", message = "Invalid API key" },
        422 => new[] { new { loc = new[] { "body", "text" }, msg = "Field required", type = "missing" } },
        429 => new { status = "too_many_concurrent_requests", message = "Too many concurrent requests." },
        _ => new { status = "internal_error", message = "Something broke upstream." },
    };
}
