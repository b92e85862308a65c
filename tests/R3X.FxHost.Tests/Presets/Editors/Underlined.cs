using System.Text.Json.Nodes;

namespace R3X.FxHost.Tests.Presets.Editors;

/// <summary>A mistake as an editor shows it. Line and column count from 1.</summary>
public sealed record Underlined(int Line, int Column, string Message)
{
    internal static Underlined Of(JsonNode? diagnostic)
    {
        JsonNode start = diagnostic!["range"]!["start"]!;
        return new Underlined(start["line"]!.GetValue<int>() + 1, start["character"]!.GetValue<int>() + 1,
            diagnostic["message"]!.GetValue<string>());
    }
}
