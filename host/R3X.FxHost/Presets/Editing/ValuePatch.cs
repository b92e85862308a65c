using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>Patches that put a value where one stands, or where names and values stand beside each other.</summary>
internal static class ValuePatch
{
    /// <summary>Another value in place of one; of a text block, whose first line may carry a note, the note
    /// stays.</summary>
    public static TextPatch Replace(EditableText text, YamlNode value, string spelled)
    {
        Range where = text.Written(value);
        string written = text.Text[where];
        string firstLine = written.Split('\r', '\n')[0];
        int note = written is ['|' or '>', ..] ? firstLine.IndexOf('#', StringComparison.Ordinal) : -1;
        return new TextPatch(where, note < 0 ? spelled : $"{spelled} {firstLine[note..]}");
    }

    /// <summary>A further name and value behind the last of a group.</summary>
    /// <param name="lines">The lines when names stand below each other, without what they are indented by.</param>
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

    /// <summary>Writes an outermost key that is not there yet, behind those it usually follows.</summary>
    public static TextPatch InsertKey(EditableText text, string key, IReadOnlyList<string> lines, string inBraces)
    {
        int rank = Array.IndexOf(PresetKeys.Names, key);
        YamlEntry? behind = text.Root.Entries.Where(entry => RankOf(entry) < rank).MaxBy(RankOf);
        YamlNode first = text.Root.Entries[0].Key;
        if (text.Root.IsFlow)
            return behind is null ? TextPatch.Insert(first.Extent.Start.Value, inBraces + ", ")
                : TextPatch.Insert(text.Written(behind.Value).End.Value, ", " + inBraces);
        int column = text.ColumnOf(first);
        string[] indented = [.. lines.Select(line => line.Length == 0 ? line : new string(' ', column) + line)];
        if (behind is not null)
        {
            bool isApart = text.IsAiry && (lines.Count > 1 || behind.Value is not YamlScalar
                && text.LineOf(behind.Value) > text.LineOf(behind.Key));
            return text.LinesBelow(behind.Value, column + 1, isApart ? ["", .. indented] : indented);
        }

        int line = text.LineOf(first);
        string newLine = text.NewLineAt(line);
        return TextPatch.Insert(text.Source.StartOf(line), string.Concat(indented.Select(l => l + newLine)));
    }

    private static int RankOf(YamlEntry entry) => Array.IndexOf(PresetKeys.Names, entry.Key.Text);

    /// <summary>Writes a parent's step into <c>change:</c>, where this file says nothing of it yet.</summary>
    /// <param name="setting">One of its settings; null to switch the step.</param>
    /// <param name="value">The setting's value as it is spelled, or <c>bypass</c> or <c>on</c>.</param>
    public static TextPatch AddChange(EditableText text, string step, string? setting, string value)
    {
        string inBraces = setting is null ? $"{step}: {value}" : $"{step}: {{ {setting}: {value} }}";
        string deeper = new(' ', text.Depth);
        string[] lines = setting is null
            || PrefersBraces(text) ? [inBraces] : [$"{step}:", $"{deeper}{setting}: {value}"];
        return text.Find("change") is YamlMapping section
            ? Append(text, section, lines, inBraces)
            : InsertKey(
                text, "change", ["change:", .. lines.Select(line => deeper + line)], $"change: {{ {inBraces} }}");
    }

    /// <summary>A further setting of a step that the file writes.</summary>
    public static IReadOnlyList<TextPatch> AddTo(EditableText text, WrittenStep written, string line)
    {
        if (written.Body is YamlMapping settings)
            return [Append(text, settings, [line], line)];
        if (written.Body is not null)
            return [new TextPatch(written.Body.Extent, $"{{ {line} }}")];
        int end = written.Name.Extent.End.Value;
        if (written.IsInBrackets)
            return [TextPatch.Insert(end, $": {{ {line} }}")];
        string indent = new(' ', text.ColumnOf(written.Name) + text.Depth);
        return [TextPatch.Insert(end, ":"), text.LinesBelow(written.Name, text.ColumnOf(written.Name), indent + line)];
    }

    private static bool PrefersBraces(EditableText text) =>
        WrittenStep.All(text).FirstOrDefault(step => step.Body is YamlMapping)?.Body is YamlMapping { IsFlow: true };
}
