using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Presets.Comparing;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>Changes the value of an outermost key, such as <c>about</c>.</summary>
internal sealed class KeyChange(string key, string value) : PresetChange
{
    /// <inheritdoc/>
    public override IEnumerable<IReadOnlyList<TextPatch>> Ways(EditableText text)
    {
        YamlNode? before = text.Find(key);
        bool isProse = PresetKeys.Taking(KeyContent.Text).Contains(key);
        foreach (string spelled in ScalarSpelling.Of(value, before is null ? null : text.Text[before.Extent], isProse))
            yield return [before is null ? Insert(text, key, [$"{key}: {spelled}"], $"{key}: {spelled}") : ValuePatch.Replace(text, before, spelled)];
    }

    /// <inheritdoc/>
    public override bool IsDone(YamlMapping before, YamlMapping after) =>
        LeafPaths.TextAt(after, key) == value && LeafPaths.DifferOnlyAt(key, false, before, after);

    /// <inheritdoc/>
    public override bool Means(PresetDifference difference) => difference.Step is null && difference.Key == key;

    /// <summary>Writes an outermost key that is not there yet, behind those it usually follows.</summary>
    /// <param name="text">The text.</param>
    /// <param name="key">The key.</param>
    /// <param name="lines">It and its value as lines.</param>
    /// <param name="inBraces">It and its value for a file that is all braces.</param>
    public static TextPatch Insert(EditableText text, string key, IReadOnlyList<string> lines, string inBraces)
    {
        int rank = Array.IndexOf(PresetKeys.Names, key);
        YamlEntry? behind = text.Root.Entries.Where(entry => RankOf(entry) < rank).MaxBy(RankOf);
        YamlNode first = text.Root.Entries[0].Key;
        if (text.Root.IsFlow)
            return behind is null ? TextPatch.Insert(first.Extent.Start.Value, inBraces + ", ") : TextPatch.Insert(text.Written(behind.Value).End.Value, ", " + inBraces);
        int column = text.ColumnOf(first);
        string[] indented = [.. lines.Select(line => line.Length == 0 ? line : new string(' ', column) + line)];
        if (behind is not null)
        {
            bool isApart = text.IsAiry && (lines.Count > 1 || behind.Value is not YamlScalar && text.LineOf(behind.Value) > text.LineOf(behind.Key));
            return text.LinesBelow(behind.Value, column + 1, isApart ? ["", .. indented] : indented);
        }

        int line = text.LineOf(first);
        string newLine = text.NewLineAt(line);
        return TextPatch.Insert(text.Source.StartOf(line), string.Concat(indented.Select(l => l + newLine)));
    }

    private static int RankOf(YamlEntry entry) => Array.IndexOf(PresetKeys.Names, entry.Key.Text);
}
