using System.Collections.Generic;
using System.Globalization;
using System.IO;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace R3X.FxHost.Presets.Yaml;

/// <summary>Builds the tree of one text from the parser's events, and collects what the language does not have.</summary>
internal sealed class YamlTree(SourceText source, ParsableText text)
{
    /// <summary>How deep a file may nest.</summary>
    public const int MaximumDepth = 64;

    private readonly Parser _parser = new(new StringReader(text.Text));

    /// <summary>What was wrong although it could be read.</summary>
    public List<(SourceSpan At, Complaint Complaint)> Complaints { get; } = [];

    /// <summary>Whether reading ended because the text nests too deep; that is among the complaints.</summary>
    public bool IsTooDeep { get; private set; }

    /// <summary>Reads the whole text.</summary>
    /// <returns>The tree, or null when the text holds nothing.</returns>
    /// <exception cref="System.Exception">The parser gave up (it throws more than its own exceptions), or the text is too deep.</exception>
    public YamlNode? Read()
    {
        Next();
        Next();
        if (_parser.Current is not DocumentStart)
            return null;
        Next();
        YamlNode root = ReadNode(1);
        Next();
        Next();
        if (_parser.Current is DocumentStart second)
        {
            Complain(
                source.Span(Origin(second.Start), Origin(second.Start) + 3),
                "A second document begins here; a file holds one.",
                "Move what follows into a file of its own, or remove this line.");
        }

        return root;
    }

    private void Next()
    {
        if (!_parser.MoveNext())
            throw new InvalidDataException("The text ended early.");
    }

    private YamlNode ReadNode(int depth)
    {
        ParsingEvent now = _parser.Current!;
        if (now is NodeEvent node)
            RefuseAnchorAndTag(node);
        SourceSpan span = SpanOf(now);
        switch (now)
        {
            case Scalar scalar:
                return new YamlScalar(span, scalar.Value, scalar.Style != ScalarStyle.Plain);
            case SequenceStart or MappingStart when depth >= MaximumDepth:
                Complain(
                    span,
                    string.Create(CultureInfo.InvariantCulture, $"The file nests more than {MaximumDepth} levels deep."),
                    "Take out the inner levels; a preset needs four.");
                // The parser's time grows with the square of the depth: a hostile file would take minutes to skip.
                IsTooDeep = true;
                throw new InvalidDataException("The text nests too deep.");
            case SequenceStart:
                return ReadSequence(span, depth);
            case MappingStart mapping:
                return ReadMapping(span, mapping.Style == MappingStyle.Flow, depth);
            default:
                Complain(
                    span,
                    $"{Complaint.Quote(source.Text.Substring(source.StartOf(span.Line) + span.Column - 1, span.Length))} repeats another part of the file; presets have no such repeats.",
                    "Write the values out.");
                return new YamlBroken(span);
        }
    }

    private YamlSequence ReadSequence(SourceSpan span, int depth)
    {
        List<YamlNode> items = [];
        for (Next(); _parser.Current is not SequenceEnd; Next())
            items.Add(ReadNode(depth + 1));
        return new YamlSequence(span, items);
    }

    private YamlMapping ReadMapping(SourceSpan span, bool isFlow, int depth)
    {
        List<YamlEntry> entries = [];
        Dictionary<string, YamlScalar> seen = [];
        for (Next(); _parser.Current is not MappingEnd; Next())
        {
            YamlNode key = ReadNode(depth + 1);
            Next();
            YamlNode value = ReadNode(depth + 1);
            if (key is not YamlScalar name)
            {
                if (key is not YamlBroken)
                    Complain(key.Span, "A name in front of a colon must be plain words.", "Take the brackets away.");
                continue;
            }

            entries.Add(new YamlEntry(name, value));
            if (!seen.TryAdd(name.Text, name))
            {
                Complain(
                    name.Span,
                    string.Create(CultureInfo.InvariantCulture, $"{Complaint.Quote(name.Text)} stands here twice; the first is in line {seen[name.Text].Span.Line}."),
                    "Remove one of the two.");
            }
        }

        return new YamlMapping(span, entries, isFlow);
    }

    private void RefuseAnchorAndTag(NodeEvent node)
    {
        int start = Origin(node.Start);
        if (!node.Anchor.IsEmpty)
        {
            string anchor = node.Anchor.Value;
            Complain(
                source.SpanAt(start, anchor.Length + 1),
                $"{Complaint.Quote("&" + anchor)} marks a part of the file to repeat it; presets have no such repeats.",
                "Remove it, and write the values out where they are needed.");
        }

        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific)
            Complain(source.SpanAt(start), "\"!\" in front of a value says what type it is; presets have no types.", "Remove the word with the \"!\".");
    }

    private SourceSpan SpanOf(ParsingEvent now)
    {
        int start = Origin(now.Start);
        return now is MappingStart or SequenceStart ? source.SpanAt(start) : source.Span(start, Origin(now.End));
    }

    private int Origin(in Mark mark) => text.OriginOf(mark.Index);

    private void Complain(SourceSpan at, string message, string fix) => Complaints.Add((at, new Complaint(message, fix)));
}
