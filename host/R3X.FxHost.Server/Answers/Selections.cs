using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using R3X.FxHost.Presets;
using R3X.FxHost.Server.Configuration;

namespace R3X.FxHost.Server.Answers;

/// <summary>
/// Which sound a request asks for. The first that says something wins: headers, the query, the body's field
/// <c>r3x</c>, the voice's name, what <c>voices:</c> and <c>speakers:</c> of the settings say. Any thread.
/// </summary>
/// <param name="settings">The sounds of voices and speakers.</param>
internal sealed class Selections(LiveSettings settings)
{
    /// <summary>What stands between a voice's name, a preset's and an amount: <c>alloy@excited@70%</c>.</summary>
    public const char Sign = '@';

    /// <summary>The body's field.</summary>
    public const string Field = "r3x";

    private const string HeaderPrefix = "X-R3X-";

    private static readonly string[] Names = ["preset", "mood", "cue", "text", "speaker", "amount", "seed", "dry"];

    /// <summary>The voice's name as the speech service knows it.</summary>
    /// <param name="voice">A voice's name, with a preset's behind it or without.</param>
    public string PlainVoice(string voice) => Split(voice).Voice;

    /// <summary>What a request asks for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="voice">The voice's name as the caller gave it; null for none.</param>
    /// <param name="body">The request's body; its field <c>r3x</c> is taken out. Null for none.</param>
    /// <param name="text">The words, where the body has them.</param>
    /// <param name="queryPrefix">What stands before the names in the query: <c>r3x_</c> on other services'
    /// paths.</param>
    public SpeechSelection Of(
        HttpRequest request, string? voice = null, JsonObject? body = null, string? text = null,
        string queryPrefix = "r3x_")
    {
        ArgumentNullException.ThrowIfNull(request);
        Dictionary<string, string> said = Said(body);
        body?.Remove(Field);
        foreach (string name in Names)
        {
            string? value = request.Headers[HeaderPrefix + name];
            value ??= request.Query[queryPrefix + name];
            if (!string.IsNullOrWhiteSpace(value))
                said[name] = value.Trim();
        }

        return Of(said, voice, text);
    }

    /// <summary>What a body's field <c>r3x</c> says: a preset's id, or an object with values by name.</summary>
    /// <param name="body">The body; null for none.</param>
    public static Dictionary<string, string> Said(JsonObject? body)
    {
        var said = new Dictionary<string, string>();
        JsonNode? field = body?[Field];
        if (field is JsonValue preset)
            field = new JsonObject { ["preset"] = preset.ToString() };
        foreach (string name in field is JsonObject ? Names : [])
        {
            if (field![name]?.ToString().Trim() is { Length: > 0 } value)
                said[name] = value;
        }

        return said;
    }

    /// <summary>What words that a protocol carries ask for.</summary>
    /// <param name="said">Values by name: preset, mood, cue, text, speaker, amount, seed, dry.</param>
    /// <param name="voice">The voice's name as the caller gave it; null for none.</param>
    /// <param name="text">The words that are spoken, where they are known.</param>
    public SpeechSelection Of(IReadOnlyDictionary<string, string> said, string? voice, string? text)
    {
        (string plain, string? preset, string? amount) = voice is null ? ("", null, null) : Split(voice);
        string? speaker = said.GetValueOrDefault("speaker");
        string?[] moods = [said.GetValueOrDefault("mood"), said.GetValueOrDefault("cue")];
        ServeSettings now = settings.Current;
        VoiceSound? mapped = speaker is not null && now.Speakers.TryGetValue(speaker, out VoiceSound? ofSpeaker)
            ? ofSpeaker : now.Voices.GetValueOrDefault(plain);
        preset = Named(said.GetValueOrDefault("preset")) ?? Named(preset)
            // A mood or a cue is the line's, and says more than what a voice mostly sounds like.
            ?? (moods.All(string.IsNullOrEmpty) ? mapped?.Preset : null);
        bool isDry = preset == "dry" || said.GetValueOrDefault("dry") is "1" or "true" or "on";
        return new SpeechSelection
        {
            Preset = isDry ? null : preset,
            IsDry = isDry,
            Mood = moods[0],
            Cue = moods[1],
            Text = said.GetValueOrDefault("text") ?? text,
            Speaker = speaker ?? (plain.Length > 0 ? plain : null),
            Amount = isDry ? null : said.GetValueOrDefault("amount") ?? amount ?? mapped?.Amount,
            Seed = ulong.TryParse(said.GetValueOrDefault("seed"), NumberStyles.None, CultureInfo.InvariantCulture,
                out ulong seed) ? seed : null,
        };
    }

    // A caller names a preset, never a file of this machine.
    private static string? Named(string? preset)
    {
        while (preset is not null && Path.GetExtension(preset).ToUpperInvariant() is ".YAML" or ".YML")
            preset = Path.GetFileNameWithoutExtension(preset);
        return string.IsNullOrEmpty(preset) ? null : preset.Replace('/', '_').Replace('\\', '_').Replace(':', '_');
    }

    // A voice that the settings name in full is that voice, whatever signs its name holds.
    private (string Voice, string? Preset, string? Amount) Split(string voice)
    {
        string[] parts = voice.Split(Sign);
        if (parts.Length == 1 || settings.Current.Voices.ContainsKey(voice))
            return (voice, null, null);
        // "me@home.example@excited@70%": an amount is a number or a movement and stands last.
        bool hasAmount = parts.Length > 2 && (parts[^1].EndsWith('%') || parts[^1].All(char.IsAsciiDigit));
        string? amount = hasAmount ? parts[^1].EndsWith('%') ? parts[^1] : parts[^1] + "%" : null;
        int presetAt = parts.Length - (hasAmount ? 2 : 1);
        return (string.Join(Sign, parts[..presetAt]), parts[presetAt], amount);
    }
}
