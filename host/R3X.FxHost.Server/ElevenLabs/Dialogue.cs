using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace R3X.FxHost.Server.ElevenLabs;

/// <summary>Voices that are named in a dialogue's body or messages: <c>voices</c>, and <c>voice_id</c> of
/// <c>inputs</c>.</summary>
internal static class Dialogue
{
    /// <summary>The texts of a dialogue; none of anything else.</summary>
    public static IEnumerable<JsonObject> Inputs(JsonObject body)
        => (body["inputs"] as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>The voice that speaks first; null where none is named.</summary>
    public static string? FirstVoice(JsonObject? body)
    {
        JsonNode? voice = body is null ? null : Inputs(body).FirstOrDefault()?["voice_id"];
        return (voice ?? (body?["voices"] as JsonArray)?.FirstOrDefault())?.ToString();
    }

    /// <summary>Gives all voices other names.</summary>
    /// <param name="body">Where they are named.</param>
    /// <param name="rename">A name's other name.</param>
    public static void NameVoices(JsonObject body, Func<string, string> rename)
    {
        foreach (JsonObject input in Inputs(body))
        {
            if (input["voice_id"] is JsonValue voice)
                input["voice_id"] = rename(voice.ToString());
        }

        if (body["voices"] is not JsonArray voices)
            return;
        for (int i = 0; i < voices.Count; i++)
        {
            if (voices[i] is JsonValue voice)
                voices[i] = rename(voice.ToString());
        }
    }
}
