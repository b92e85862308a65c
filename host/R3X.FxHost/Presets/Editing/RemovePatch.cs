using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>Patches that take something away, the notes (comments) of its author not.</summary>
internal static class RemovePatch
{
    /// <summary>Without a name and its value.</summary>
    /// <param name="group">The group it stands in, which may be empty then.</param>
    /// <param name="keepsNotes">Whether notes behind it and in it stay, each on a line of its own.</param>
    public static TextPatch Of(EditableText text, YamlMapping group, YamlEntry entry, bool keepsNotes = true)
    {
        int end = EndOf(text, entry);
        if (group.IsFlow)
        {
            int at = group.Entries.ToList().IndexOf(entry);
            return at + 1 < group.Entries.Count
                ? new TextPatch(entry.Key.Extent.Start..group.Entries[at + 1].Key.Extent.Start, "")
                : new TextPatch((at == 0 ? entry.Key.Extent.Start.Value : EndOf(text, group.Entries[at - 1]))..end, "");
        }

        int first = text.LineOf(entry.Key), last = text.Source.LineAt(end);
        Range written = text.Source.StartOf(first)..text.Source.EndOf(last);
        List<string> notes = keepsNotes ? NotesIn(text, written, entry) : [];
        if (notes.Count > 0)
        {
            string indent = new(' ', text.ColumnOf(entry.Key));
            return new TextPatch(written, string.Join(text.NewLineAt(first), notes.Select(note => indent + note)));
        }

        bool isGroup = group == text.Root && last > first;
        if (first > 1 && group == text.Root && text.IsBlank(first - 1)
            && (isGroup || last == text.Source.LineCount || text.IsBlank(last + 1)))
            written = text.Source.StartOf(first - 1)..written.End;
        return Lines(text, written);
    }

    /// <summary>Without whole lines, their line breaks included.</summary>
    /// <param name="lines">From the beginning of the first to the end of the last.</param>
    public static TextPatch Lines(EditableText text, Range lines)
    {
        int first = text.Source.LineAt(lines.Start.Value), last = text.Source.LineAt(lines.End.Value);
        return last < text.Source.LineCount ? new TextPatch(lines.Start..text.Source.StartOf(last + 1), "")
            : first > 1 ? new TextPatch(text.Source.EndOf(first - 1)..lines.End, "")
            : new TextPatch(lines, "");
    }

    /// <summary>Without a setting of a step, and without what would be empty then: the step's colon, the step where it
    /// is a parent's, and <c>change:</c>.</summary>
    public static IReadOnlyList<TextPatch> Setting(EditableText text, WrittenStep step, YamlEntry setting)
    {
        var settings = (YamlMapping)step.Body!;
        if (settings.Entries.Count > 1)
            return [Of(text, settings, setting)];
        if (step.Section == "change")
            return [Change(text, step)];
        int name = step.Name.Extent.End.Value;
        return settings.IsFlow
            ? [new TextPatch(name..settings.Extent.End, "")]
            : [new TextPatch(name..(text.Text.IndexOf(':', name) + 1), ""), Of(text, settings, setting)];
    }

    /// <summary>Without a step under <c>change:</c>.</summary>
    public static TextPatch Change(EditableText text, WrittenStep step)
    {
        YamlEntry section = text.Root.Entries.First(entry => entry.Key.Text == step.Section);
        var steps = (YamlMapping)section.Value;
        return steps.Entries.Count == 1
            ? Of(text, text.Root, section)
            : Of(text, steps, steps.Entries.First(entry => entry.Key == step.Name));
    }

    private static int EndOf(EditableText text, YamlEntry entry) => Math.Max(
        text.Written(entry.Value).End.Value, text.Text.IndexOf(':', entry.Key.Extent.End.Value) + 1);

    // What is neither a name nor a value and begins with "#".
    private static List<string> NotesIn(EditableText text, Range where, YamlEntry entry)
    {
        (int start, int length) = where.GetOffsetAndLength(text.Text.Length);
        char[] rest = text.Text.AsSpan(start, length).ToArray();
        foreach (YamlScalar scalar in ScalarsOf(entry.Value).Prepend(entry.Key))
        {
            (int at, int count) = text.Written(scalar).GetOffsetAndLength(text.Text.Length);
            foreach (ref char c in rest.AsSpan(at - start, count))
                c = 'x';
        }

        List<string> notes = [];
        for (int line = text.Source.LineAt(start); line <= text.Source.LineAt(start + length); line++)
        {
            int from = text.Source.StartOf(line), end = text.Source.EndOf(line);
            int note = rest.AsSpan(from - start, end - from).IndexOf('#');
            if (note >= 0)
                notes.Add(text.Text[(from + note)..end].TrimEnd());
        }

        return notes;
    }

    private static IEnumerable<YamlScalar> ScalarsOf(YamlNode node) => node switch
    {
        YamlScalar scalar => [scalar],
        YamlMapping group => group.Entries.SelectMany(entry => ScalarsOf(entry.Value).Prepend(entry.Key)),
        YamlSequence list => list.Items.SelectMany(ScalarsOf),
        _ => [],
    };
}
