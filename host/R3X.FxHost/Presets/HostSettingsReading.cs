using System.Collections.Generic;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets;

/// <summary>What came of reading host.yaml.</summary>
/// <param name="Settings">The settings; where the file is wrong or silent, the defaults.</param>
/// <param name="Diagnostics">Everything that is wrong with the file.</param>
public sealed record HostSettingsReading(HostSettings Settings, IReadOnlyList<PresetDiagnostic> Diagnostics);
