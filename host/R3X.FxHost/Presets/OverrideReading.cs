using System.Collections.Generic;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets;

/// <summary>What came of changing a plan for one run.</summary>
/// <param name="Plan">The plan with every change that was right.</param>
/// <param name="Diagnostics">What is wrong with the others.</param>
public sealed record OverrideReading(ChainPlan Plan, IReadOnlyList<PresetDiagnostic> Diagnostics);
