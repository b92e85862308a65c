using Microsoft.CodeAnalysis;

namespace R3X.FxHost.Sdk.Analyzers;

/// <summary>Something that must not happen on the audio thread, wherever it stands.</summary>
internal readonly struct Finding(DiagnosticDescriptor rule, Location location, string code)
{
    public DiagnosticDescriptor Rule { get; } = rule;

    public Location Location { get; } = location;

    /// <summary>What the message begins with.</summary>
    public string Code { get; } = code;
}
