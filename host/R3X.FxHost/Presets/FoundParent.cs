using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets;

/// <summary>What came of looking for a preset's parent.</summary>
/// <param name="Preset">The parent, or an earlier version of it; null when there is none.</param>
/// <param name="Diagnostic">What is wrong with it: without a preset an error, beside one a warning.</param>
/// <param name="QuotesPlace">Whether the diagnostic names the place itself, and more of them.</param>
internal readonly record struct FoundParent(Preset? Preset, Diagnostic? Diagnostic = null, bool QuotesPlace = false);
