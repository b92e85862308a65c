using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>A preset's text, its tree, and the hand it is written in. Immutable.</summary>
internal sealed class EditableText
{
    private const int UsualDepth = 2;

    private EditableText(SourceText source, YamlMapping root)
    {
        Source = source;
        Root = root;
    }

    public SourceText Source { get; }

    public string Text => Source.Text;

    public YamlMapping Root { get; }

    /// <summary>Whether a blank line stands between the outermost keys.</summary>
    public bool IsAiry => Root.Entries.Skip(1).Any(entry => LineOf(entry.Key) is > 1 and var line && IsBlank(line - 1));

    /// <summary>How much deeper the settings of a step stand than its name.</summary>
    public int Depth
    {
        get
        {
            IEnumerable<YamlEntry> steps = WrittenStep.All(this).Where(step => step.Body is YamlMapping).Select(
                step => new YamlEntry(step.Name, step.Body!));
            IEnumerable<YamlEntry> groups = Root.Entries.Where(entry => entry.Value is YamlMapping);
            foreach (YamlEntry outer in steps.Concat(groups))
            {
                if (outer.Value is YamlMapping { IsFlow: false, Entries.Count: > 0 } inner
                    && ColumnOf(inner.Entries[0].Key) > ColumnOf(outer.Key))
                    return ColumnOf(inner.Entries[0].Key) - ColumnOf(outer.Key);
            }

            return UsualDepth;
        }
    }

    /// <summary>Reads a text; null when it is not whole or holds no names with values.</summary>
    public static EditableText? Read(string text, string name)
    {
        var source = new SourceText(name, text);
        YamlDocument document = YamlReader.Read(source, new DiagnosticBag(source));
        return document is { IsComplete: true, Root: YamlMapping root } ? new EditableText(source, root) : null;
    }

    public YamlNode? Find(string key) => Root.Entries.FirstOrDefault(entry => entry.Key.Text == key)?.Value;

    /// <summary>How far in a piece stands on its line, from 0.</summary>
    public int ColumnOf(YamlNode node) => StartOf(node) - Source.StartOf(LineOf(node));

    /// <summary>The line on which a piece begins, from 1.</summary>
    public int LineOf(YamlNode node) => Source.LineAt(StartOf(node));

    /// <summary>What is written, the line breaks that end a text block left out.</summary>
    public Range Written(YamlNode node) =>
        node.Extent.Start..(node.Extent.Start.Value + Text[node.Extent].TrimEnd('\r', '\n', ' ').Length);

    /// <summary>New lines below the line on which a piece ends, and below the notes that follow it.</summary>
    /// <param name="column">How far in a note stands at least that belongs to it.</param>
    public TextPatch LinesBelow(YamlNode node, int column, params ReadOnlySpan<string> lines)
    {
        int line = Source.LineAt(Math.Max(StartOf(node), Written(node).End.Value));
        string newLine = NewLineAt(line);
        while (line < Source.LineCount && IsNote(line + 1, column))
            line++;
        return TextPatch.Insert(Source.EndOf(line), newLine + string.Join(newLine, lines.ToArray()));
    }

    /// <summary>The break that ends a line, or the file's first where it has none.</summary>
    public string NewLineAt(int line)
    {
        foreach (int candidate in (int[])[line, 1])
        {
            if (candidate < Source.LineCount)
                return Text[Source.EndOf(candidate)..Source.StartOf(candidate + 1)] is { Length: <= 2 } one
                    && one != "\n\n" ? one : "\n";
        }

        return "\n";
    }

    /// <summary>Whether nothing stands on a line.</summary>
    public bool IsBlank(int line) => Source.Line(line).AsSpan().Trim().IsEmpty;

    private bool IsNote(int line, int column)
    {
        string text = Source.Line(line);
        int first = text.Length - text.TrimStart(' ').Length;
        return first >= column && first < text.Length && text[first] == '#';
    }

    private static int StartOf(YamlNode node) => node.Extent.Start.Value;
}
