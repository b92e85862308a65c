using System.Text.Json.Nodes;

namespace R3X.FxHost.Server.ElevenLabs;

/// <summary>What a WebSocket's messages call their context and their end: the service and its clients write both in
/// two ways.</summary>
internal static class ContextNames
{
    private const string Id = "context_id";
    private const string OtherId = "contextId";
    private const string Final = "is_final";
    private const string OtherFinal = "isFinal";

    /// <summary>The context's id; empty where the message names none.</summary>
    public static string IdOf(JsonObject message) => (message[Id] ?? message[OtherId])?.ToString() ?? "";

    /// <summary>Whether the message ends its context.</summary>
    public static bool IsFinal(JsonObject message) => IsTrue(message[Final]) || IsTrue(message[OtherFinal]);

    /// <summary>Whether the message says that all has come of what was flushed.</summary>
    public static bool EndsFlush(JsonObject message)
        => message["type"]?.ToString() == "flush_done" || IsTrue(message["is_final_audio_for_turn"]);

    /// <summary>Adds the other spelling, as each client reads one of them.</summary>
    public static void AddOthers(JsonObject message)
    {
        Add(message, Id, OtherId);
        Add(message, Final, OtherFinal);
    }

    /// <summary>Names a context in a message.</summary>
    public static void Name(JsonObject message, string id)
    {
        if (id.Length > 0)
            (message[Id], message[OtherId]) = (id, id);
    }

    private static bool IsTrue(JsonNode? node) => node is JsonValue value && value.TryGetValue(out bool yes) && yes;

    private static void Add(JsonObject message, string name, string other)
    {
        if (message[name] is { } value && message[other] is null)
            message[other] = value.DeepClone();
        else if (message[other] is { } second && message[name] is null)
            message[name] = second.DeepClone();
    }
}
