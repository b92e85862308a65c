using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>
/// The steps of <c>chain:</c> or <c>add:</c> as blocks of text, each with the notes that belong to it: those right
/// above it, and those below it that stand further in than its dash. What stands between two blocks keeps its place
/// when blocks are moved.
/// </summary>
internal sealed class StepBlocks
{
    private readonly EditableText _text;
    private readonly YamlEntry _section;
    private readonly List<(string Name, Range Where)> _blocks;
    private readonly bool _isFlow;

    private StepBlocks(EditableText text, YamlEntry section, List<(string, Range)> blocks, bool isFlow) =>
        (_text, _section, _blocks, _isFlow) = (text, section, blocks, isFlow);

    public int Count => _blocks.Count;

    /// <summary>The blocks of a list; null where there is none, or where blocks do not begin with a dash in front of
    /// the name.</summary>
    public static StepBlocks? Of(EditableText text, string section)
    {
        if (text.Root.Entries.FirstOrDefault(entry => entry.Key.Text == section) is not
            { Value: YamlSequence list } found)
            return null;
        bool isFlow = text.Text[list.Extent].StartsWith('[');
        YamlScalar?[] names = [.. list.Items.Select(NameOf)];
        if (names.Contains(null))
            return null;
        List<(string, Range)> blocks = isFlow
            ? [.. list.Items.Select((item, i) => (names[i]!.Text, names[i]!.Extent.Start.Value..EndOf(text, item)))]
            : BlocksBelow(text, found, list, names!);
        return blocks.Count == list.Items.Count ? new StepBlocks(text, found, blocks, isFlow) : null;
    }

    public int IndexOf(string name) => _blocks.FindIndex(block => block.Name == name);

    /// <summary>The block of one place at another.</summary>
    public TextPatch Move(int from, int to)
    {
        List<string> blocks = [.. _blocks.Select(block => _text.Text[block.Where])];
        string moved = blocks[from];
        blocks.RemoveAt(from);
        blocks.Insert(to, moved);
        string text = string.Concat(blocks.Select((block, i) => i == 0 ? block : Between(i - 1) + block));
        return new TextPatch(_blocks[0].Where.Start.._blocks[^1].Where.End, text);
    }

    /// <summary>A new block in front of the one at a place, or behind the last.</summary>
    /// <param name="lines">Its lines, the first without its dash, all without what they are indented by.</param>
    /// <param name="inBrackets">The same in one line.</param>
    public TextPatch Insert(int at, IReadOnlyList<string> lines, string inBrackets)
    {
        if (Count == 0)
            return InsertFirst(lines);
        (_, Range neighbour) = _blocks[Math.Min(at, Count - 1)];
        bool isLast = at == Count;
        if (_isFlow)
            return isLast ? TextPatch.Insert(neighbour.End.Value, ", " + inBrackets)
                : TextPatch.Insert(neighbour.Start.Value, inBrackets + ", ");
        int column = _text.ColumnOf(NameOf(((YamlSequence)_section.Value).Items[0])!) - 2;
        string newLine = _text.NewLineAt(LineOf(neighbour.Start));
        string between = newLine;
        if (Enumerable.Range(1, Count - 1).Any(i => _text.IsBlank(LineOf(_blocks[i].Where.Start) - 1)))
            between += newLine;
        string block = InLines(lines, column, newLine);
        return isLast ? TextPatch.Insert(neighbour.End.Value, between + block)
            : TextPatch.Insert(neighbour.Start.Value, block + between);
    }

    /// <summary>Without the block at a place; an empty list stays where it was the only one of a chain.</summary>
    public IReadOnlyList<TextPatch> Remove(int at)
    {
        (_, Range block) = _blocks[at];
        if (Count == 1)
            return _section.Key.Text == "add" ? [RemovePatch.Of(_text, _text.Root, _section, keepsNotes: false)]
                : _isFlow ? [new TextPatch(_section.Value.Extent, "[]")]
                : [TextPatch.Insert(_text.Text.IndexOf(':', _section.Key.Extent.End.Value) + 1, " []"),
                    RemovePatch.Lines(_text, block)];
        if (at + 1 < Count && IsPlain(at))
            return [new TextPatch(block.Start.._blocks[at + 1].Where.Start, "")];
        if (at > 0 && IsPlain(at - 1))
            return [new TextPatch(_blocks[at - 1].Where.End..block.End, "")];
        return _isFlow ? [] : [RemovePatch.Lines(_text, block)];
    }

    private TextPatch InsertFirst(IReadOnlyList<string> lines)
    {
        int colon = _text.Text.IndexOf(':', _section.Key.Extent.End.Value);
        string newLine = _text.NewLineAt(_text.LineOf(_section.Key));
        int column = _text.ColumnOf(_section.Key) + _text.Depth;
        return new TextPatch((colon + 1).._section.Value.Extent.End, newLine + InLines(lines, column, newLine));
    }

    private static string InLines(IReadOnlyList<string> lines, int column, string newLine) => string.Join(
        newLine, lines.Select((line, i) => new string(' ', column) + (i == 0 ? "- " : "  ") + line));

    private string Between(int index) => _text.Text[_blocks[index].Where.End.._blocks[index + 1].Where.Start];

    private int LineOf(Index index) => _text.Source.LineAt(index.Value);

    private bool IsPlain(int index) => !Between(index).Contains('#', StringComparison.Ordinal);

    private static YamlScalar? NameOf(YamlNode item) => item switch
    {
        YamlScalar { IsEmpty: false } name => name,
        YamlMapping { Entries.Count: 1 } step => step.Entries[0].Key,
        _ => null,
    };

    private static int EndOf(EditableText text, YamlNode item) => item is YamlMapping step
        ? Math.Max(text.Written(step.Entries[0].Value).End.Value,
            text.Text.IndexOf(':', step.Entries[0].Key.Extent.End.Value) + 1)
        : item.Extent.End.Value;

    private static List<(string Name, Range Where)> BlocksBelow(
        EditableText text, YamlEntry section, YamlSequence list, YamlScalar[] names)
    {
        List<(string, Range)> blocks = [];
        int above = text.LineOf(section.Key);
        for (int i = 0; i < list.Items.Count; i++)
        {
            int first = text.LineOf(names[i]);
            int column = text.Source.Line(first).IndexOf('-', StringComparison.Ordinal);
            int lineStart = text.Source.StartOf(first);
            if (first <= above || text.Text[lineStart..names[i].Extent.Start.Value].Trim() != "-")
                break;
            int last = text.Source.LineAt(EndOf(text, list.Items[i]));
            int next = i + 1 < names.Length ? text.LineOf(names[i + 1]) : text.Source.LineCount + 1;
            while (first - 1 > above && ColumnOfNote(text, first - 1) >= 0)
                first--;
            int end = last;
            for (int line = last + 1; line < next; line++)
            {
                int note = ColumnOfNote(text, line);
                if (note > column)
                    end = line;
                else if (note >= 0 || !string.IsNullOrWhiteSpace(text.Source.Line(line)))
                    break;
            }

            blocks.Add((names[i].Text, text.Source.StartOf(first)..text.Source.EndOf(end)));
            above = end;
        }

        return blocks;
    }

    // How far in a line's note stands; -1 where the line is none.
    private static int ColumnOfNote(EditableText text, int line)
    {
        string written = text.Source.Line(line);
        int first = written.Length - written.TrimStart(' ').Length;
        return first < written.Length && written[first] == '#' ? first : -1;
    }
}
