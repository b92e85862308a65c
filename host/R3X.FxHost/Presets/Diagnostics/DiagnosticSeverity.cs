namespace R3X.FxHost.Presets.Diagnostics;

/// <summary>What a diagnostic costs.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The preset works; its author probably meant something else.</summary>
    Warning,

    /// <summary>The preset cannot be used as it stands.</summary>
    Error,
}
