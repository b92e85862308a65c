namespace R3X.FxHost.Presets.Editing;

/// <summary>What became of an edit.</summary>
public enum PresetEditOutcome
{
    /// <summary>The file was written.</summary>
    Written,

    /// <summary>It says so already; nothing was written.</summary>
    Unchanged,

    /// <summary>It cannot be, as the diagnostics say; nothing was written.</summary>
    Refused,

    /// <summary>The file holds something else than the caller knows; nothing was written.</summary>
    Stale,
}
