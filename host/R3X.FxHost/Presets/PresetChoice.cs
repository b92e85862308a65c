using System.Collections.Generic;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets;

/// <summary>Which preset a line is spoken with, and why. Immutable.</summary>
/// <param name="Preset">The preset; null when not even the built-in chain can be built.</param>
/// <param name="Reason">Why it is that one, a sentence.</param>
/// <param name="Diagnostics">What there is to say of it; of the one that was asked for by name, where that cannot be
/// used.</param>
/// <param name="PassedOver">What is wrong with presets that would have come first, had they been usable.</param>
/// <param name="IsFallback">Whether it takes the place of one that was asked for by name.</param>
public sealed record PresetChoice(
    Preset? Preset,
    string Reason,
    IReadOnlyList<PresetDiagnostic> Diagnostics,
    IReadOnlyList<PresetDiagnostic> PassedOver,
    bool IsFallback = false)
{
    /// <summary>
    /// What takes the place of a default that cannot be used, and that it does, a sentence; null where the default can
    /// be used or was not needed.
    /// </summary>
    public string? Instead { get; init; }

    /// <summary>
    /// A mood or a cue of the line that no preset is for, with the likely one and all there are; each a whole sentence.
    /// </summary>
    public IReadOnlyList<string> Unheard { get; init; } = [];
}

/// <summary>One preset as it stood when a line's preset was chosen. Immutable.</summary>
/// <param name="Id">The preset.</param>
/// <param name="Score">The number of conditions of its best matching entry; null when none matched.</param>
/// <param name="Priority">Its priority.</param>
/// <param name="IsChosen">Whether it was chosen.</param>
/// <param name="Why">Why it was chosen, or why not, without a full stop.</param>
public sealed record PresetCandidate(string Id, int? Score, int Priority, bool IsChosen, string Why);

/// <summary>A choice, and how every preset of the folder fared in it. Immutable.</summary>
/// <param name="Choice">The choice.</param>
/// <param name="Candidates">The presets: the chosen one, then those that matched, best first, then the others by
/// id.</param>
public sealed record ChoiceExplanation(PresetChoice Choice, IReadOnlyList<PresetCandidate> Candidates);
