using System.Collections.Generic;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets.Editing;

/// <summary>What came of changing a preset's file.</summary>
/// <param name="Outcome">Whether it was written.</param>
/// <param name="File">The file; empty when there is none.</param>
/// <param name="Hash">The hash of what it holds now, for the next edit; empty when there is none.</param>
/// <param name="Line">The line on which the value stands, from 1; 0 when nothing was written.</param>
/// <param name="Before">What the value was, as presets write it, wherever it came from; null where there was
/// none.</param>
/// <param name="After">What it is now.</param>
/// <param name="Diagnostics">Why it was refused, or what is wrong with the preset only since the change.</param>
public sealed record PresetEdit(
    PresetEditOutcome Outcome,
    string File,
    string Hash,
    int Line,
    string? Before,
    string? After,
    IReadOnlyList<PresetDiagnostic> Diagnostics);

/// <summary>What became of an edit.</summary>
public enum PresetEditOutcome
{
    /// <summary>The file was written.</summary>
    Written,

    /// <summary>It says so already; nothing was written.</summary>
    Unchanged,

    /// <summary>It cannot be, as the diagnostics say; nothing was written.</summary>
    Refused,

    /// <summary>The file holds something else than the caller knows; nothing was written.</summary>
    Stale,
}
