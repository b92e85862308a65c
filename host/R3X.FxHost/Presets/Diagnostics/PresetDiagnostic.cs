using System;
using System.Collections.Generic;

namespace R3X.FxHost.Presets.Diagnostics;

/// <summary>One thing that is wrong with a preset, with host.yaml or with a <c>--set</c>, and how to put it
/// right.</summary>
/// <param name="Severity">What it costs.</param>
/// <param name="File">The file's name as the reader was given it, or <c>--set</c>.</param>
/// <param name="Line">The line, from 1; 0 when the place has no lines (<c>--set</c>, a missing file).</param>
/// <param name="Column">The first offending character in <paramref name="SourceLine"/>, in UTF-16 units from 1, as
/// editors count.</param>
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

    /// <summary>What takes the place of the offending text (<see cref="Line"/>, <see cref="Column"/>,
    /// <see cref="Length"/>) to put it right; null where there is no one such text.</summary>
    public string? Replacement { get; init; }

    /// <summary>The text put right with <see cref="Replacement"/>.</summary>
    /// <param name="text">The text that the diagnostic is about.</param>
    /// <returns>Null where there is no replacement, or the text is another by now.</returns>
    public string? Correct(string text)
    {
        var source = new SourceText(File, text);
        if (Replacement is null || Line < 1 || Line > source.LineCount
            || (SourceLine is not null && source.Line(Line) != SourceLine)
            || Column - 1 + Length > source.Line(Line).Length + 1)
            return null;
        int start = source.StartOf(Line) + Column - 1;
        int end = Math.Min(start + Length, source.EndOf(Line));
        return string.Concat(source.Text.AsSpan(0, start), Replacement, source.Text.AsSpan(end));
    }

    /// <summary>The diagnostic as people read it; see <see cref="DiagnosticText"/>.</summary>
    public override string ToString() => DiagnosticText.Format(this);
}

/// <summary>What a diagnostic costs.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The preset works; its author probably meant something else.</summary>
    Warning,

    /// <summary>The preset cannot be used as it stands.</summary>
    Error,
}

/// <summary>A kind of mistake, for programs that sort, count or silence them. Ids do not change.</summary>
/// <param name="Id">Its stable id, in kebab-case.</param>
/// <param name="About">What is wrong, a sentence.</param>
/// <param name="Severity">What it costs, mostly.</param>
public sealed record DiagnosticRule(string Id, string About, DiagnosticSeverity Severity = DiagnosticSeverity.Error)
{
    /// <summary>The file is not there, or may not be read.</summary>
    public static DiagnosticRule File { get; } = new("file", "A file is missing or cannot be read.");

    /// <summary>The bytes are no UTF-8, or the text no YAML.</summary>
    public static DiagnosticRule Text { get; } = new(
        "text", "The text cannot be read: its encoding, brackets, quotes or indentation are wrong.");

    /// <summary>Something stands where it cannot.</summary>
    public static DiagnosticRule Structure { get; } = new(
        "structure", "Something is missing, or stands where it does not belong.");

    /// <summary>A name that nothing has.</summary>
    public static DiagnosticRule UnknownName { get; } = new(
        "unknown-name", "There is no key, step, setting or condition of this name.");

    /// <summary>A value that cannot be.</summary>
    public static DiagnosticRule Value { get; } = new("value",
        "A value is out of range, lacks its unit or has another one, or a sentence of movement is not complete.");

    /// <summary>A preset that cannot be extended.</summary>
    public static DiagnosticRule Parent { get; } = new(
        "parent", "The preset that is extended is missing or broken, or extends this one in a circle.");

    /// <summary>An effect that is not there.</summary>
    public static DiagnosticRule EffectNotInstalled { get; } = new(
        "effect-not-installed", "The effect is in none of the folders that were searched, or could not be loaded.");

    /// <summary>A limiter in the middle.</summary>
    public static DiagnosticRule LimiterNotLast { get; } = new("limiter-not-last",
        "Steps follow behind the limiter, so its ceiling does not hold.", DiagnosticSeverity.Warning);

    /// <summary>A chain that is late.</summary>
    public static DiagnosticRule Latency { get; } = new(
        "latency", "The chain delays the voice by more than 20 ms.", DiagnosticSeverity.Warning);

    /// <summary>A chain without a limiter.</summary>
    public static DiagnosticRule NoLimiter { get; } = new(
        "no-limiter", "The chain has no limiter, so peaks above full scale are cut off.", DiagnosticSeverity.Warning);

    /// <summary>All of them, in an order that does not change.</summary>
    public static IReadOnlyList<DiagnosticRule> All { get; } =
        [File, Text, Structure, UnknownName, Value, Parent, EffectNotInstalled, LimiterNotLast, Latency, NoLimiter];
}
