namespace R3X.FxHost.Sdk;

/// <summary>What points the curve of a parameter may have.</summary>
/// <param name="Lowest">The lowest frequency, in Hz.</param>
/// <param name="Highest">The highest frequency, in Hz.</param>
/// <param name="Most">The most points.</param>
public sealed record CurvePoints(double Lowest, double Highest, int Most);
