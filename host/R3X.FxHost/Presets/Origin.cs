using R3X.FxHost.Presets.Diagnostics;


namespace R3X.FxHost.Presets;

/// <summary>Where a step or a value was written: which preset, and the place in its file. Immutable.</summary>
/// <param name="PresetId">The preset that wrote it, itself or a parent of it; null when nobody did and it is a default.</param>
/// <param name="Line">The line, from 1; 0 for a default.</param>
/// <param name="Column">The first character, in UTF-16 units from 1; 0 for a default.</param>
/// <param name="Length">How many UTF-16 units of the line it is long, quotes included.</param>
public sealed record Origin(string? PresetId, int Line, int Column, int Length)
{
    /// <summary>The origin of what nobody wrote.</summary>
    public static Origin Default { get; } = new(null, 0, 0, 0);

    /// <summary>Whether nobody wrote it.</summary>
    public bool IsDefault => PresetId is null;

    internal static Origin At(string presetId, SourceSpan span) => new(presetId, span.Line, span.Column, span.Length);
}
