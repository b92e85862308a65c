using System.Collections.Generic;

namespace R3X.FxHost.Presets;

/// <summary>A choice, and how every preset of the folder fared in it. Immutable.</summary>
/// <param name="Choice">The choice.</param>
/// <param name="Candidates">The presets: the chosen one, then those that matched, best first, then the others by id.</param>
public sealed record ChoiceExplanation(PresetChoice Choice, IReadOnlyList<PresetCandidate> Candidates);
