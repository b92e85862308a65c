namespace R3X.FxHost.Sdk;

/// <summary>A point of a <see cref="FrequencyCurve"/>.</summary>
/// <param name="Frequency">Where it is, in Hz, above 0.</param>
/// <param name="Value">What the curve is there, in the unit of its parameter.</param>
public readonly record struct CurvePoint(double Frequency, double Value);
