using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Presets.Comparing;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>
/// Switches a step off or on. A step that is off has no settings in the language, so those that the file gives it are
/// kept as notes, and are settings again when the step is switched on.
/// </summary>
internal sealed class SwitchEdit(SettingPath path, string value) : ValueEdit
{
    private readonly string _step = path.Step;

    /// <inheritdoc/>
    public override Diagnostic? Refusal(Preset preset, EditableText text)
    {
        if (path.Refusal(preset, value, isAssignment: false) is var (_, refused))
            return refused;
        if (value != "bypass" || WrittenStep.Find(text, _step) is not { Body: YamlMapping settings } written)
            return null;
        // "STEP: bypass" leaves no room for them, and without them it would be another step, or stand elsewhere.
        if (settings.Entries.FirstOrDefault(entry => IsNeeded(entry)) is { } needed)
        {
            return new Diagnostic(
                $"\"{_step}\" needs its \"{needed.Key.Text}\" in this file, and a step that is off cannot have one.",
                "Put \"# \" in front of its lines, or switch it off in a preset that extends this one.");
        }

        return SettingsAsNotes.CanKeep(text, written, settings) ? null : new Diagnostic(
            $"\"{_step}\" has settings inside brackets here, which \"bypass\" would replace.",
            "Write them on lines of their own below the step's name; they are kept as notes then.");
    }

    /// <inheritdoc/>
    public override string? In(Preset preset, EditableText text) =>
        path.StepIn(preset) is { } step ? step.IsBypassed ? "bypass" : "on" : null;

    /// <inheritdoc/>
    public override Origin OriginIn(Preset preset) => path.StepIn(preset)?.SwitchOrigin ?? Origin.Default;

    /// <inheritdoc/>
    public override IEnumerable<IReadOnlyList<TextPatch>> Ways(Preset preset, EditableText text)
    {
        WrittenStep? written = WrittenStep.Find(text, _step);
        if (In(preset, text) == value)
            return [[]];
        if (written is null)
            return [[ValuePatch.AddChange(text, _step, null, value)]];
        if (written.Body is null)
            return [[TextPatch.Insert(written.Name.Extent.End.Value, ": " + value)]];
        if (written.Body is YamlMapping settings)
            return [SettingsAsNotes.Keep(text, written, settings)];
        IReadOnlyList<TextPatch>[] word = [[ValuePatch.Replace(text, written.Body, value)]];
        return value == "bypass" ? word : SettingsAsNotes.Restore(text, written.Body).Concat(word);
    }

    /// <inheritdoc/>
    public override bool IsDone(YamlMapping before, YamlMapping after) =>
        WrittenStep.Sections.Select(section => LeafPaths.PathOf(section, _step))
            .Any(part => LeafPaths.DifferOnlyAt(part, true, before, after));

    /// <inheritdoc/>
    public override bool Means(PresetDifference difference) =>
        difference.Step == _step && difference.Kind is PresetDifferenceKind.Switch or PresetDifferenceKind.Setting;

    private bool IsNeeded(YamlEntry entry) => entry.Key.Text is "before" or "after"
        || (entry.Key.Text == "effect" && (entry.Value as YamlScalar)?.Text != _step);
}
