using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>One setting of a step.</summary>
/// <param name="Name">As presets write it: <c>mix</c>, or <c>1.25 kHz</c> for a point of a curve.</param>
/// <param name="Value">As presets write it.</param>
/// <param name="Origin">Where it was written; a default where it never was.</param>
/// <param name="Parameter">What it sets.</param>
public sealed record StepSetting(string Name, string Value, Origin Origin, Parameter Parameter);
