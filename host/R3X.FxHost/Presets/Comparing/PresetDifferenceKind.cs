namespace R3X.FxHost.Presets.Comparing;

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
