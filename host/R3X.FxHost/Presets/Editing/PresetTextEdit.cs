using System.Collections.Generic;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets.Editing;

/// <summary>What came of changing a preset's text.</summary>
/// <param name="Outcome">Whether there is another text; never <see cref="PresetEditOutcome.Stale"/>.</param>
/// <param name="Text">The text now; the one that was handed in unless <paramref name="Outcome"/> is
/// <see cref="PresetEditOutcome.Written"/>.</param>
/// <param name="Diagnostics">Why it was refused, or what is wrong with the preset only since the change.</param>
public sealed record PresetTextEdit(
    PresetEditOutcome Outcome, string Text, IReadOnlyList<PresetDiagnostic> Diagnostics)
{
    /// <summary>What the value was, as presets write it, wherever it came from; null where there was none, or no one
    /// value was meant.</summary>
    public string? Before { get; init; }

    /// <summary>What it is now.</summary>
    public string? After { get; init; }

    /// <summary>The line on which the value stands, from 1; 0 when nothing was written.</summary>
    public int Line { get; init; }

    /// <summary>The text that the diagnostics of a refused edit are about: the one with the edit. The text itself where
    /// the edit did not come to that.</summary>
    public string Tried { get; init; } = Text;
}
