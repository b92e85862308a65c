namespace R3X.FxHost.Presets;

/// <summary>One preset as it stood when a line's preset was chosen. Immutable.</summary>
/// <param name="Id">The preset.</param>
/// <param name="Score">The number of conditions of its best matching entry; null when none matched.</param>
/// <param name="Priority">Its priority.</param>
/// <param name="IsChosen">Whether it was chosen.</param>
/// <param name="Why">Why it was chosen, or why not, without a full stop.</param>
public sealed record PresetCandidate(string Id, int? Score, int Priority, bool IsChosen, string Why);
