using System.Collections.Generic;
using System.Globalization;
using System.IO;
using R3X.FxHost.Presets.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace R3X.FxHost.Presets.Yaml;

/// <summary>
/// Builds the tree of one text from its tokens (YAML 1.2, chapters 7 and 8), and collects what the language of presets
/// does not have: repeats, types, further documents.
/// </summary>
internal sealed class YamlTree(SourceText source, ParsableText text)
{
    public const int MaximumDepth = 64;

    private readonly YamlTokens _tokens = new(source, text);

    /// <summary>What was wrong although it could be read.</summary>
    public List<SyntaxMistake> Mistakes { get; } = [];

    /// <summary>Whether reading ended because the text nests too deep; that is among the diagnostics.</summary>
    public bool IsTooDeep { get; private set; }

    /// <returns>The tree, or null when the text holds nothing.</returns>
    /// <exception cref="System.Exception">The text cannot be read on (the scanner throws more than its own exceptions),
    /// or is too deep.</exception>
    public YamlNode? Read()
    {
        _tokens.Next();
        _tokens.Next();
        while (_tokens.Current is VersionDirective or TagDirective or DocumentEnd)
            _tokens.Next();
        if (_tokens.Current is DocumentStart)
            _tokens.Next();
        YamlNode? root = _tokens.Current is DocumentStart or DocumentEnd or StreamEnd ? null : ReadNode(1, false);
        SourceSpan second = _tokens.Span();
        bool isOver = _tokens.Current is DocumentStart or DocumentEnd or StreamEnd;
        while (_tokens.Current is DocumentEnd)
            _tokens.Next();
        if (_tokens.Current is StreamEnd)
            return root;
        if (!isOver)
            throw _tokens.Unexpected("the end of the file");
        Report(second with { Length = 3 }, "A second document begins here; a file holds one.",
            "Move what follows into a file of its own, or remove this line.");
        return root;
    }

    // Outside of brackets a list below a name may stand as far out as the name itself: isBelowName.
    private YamlNode ReadNode(int depth, bool isBelowName)
    {
        bool refused = false;
        while (_tokens.Current is Anchor or Tag)
        {
            RefuseProperty();
            refused = true;
        }

        SourceSpan span = _tokens.Span();
        int start = _tokens.Start;
        switch (_tokens.Current)
        {
            case Scalar scalar:
                _tokens.Next();
                return new YamlScalar(span, Composed.Of(scalar.Value), scalar.Style != ScalarStyle.Plain)
                {
                    Extent = start.._tokens.BehindIndex,
                };
            case AnchorAlias:
                Report(span, $"{Diagnostic.Quote(_tokens.Written(span))} repeats another part of the file; presets "
                    + $"have no such repeats.", "Write the values out.");
                _tokens.Next();
                return new YamlBroken(span);
            case BlockSequenceStart
                or BlockMappingStart or FlowSequenceStart or FlowMappingStart or BlockEntry when depth >= MaximumDepth:
                Report(span, string.Create(CultureInfo.InvariantCulture, $"The file nests more than {MaximumDepth} "
                    + $"levels deep."), "Take out the inner levels; a preset needs four.");
                IsTooDeep = true;
                // The scanner's time grows with the square of the depth: a hostile file would take minutes to skip.
                throw new InvalidDataException("The text nests too deep.");
            case BlockSequenceStart:
                _tokens.Next();
                YamlSequence list = ReadBlockSequence(span, depth);
                EndBlock("a dash");
                return list;
            case BlockEntry when isBelowName:
                return ReadBlockSequence(span, depth);
            case BlockMappingStart:
                return ReadBlockMapping(span, depth);
            case FlowSequenceStart:
                return ReadFlowSequence(span, depth);
            case FlowMappingStart:
                return ReadFlowMapping(span, depth);
            default:
                return refused ? new YamlBroken(span) : throw _tokens.Unexpected("a value");
        }
    }

    private YamlSequence ReadBlockSequence(SourceSpan span, int depth)
    {
        List<YamlNode> items = [];
        int start = _tokens.Start;
        while (_tokens.Current is BlockEntry)
        {
            _tokens.Next();
            items.Add(
                _tokens.Current is BlockEntry or Key or Value or BlockEnd ? Nothing() : ReadNode(depth + 1, false));
        }

        return new YamlSequence(span, items) { Extent = start..(items.Count > 0 ? items[^1].Extent.End : start) };
    }

    private YamlMapping ReadBlockMapping(SourceSpan span, int depth)
    {
        var entries = new YamlEntries(Mistakes);
        int start = _tokens.Start;
        _tokens.Next();
        while (_tokens.Current is Key or Value)
        {
            YamlNode key = Nothing();
            if (_tokens.Current is Key)
            {
                _tokens.Next();
                key = _tokens.Current is Key or Value or BlockEnd ? Nothing() : ReadNode(depth + 1, false);
            }

            entries.Add(key, ReadValue(depth, isInBrackets: false));
        }

        EndBlock("a name with a colon");
        IReadOnlyList<YamlEntry> list = entries.ToList();
        return new YamlMapping(span, list,
            isFlow: false) { Extent = start..(list.Count > 0 ? list[^1].Value.Extent.End : start) };
    }

    private YamlNode ReadValue(int depth, bool isInBrackets)
    {
        if (_tokens.Current is not Value)
            return Nothing();
        _tokens.Next();
        return _tokens.Current is Key or Value or BlockEnd or FlowEntry or FlowMappingEnd or FlowSequenceEnd
            ? Nothing() : ReadNode(depth + 1, isBelowName: !isInBrackets);
    }

    private YamlSequence ReadFlowSequence(SourceSpan span, int depth)
    {
        List<YamlNode> items = [];
        int first = _tokens.Start;
        _tokens.Next();
        while (_tokens.Current is not FlowSequenceEnd)
        {
            SourceSpan start = _tokens.Span();
            int from = _tokens.Start;
            if (_tokens.Current is Key)
            {
                var pair = new YamlEntries(Mistakes);
                ReadFlowEntry(pair, depth + 1);
                items.Add(new YamlMapping(start, pair.ToList(), isFlow: true) { Extent = from.._tokens.BehindIndex });
            }
            else
            {
                items.Add(ReadNode(depth + 1, false));
            }

            PassComma(_tokens.Current is FlowSequenceEnd);
        }

        _tokens.Next();
        return new YamlSequence(span, items) { Extent = first.._tokens.BehindIndex };
    }

    private YamlMapping ReadFlowMapping(SourceSpan span, int depth)
    {
        var entries = new YamlEntries(Mistakes);
        int start = _tokens.Start;
        _tokens.Next();
        while (_tokens.Current is not FlowMappingEnd)
        {
            ReadFlowEntry(entries, depth);
            PassComma(_tokens.Current is FlowMappingEnd);
        }

        _tokens.Next();
        return new YamlMapping(span, entries.ToList(), isFlow: true) { Extent = start.._tokens.BehindIndex };
    }

    private void ReadFlowEntry(YamlEntries entries, int depth)
    {
        if (_tokens.Current is Key)
            _tokens.Next();
        YamlNode key = _tokens.Current is Value ? Nothing() : ReadNode(depth + 1, false);
        entries.Add(key, ReadValue(depth, isInBrackets: true));
    }

    private void PassComma(bool isEnd)
    {
        if (isEnd)
            return;
        if (_tokens.Current is not FlowEntry)
            throw _tokens.Unexpected("a comma or the closing bracket");
        _tokens.Next();
    }

    private void EndBlock(string expected)
    {
        if (_tokens.Current is not BlockEnd)
            throw _tokens.Unexpected(expected);
        _tokens.Next();
    }

    private YamlScalar Nothing() =>
        new(_tokens.Behind, "", isQuoted: false) { Extent = _tokens.BehindIndex.._tokens.BehindIndex };

    private void RefuseProperty()
    {
        SourceSpan span = _tokens.Span();
        string written = Diagnostic.Quote(_tokens.Written(span));
        if (_tokens.Current is Anchor)
            Report(span, $"{written} marks a part of the file to repeat it; presets have no such repeats.",
                "Remove it, and write the values out where they are needed.");
        else
            Report(span, $"{written} says what type a value is; presets have no types.", "Remove it.");
        _tokens.Next();
    }

    private void Report(SourceSpan at, string message, string fix) =>
        Mistakes.Add(new SyntaxMistake(at, new Diagnostic(message, fix)));
}

/// <summary>Collects the entries of one mapping; a name that stands twice is complained about and kept.</summary>
internal sealed class YamlEntries(List<SyntaxMistake> diagnostics)
{
    private readonly List<YamlEntry> _entries = [];
    private readonly Dictionary<string, YamlScalar> _seen = [];

    public void Add(YamlNode key, YamlNode value)
    {
        if (key is YamlScalar name)
        {
            _entries.Add(new YamlEntry(name, value));
            if (_seen.TryAdd(name.Text, name))
                return;
            string message = string.Create(CultureInfo.InvariantCulture,
                $"{Diagnostic.Quote(name.Text)} stands here twice; the first is in line {_seen[name.Text].Span.Line}.");
            diagnostics.Add(new SyntaxMistake(name.Span, new Diagnostic(message, "Remove one of the two.")));
        }
        else if (key is not YamlBroken)
        {
            diagnostics.Add(new SyntaxMistake(key.Span,
                new Diagnostic("A name in front of a colon must be plain words.", "Take the brackets away.")));
        }
    }

    public IReadOnlyList<YamlEntry> ToList() => _entries;
}
