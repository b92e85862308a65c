namespace R3X.FxHost.Sdk;

/// <summary>By how much a stretch of sound was turned down. Make-up gain is not counted.</summary>
/// <param name="Most">The largest reduction, in decibels, 0 or more.</param>
/// <param name="Mean">The mean over all frames of the reduction in decibels, 0 or more.</param>
public readonly record struct GainReduction(double Most, double Mean);
