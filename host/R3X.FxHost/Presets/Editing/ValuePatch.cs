using System;
using System.Linq;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>Patches that put a value where one stands, or where names and values stand beside each other.</summary>
internal static class ValuePatch
{
    /// <summary>Another value in place of one; of a text block, whose first line may carry a note, the note stays.</summary>
    public static TextPatch Replace(EditableText text, YamlNode value, string spelled)
    {
        Range where = text.Written(value);
        string written = text.Text[where];
        string firstLine = written.Split('\r', '\n')[0];
        int note = written is ['|' or '>', ..] ? firstLine.IndexOf('#', StringComparison.Ordinal) : -1;
        return new TextPatch(where, note < 0 ? spelled : $"{spelled} {firstLine[note..]}");
    }

    /// <summary>A further name and value behind the last of a group.</summary>
    /// <param name="text">The text.</param>
    /// <param name="group">The group.</param>
    /// <param name="lines">The lines when names stand below each other, without what they are indented by.</param>
    /// <param name="inBraces">The same inside braces.</param>
    public static TextPatch Append(EditableText text, YamlMapping group, ReadOnlySpan<string> lines, string inBraces)
    {
        if (group.Entries.Count == 0)
            return new TextPatch(group.Extent, $"{{ {inBraces} }}");
        YamlNode last = group.Entries[^1].Value;
        if (group.IsFlow)
            return TextPatch.Insert(text.Written(last).End.Value, ", " + inBraces);
        int column = text.ColumnOf(group.Entries[0].Key);
        string[] indented = [.. lines.ToArray().Select(line => new string(' ', column) + line)];
        return text.LinesBelow(last, column, indented);
    }
}
