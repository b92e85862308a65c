using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Presets.Comparing;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>Changes one setting of a step.</summary>
internal sealed class SettingChange(string step, string setting, string value) : PresetChange
{
    /// <inheritdoc/>
    public override IEnumerable<IReadOnlyList<TextPatch>> Ways(EditableText text)
    {
        WrittenStep? written = WrittenStep.Find(text, step);
        YamlNode? before = (written?.Body as YamlMapping)?.Entries.FirstOrDefault(IsMeant)?.Value;
        foreach (string spelled in ScalarSpelling.Of(value, before is null ? null : text.Text[before.Extent], isProse: false))
        {
            yield return before is not null ? [ValuePatch.Replace(text, before, spelled)]
                : written is null ? [ValuePatch.AddChange(text, step, setting, spelled)]
                : AddTo(text, written, $"{setting}: {spelled}");
        }
    }

    /// <inheritdoc/>
    public override bool IsDone(YamlMapping before, YamlMapping after) =>
        WrittenStep.Sections.Select(section => LeafPaths.PathOf(section, step, NameIn(before, section))).Any(path =>
            LeafPaths.TextAt(after, path) == value && LeafPaths.DifferOnlyAt(path, false, before, after));

    /// <inheritdoc/>
    public override bool Means(PresetDifference difference) => difference.Step == step && difference.Key == setting;

    // A point of a curve may be spelled otherwise in the file.
    private bool IsMeant(YamlEntry entry) =>
        entry.Key.Text == setting || PointWords.Canonical(entry.Key.Text) == setting;

    private string NameIn(YamlMapping tree, string section) => LeafPaths.NamesAt(tree, LeafPaths.PathOf(section, step))
        .FirstOrDefault(name => PointWords.Canonical(name) == setting) ?? setting;

    private static IReadOnlyList<TextPatch> AddTo(EditableText text, WrittenStep written, string line)
    {
        if (written.Body is YamlMapping settings)
            return [ValuePatch.Append(text, settings, [line], line)];
        if (written.Body is not null)
            return [new TextPatch(written.Body.Extent, $"{{ {line} }}")];
        int end = written.Name.Extent.End.Value;
        if (written.IsInBrackets)
            return [TextPatch.Insert(end, $": {{ {line} }}")];
        string indent = new(' ', text.ColumnOf(written.Name) + text.Depth);
        return [TextPatch.Insert(end, ":"), text.LinesBelow(written.Name, text.ColumnOf(written.Name), indent + line)];
    }
}
