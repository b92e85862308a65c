using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Presets.Comparing;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>Takes away what a file itself says of a value, so that it is the parent's again, or the default.</summary>
internal sealed class ResetEdit : ValueEdit
{
    private readonly string _path;
    private readonly SettingPath? _inStep;
    private readonly ValueEdit _value;

    public ResetEdit(string path)
    {
        _path = path.Trim();
        _inStep = PresetKeys.Settable.Contains(_path) ? null : SettingPath.Of(path);
        _value = ValueEdit.Of(path, "on");
    }

    /// <inheritdoc/>
    public override Diagnostic? Refusal(Preset preset, EditableText text) => _value.Refusal(preset, text);

    /// <inheritdoc/>
    public override string? In(Preset preset, EditableText text) => _value.In(preset, text);

    /// <inheritdoc/>
    public override Origin OriginIn(Preset preset) => _value.OriginIn(preset);

    /// <inheritdoc/>
    public override IEnumerable<IReadOnlyList<TextPatch>> Ways(Preset preset, EditableText text)
    {
        if (_inStep is null)
            return [text.Root.Entries.FirstOrDefault(entry => entry.Key.Text == _path) is { } key
                ? [RemovePatch.Of(text, text.Root, key)] : []];
        if (WrittenStep.Find(text, _inStep.Step) is not { Body: { } body } step)
            return [[]];
        if (_inStep.Setting is not null)
            return body is YamlMapping settings && settings.Entries.FirstOrDefault(IsMeant) is { } setting
                ? [RemovePatch.Setting(text, step, setting), SwitchedOn(text, step, settings)] : [[]];
        if (body is not YamlScalar)
            return [[]];
        return step.Section != "change" ? _value.Ways(preset, text)
            : [.. SettingsAsNotes.Restore(text, body).Where(way => way.Count > 1), [RemovePatch.Change(text, step)]];
    }

    /// <inheritdoc/>
    public override bool IsDone(YamlMapping before, YamlMapping after)
    {
        if (_inStep is null)
            return LeafPaths.TextAt(after, _path) is null && LeafPaths.DifferOnlyAt(_path, true, before, after);
        if (_inStep.Setting is null)
            return _value.IsDone(before, after);
        return WrittenStep.Sections.Any(section =>
        {
            string step = LeafPaths.PathOf(section, _inStep.Step);
            return LeafPaths.TextAt(after, step) == "on"
                ? LeafPaths.NamesAt(before, step).Count() == 1 && LeafPaths.DifferOnlyAt(step, true, before, after)
                : LeafPaths.NamesAt(before, step).FirstOrDefault(name => IsMeant(name)) is { } name
                && LeafPaths.PathOf(section, _inStep.Step, name) is var leaf
                && LeafPaths.TextAt(after, leaf) is null && LeafPaths.DifferOnlyAt(leaf, false, before, after);
        });
    }

    /// <inheritdoc/>
    public override bool Means(PresetDifference difference) => _value.Means(difference);

    private bool IsMeant(YamlEntry entry) => IsMeant(entry.Key.Text);

    private bool IsMeant(string name) => name == _inStep!.Setting
        || PointWords.Canonical(name) == PointWords.Canonical(_inStep.Setting!);

    // Settings switch a parent's step on, and with the last of them gone a word has to.
    private static IReadOnlyList<TextPatch> SwitchedOn(EditableText text, WrittenStep step, YamlMapping settings) =>
        [new TextPatch(step.Name.Extent.End..text.Written(settings.Entries[^1].Value).End, ": on")];
}
