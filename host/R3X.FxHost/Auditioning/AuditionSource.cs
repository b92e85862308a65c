namespace R3X.FxHost.Auditioning;

/// <summary>What of a line is heard while a preset is edited.</summary>
public enum AuditionSource
{
    /// <summary>The line as it came, at the host's reference loudness.</summary>
    Dry,

    /// <summary>The line with the preset as its file has it.</summary>
    Saved,

    /// <summary>The line with the preset as it is edited.</summary>
    Edited,
}
