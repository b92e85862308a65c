namespace R3X.FxHost.Presets.Comparing;

/// <summary>One thing in which two presets differ.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Step">The step it concerns; null for an outermost key.</param>
/// <param name="Key">The setting or key; null where the step as a whole differs.</param>
/// <param name="First">How it is in the first preset, as presets write it; null where it has none.</param>
/// <param name="Second">How it is in the second.</param>
/// <param name="Sentence">The same in words: <c>comb.mix is 30% in neutral, 35% in excited.</c></param>
public sealed record PresetDifference(
    PresetDifferenceKind Kind, string? Step, string? Key, string? First, string? Second, string Sentence)
{
    /// <summary>Whether it is the setting of a step that is switched off in one of the presets, and heard in neither or
    /// said already.</summary>
    public bool IsSilent { get; init; }
}

/// <summary>What can differ between presets.</summary>
public enum PresetDifferenceKind
{
    /// <summary>An outermost key, such as <c>match-loudness</c>.</summary>
    Key,

    /// <summary>A step that only one of them has.</summary>
    Presence,

    /// <summary>The effect behind a step's name.</summary>
    Effect,

    /// <summary>Whether a step is switched off.</summary>
    Switch,

    /// <summary>Where a step stands among those that both have.</summary>
    Place,

    /// <summary>A setting.</summary>
    Setting,
}
