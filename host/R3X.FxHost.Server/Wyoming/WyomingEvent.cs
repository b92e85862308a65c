using System;
using System.Text.Json.Nodes;

namespace R3X.FxHost.Server.Wyoming;

/// <summary>An event of the Wyoming protocol.</summary>
/// <param name="Type">What happened, such as <c>audio-chunk</c>.</param>
/// <param name="Data">Its values, as JSON.</param>
/// <param name="Payload">Its bytes: the samples of an <c>audio-chunk</c>.</param>
internal sealed record WyomingEvent(string Type, JsonObject Data, ReadOnlyMemory<byte> Payload = default)
{
    /// <summary>An event that says it all with its type.</summary>
    public WyomingEvent(string type)
        : this(type, [])
    {
    }

    /// <summary>An <c>error</c>.</summary>
    /// <param name="text">What is wrong, for people.</param>
    /// <param name="code">A word for programs.</param>
    public static WyomingEvent Error(string text, string code) =>
        new("error", new JsonObject { ["text"] = text, ["code"] = code });

    /// <summary>A value that is text; null where there is none.</summary>
    public string? Text(string name) => TextOf(Data[name]);

    /// <summary>What a value says that is text; null where it is none.</summary>
    public static string? TextOf(JsonNode? node)
    {
        try
        {
            return node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a character that is written as two: no text.
            return null;
        }
    }
}
