using System;
using System.Collections.Generic;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>Keeps the settings of a step that is switched off as notes (comments) where they stood, and makes them
/// settings again.</summary>
internal static class SettingsAsNotes
{
    private const string Mark = "# ";
    private const string Word = "bypass";

    /// <summary>Whether a step's settings stand so that they can be notes.</summary>
    public static bool CanKeep(EditableText text, WrittenStep step, YamlMapping settings) =>
        !settings.IsFlow
            || (!step.IsInBrackets && LineOf(text, step.Name.Extent.Start) == LineOf(text, settings.Extent.End));

    /// <summary>Switches the step off and makes its settings notes.</summary>
    public static IReadOnlyList<TextPatch> Keep(EditableText text, WrittenStep step, YamlMapping settings)
    {
        if (settings.IsFlow)
            return [TextPatch.Insert(settings.Extent.Start.Value, $"{Word} {Mark}")];
        int colon = text.Text.IndexOf(':', step.Name.Extent.End.Value);
        List<TextPatch> patches = [TextPatch.Insert(colon + 1, " " + Word)];
        int column = text.ColumnOf(settings.Entries[0].Key);
        for (int line = LineOf(text, settings.Extent.Start); line <= LineOf(text, text.Written(settings).End); line++)
        {
            string written = text.Source.Line(line);
            if (written.Length > column && string.IsNullOrWhiteSpace(written[..column])
                && !string.IsNullOrWhiteSpace(written))
                patches.Add(TextPatch.Insert(text.Source.StartOf(line) + column, Mark));
        }

        return patches;
    }

    /// <summary>Ways to switch the step on with the notes below or behind it as its settings, those with most of them
    /// first.</summary>
    public static IEnumerable<IReadOnlyList<TextPatch>> Restore(EditableText text, YamlNode word)
    {
        int start = word.Extent.Start.Value;
        int line = text.Source.LineAt(start);
        string behind = text.Text[word.Extent.End.Value..text.Source.EndOf(line)];
        if (behind.StartsWith($" {Mark}{{", StringComparison.Ordinal))
            yield return [new TextPatch(start..(word.Extent.End.Value + 1 + Mark.Length), "")];
        // The word goes, and the space in front of it.
        List<TextPatch> patches = [new TextPatch((start - 1)..word.Extent.End.Value, "")];
        patches.AddRange(NotesBelow(text, line));
        for (; patches.Count > 1; patches.RemoveAt(patches.Count - 1))
            yield return [.. patches];
    }

    private static IEnumerable<TextPatch> NotesBelow(EditableText text, int line)
    {
        int column = -1;
        while (++line <= text.Source.LineCount)
        {
            string written = text.Source.Line(line);
            int first = written.Length - written.TrimStart(' ').Length;
            if (first == written.Length)
                continue;
            if (written[first] != '#')
                yield break;
            column = column < 0 ? first : column;
            if (first == column && written.AsSpan(first).StartsWith(Mark))
                yield return new TextPatch(
                    (text.Source.StartOf(line) + first)..(text.Source.StartOf(line) + first + Mark.Length), "");
        }
    }

    private static int LineOf(EditableText text, Index index) => text.Source.LineAt(index.Value);
}
