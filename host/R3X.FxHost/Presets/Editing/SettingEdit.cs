using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Presets.Comparing;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>Sets a setting of a step.</summary>
internal sealed class SettingEdit(SettingPath path, string value) : ValueEdit
{
    private readonly string _step = path.Step;
    private readonly string _setting = path.Setting!;

    /// <inheritdoc/>
    public override Diagnostic? Refusal(Preset preset, EditableText text)
    {
        if (path.Refusal(preset, value, isAssignment: false) is var (_, refused))
            return refused;
        return path.StepIn(preset)!.IsBypassed
            ? new Diagnostic(
                $"\"{_step}\" is switched off, and a step that is off has no settings.",
                $"Switch it on first: set \"{_step}\" to \"on\".")
            : null;
    }

    /// <inheritdoc/>
    public override string? In(Preset preset, EditableText text) => SettingIn(preset)?.Value;

    /// <inheritdoc/>
    public override Origin OriginIn(Preset preset) => SettingIn(preset)?.Origin ?? Origin.Default;

    /// <inheritdoc/>
    public override IEnumerable<IReadOnlyList<TextPatch>> Ways(Preset preset, EditableText text)
    {
        WrittenStep? written = WrittenStep.Find(text, _step);
        YamlNode? before = (written?.Body as YamlMapping)?.Entries.FirstOrDefault(
            entry => IsMeant(entry.Key.Text))?.Value;
        return Spelled(text, value, before, isProse: false, spelled => written is null
            ? [ValuePatch.AddChange(text, _step, _setting, spelled)]
            : ValuePatch.AddTo(text, written, $"{_setting}: {spelled}"));
    }

    /// <inheritdoc/>
    public override bool IsDone(YamlMapping before, YamlMapping after) =>
        WrittenStep.Sections.Select(section => LeafPaths.PathOf(section, _step, NameIn(before, section))).Any(leaf =>
            LeafPaths.TextAt(after, leaf) == value && LeafPaths.DifferOnlyAt(leaf, false, before, after));

    /// <inheritdoc/>
    public override bool Means(PresetDifference difference) => difference.Step == _step && difference.Key == _setting;

    private StepSetting? SettingIn(Preset preset) =>
        path.StepIn(preset)?.Settings().FirstOrDefault(setting => setting.Name == _setting);

    // A point of a curve may be spelled otherwise in the file.
    private bool IsMeant(string name) => name == _setting || PointWords.Canonical(name) == _setting;

    private string NameIn(YamlMapping tree, string section) =>
        LeafPaths.NamesAt(tree, LeafPaths.PathOf(section, _step)).FirstOrDefault(IsMeant) ?? _setting;
}
