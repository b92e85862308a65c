namespace R3X.FxHost.Effects;

/// <summary>One period of a voice.</summary>
/// <param name="Place">Where in the line its energy lies; fractions allowed.</param>
/// <param name="Period">How long it is.</param>
internal readonly record struct PitchMark(double Place, double Period);
