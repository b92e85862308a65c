namespace R3X.FxHost.Presets.Diagnostics;

/// <summary>One thing that is wrong with a preset, with host.yaml or with a <c>--set</c>, and how to put it right.</summary>
/// <param name="Severity">What it costs.</param>
/// <param name="File">The file's name as the reader was given it, or <c>--set</c>.</param>
/// <param name="Line">The line, from 1; 0 when the place has no lines (<c>--set</c>, a missing file).</param>
/// <param name="Column">The first offending character in <paramref name="SourceLine"/>, in UTF-16 units from 1, as editors count.</param>
/// <param name="Length">How many UTF-16 units of the line are meant, at least 1.</param>
/// <param name="Message">What is wrong: a sentence; further lines are indented by three spaces.</param>
/// <param name="Fix">The one thing to do, a sentence.</param>
/// <param name="SourceLine">The offending line without its line break; null when there is none to show.</param>
public sealed record PresetDiagnostic(
    DiagnosticSeverity Severity,
    string File,
    int Line,
    int Column,
    int Length,
    string Message,
    string Fix,
    string? SourceLine)
{
    /// <summary>What kind of mistake it is.</summary>
    public DiagnosticRule Rule { get; init; } = DiagnosticRule.Structure;

    /// <summary>The diagnostic as people read it; see <see cref="DiagnosticText"/>.</summary>
    public override string ToString() => DiagnosticText.Format(this);
}
