using System.Collections.Generic;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets.Importing;

/// <summary>What came of importing a configuration.</summary>
/// <param name="Text">The preset's text, checked; null when it could not be imported.</param>
/// <param name="Notes">What the reader should know of the result, a sentence or two each: what was moved, left out or cut to its range.</param>
/// <param name="Diagnostics">What is wrong: with the configuration when there is no text, else warnings about the preset.</param>
public sealed record ImportedPreset(string? Text, IReadOnlyList<string> Notes, IReadOnlyList<PresetDiagnostic> Diagnostics);
