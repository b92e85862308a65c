using System;
using System.Collections.Generic;

namespace R3X.FxHost.Presets.Yaml;

/// <summary>A piece of a YAML text and where it stands. Immutable once read.</summary>
internal abstract class YamlNode(SourceSpan span)
{
    public SourceSpan Span { get; } = span;

    /// <summary>
    /// All of what is written, over as many lines as it takes, as indices into <see cref="SourceText.Text"/>: brackets and quotes
    /// included, comments behind it not. Empty where nothing is written.
    /// </summary>
    public Range Extent { get; init; }
}

/// <summary>A word, a number or a text, as written; nothing is converted.</summary>
internal sealed class YamlScalar(SourceSpan span, string text, bool isQuoted) : YamlNode(span)
{
    public string Text { get; } = text;

    /// <summary>Whether it stood in quotes or in a text block.</summary>
    public bool IsQuoted { get; } = isQuoted;

    /// <summary>Whether nothing was written at all.</summary>
    public bool IsEmpty => Text.Length == 0 && !IsQuoted;
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

    /// <summary>Whether it stood in braces.</summary>
    public bool IsFlow { get; } = isFlow;
}

/// <summary>Something that was already reported and stands for whatever it should have been.</summary>
internal sealed class YamlBroken(SourceSpan span) : YamlNode(span);

/// <summary>One key and its value.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);
