using System.Globalization;
using System.IO;
using R3X.FxHost.Presets.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace R3X.FxHost.Presets.Yaml;

/// <summary>
/// The tokens of a text, one at a time, with their places. They come from YamlDotNet's scanner: its parser, one layer
/// up, compiles a regular expression when it starts, which costs more than all the rest of reading a preset.
/// </summary>
internal sealed class YamlTokens(SourceText source, ParsableText text)
{
    private readonly Scanner _scanner = new(new StringReader(text.Text));

    public Token Current { get; private set; } = new StreamStart();

    /// <summary>Behind the last token that was left; what is missing is missing there.</summary>
    public SourceSpan Behind { get; private set; } = SourceSpan.Beginning;

    /// <summary>The index of the current token's first character in the source.</summary>
    public int Start => text.OriginOf(Current.Start.Index);

    /// <summary>The index behind the last token that was left.</summary>
    public int BehindIndex { get; private set; }

    /// <exception cref="YamlException">The text cannot be cut into tokens here.</exception>
    public void Next()
    {
        Behind = source.SpanAt(text.OriginOf(Current.End.Index), 0);
        // A closing bracket ends where it begins, for the scanner.
        BehindIndex = text.OriginOf(Current.End.Index + (Current is FlowMappingEnd or FlowSequenceEnd ? 1 : 0));
        if (!_scanner.MoveNext())
            throw Unexpected("the end");
        Current = _scanner.Current!;
        if (Current is Error error)
            throw new SyntaxErrorException(error.Start, error.End, error.Value);
    }

    /// <summary>The place of the current token; of its first character when it opens something.</summary>
    public SourceSpan Span()
    {
        int start = Start;
        return Current is Scalar or AnchorAlias or Anchor or Tag
            ? source.Span(start, text.OriginOf(Current.End.Index)) : source.SpanAt(start);
    }

    /// <summary>What is written in a span.</summary>
    public string Written(SourceSpan span) =>
        source.Text.Substring(source.StartOf(span.Line) + span.Column - 1, span.Length);

    /// <summary>What to throw when a token stands where it cannot.</summary>
    public SemanticErrorException Unexpected(string expected) =>
        new(Current.Start, Current.End, string.Create(CultureInfo.InvariantCulture, $"expected {expected}"));
}
