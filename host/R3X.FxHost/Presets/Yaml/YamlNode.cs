using System;
using System.Collections.Generic;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;

namespace R3X.FxHost.Presets.Yaml;

/// <summary>A piece of a YAML text and where it stands. Immutable once read.</summary>
internal abstract class YamlNode(SourceSpan span)
{
    public SourceSpan Span { get; } = span;

    /// <summary>
    /// All of what is written, over as many lines as it takes, as indices into <see cref="SourceText.Text"/>: brackets
    /// and quotes included, comments behind it not. Empty where nothing is written.
    /// </summary>
    public Range Extent { get; init; }

    /// <summary>What it is, for messages.</summary>
    public string Kind => this switch
    {
        YamlSequence => "a list",
        YamlMapping => "a group of names and values",
        _ => "a text",
    };
}

/// <summary>A word, a number or a text, as written; nothing is converted.</summary>
internal sealed class YamlScalar(SourceSpan span, string text, bool isQuoted) : YamlNode(span)
{
    public string Text { get; } = text;

    /// <summary>Whether it stood in quotes or in a text block.</summary>
    public bool IsQuoted { get; } = isQuoted;

    public bool IsEmpty => Text.Length == 0 && !IsQuoted;

    /// <summary>Where what is wrong with the value stands in the file.</summary>
    public SourceSpan PlaceOf(ValueReading wrong, YamlScalar? behindComma = null)
    {
        SourceSpan? behind = behindComma?.Span;
        bool isApart = behind is { } tail && (tail.Line != Span.Line || tail.Column != Span.Column + Span.Length + 1);
        // Where the text begins inside what is written; escapes and line breaks make the two differ.
        int? shift = (Span.Length - Text.Length) switch { 0 => 0, 2 => 1, _ => null };
        if (wrong.Length > 0 && !isApart && shift is { } quote)
            return new SourceSpan(Span.Line, Span.Column + quote + wrong.At, wrong.Length);
        return behind is { } end && end.Line == Span.Line
            ? Span with { Length = end.Column + end.Length - Span.Column }
            : Span;
    }
}

/// <summary>A list.</summary>
internal sealed class YamlSequence(SourceSpan span, IReadOnlyList<YamlNode> items) : YamlNode(span)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;
}

/// <summary>Keys with values, in the order written, keys written twice included.</summary>
internal sealed class YamlMapping(SourceSpan span, IReadOnlyList<YamlEntry> entries, bool isFlow) : YamlNode(span)
{
    public IReadOnlyList<YamlEntry> Entries { get; } = entries;

    public bool IsFlow { get; } = isFlow;
}

/// <summary>Something that was already reported and stands for whatever it should have been.</summary>
internal sealed class YamlBroken(SourceSpan span) : YamlNode(span);

/// <summary>One key and its value.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);
