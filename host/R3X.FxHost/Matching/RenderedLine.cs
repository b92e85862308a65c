using R3X.FxHost.Metering.Likeness;

namespace R3X.FxHost.Matching;

/// <summary>A line that was sent through a chain.</summary>
/// <param name="Wet">Its figures.</param>
/// <param name="Stoi">Its intelligibility beside the dry line; NaN for less than 384 ms of speech.</param>
internal sealed record RenderedLine(LikenessFeatures Wet, double Stoi);
