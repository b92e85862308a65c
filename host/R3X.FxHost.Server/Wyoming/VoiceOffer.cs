using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace R3X.FxHost.Server.Wyoming;

/// <summary>
/// What the server says of itself (<c>info</c>): the speech service's own voices, each also with every preset, as Home
/// Assistant keeps what a voice said and tells lines apart by their voice alone; and the loudspeaker.
/// </summary>
internal static class VoiceOffer
{
    // Where nothing is known of a voice; one without a language cannot be chosen.
    private const string Language = "en";

    private static readonly string[] OtherServices = ["asr", "handle", "intent", "wake", "mic"];

    /// <summary>The data of an <c>info</c>.</summary>
    /// <param name="upstream">What the speech service says of itself; null where it has not yet.</param>
    /// <param name="hasUpstream">Whether there is one at all.</param>
    /// <param name="sounds">The sounds a voice is offered with: what stands behind its name, and behind what people
    /// read.</param>
    public static JsonObject Of(
        JsonElement? upstream, bool hasUpstream, IReadOnlyList<(string Suffix, string Label)> sounds)
    {
        var info = new JsonObject { ["tts"] = hasUpstream ? Programs(upstream, sounds) : new JsonArray() };
        foreach (string other in OtherServices)
            info[other] = new JsonArray();
        JsonObject loudspeaker = Artifact("R3X", "The loudspeaker of R3X.FxHost, with effects");
        loudspeaker["snd_format"] = new JsonObject { ["rate"] = 48_000, ["width"] = 2, ["channels"] = 1 };
        info["snd"] = new JsonArray(loudspeaker);
        return info;
    }

    private static JsonArray Programs(JsonElement? upstream, IReadOnlyList<(string Suffix, string Label)> sounds)
    {
        JsonObject[] known = upstream is { } info ? [.. Objects(JsonObject.Create(info)?["tts"])] : [];
        // Until the service has said which voices it has: the one it takes by itself, with every preset.
        if (known.Length == 0)
        {
            JsonObject own = Artifact("R3X", "A speech service that has not answered yet, with effects");
            own["supports_synthesize_streaming"] = true;
            own["voices"] = new JsonArray([.. sounds.Select(static sound => Voice([], sound, Language))]);
            return new JsonArray(own);
        }

        return new JsonArray([.. known.Select(program => Program(program, sounds))]);
    }

    private static JsonObject Program(JsonObject program, IReadOnlyList<(string Suffix, string Label)> sounds)
    {
        var offered = (JsonObject)program.DeepClone();
        JsonObject[] voices = [.. Objects(program["voices"])];
        string language = voices.SelectMany(static voice => Languages(voice)).FirstOrDefault(Language);
        offered["name"] = $"R3X {WyomingEvent.TextOf(program["name"])}".TrimEnd();
        // A service that takes the whole text at once is given it when all of it is there.
        offered["supports_synthesize_streaming"] = true;
        offered["voices"] = new JsonArray([.. voices.SelectMany(
            voice => sounds.Prepend(("", "")).Select(sound => Voice(voice, sound, language)))]);
        return offered;
    }

    private static JsonObject Voice(JsonObject voice, (string Suffix, string Label) sound, string language)
    {
        JsonObject offered = Artifact("", "");
        foreach ((string key, JsonNode? value) in voice)
            offered[key] = value?.DeepClone();
        string name = WyomingEvent.TextOf(voice["name"]) ?? "";
        string people = WyomingEvent.TextOf(voice["description"]) is { Length: > 0 } description ? description : name;
        offered["name"] = name + sound.Suffix;
        offered["description"] = (people.Length > 0 ? people : "Its own voice") + sound.Label;
        if (!Languages(voice).Any())
            offered["languages"] = new JsonArray(language);
        return offered;
    }

    private static JsonObject Artifact(string name, string description) => new()
    {
        ["name"] = name,
        ["description"] = description,
        ["attribution"] = new JsonObject { ["name"] = "R3X.FxHost", ["url"] = "" },
        ["installed"] = true,
        ["version"] = typeof(FxHost).Assembly.GetName().Version?.ToString(3),
    };

    private static IEnumerable<string> Languages(JsonObject voice) =>
        (voice["languages"] as JsonArray ?? []).Select(WyomingEvent.TextOf).OfType<string>();

    private static IEnumerable<JsonObject> Objects(JsonNode? array) => (array as JsonArray ?? []).OfType<JsonObject>();
}
