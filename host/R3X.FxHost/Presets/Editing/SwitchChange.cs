using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Presets.Comparing;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>
/// Switches a step off or on. A step that is off has no settings in the language, so those that the file gives it are kept as
/// notes, and are settings again when the step is switched on.
/// </summary>
internal sealed class SwitchChange(string step, bool isBypassed) : PresetChange
{
    private readonly string _word = isBypassed ? "bypass" : "on";

    /// <inheritdoc/>
    public override Diagnostic? Refusal(EditableText text)
    {
        if (!isBypassed || WrittenStep.Find(text, step) is not { Body: YamlMapping settings } written)
            return null;
        // "STEP: bypass" leaves no room for them, and without them it would be another step, or stand elsewhere.
        if (settings.Entries.FirstOrDefault(entry => entry.Key.Text is "before" or "after" || (entry.Key.Text == "effect" && (entry.Value as YamlScalar)?.Text != step)) is { } needed)
            return new Diagnostic($"\"{step}\" needs its \"{needed.Key.Text}\" in this file, and a step that is off cannot have one.", "Put \"# \" in front of its lines, or switch it off in a preset that extends this one.");
        return SettingsAsNotes.CanKeep(text, written, settings)
            ? null
            : new Diagnostic($"\"{step}\" has settings inside brackets here, which \"bypass\" would replace.", "Write them on lines of their own below the step's name; they are kept as notes then.");
    }

    /// <inheritdoc/>
    public override IEnumerable<IReadOnlyList<TextPatch>> Ways(EditableText text)
    {
        WrittenStep? written = WrittenStep.Find(text, step);
        if (written is null)
            return [[ValuePatch.AddChange(text, step, null, _word)]];
        if (written.Body is null)
            return [[TextPatch.Insert(written.Name.Extent.End.Value, ": " + _word)]];
        if (written.Body is YamlMapping settings)
            return [SettingsAsNotes.Keep(text, written, settings)];
        IReadOnlyList<TextPatch>[] word = [[ValuePatch.Replace(text, written.Body, _word)]];
        return isBypassed ? word : SettingsAsNotes.Restore(text, written.Body).Concat(word);
    }

    /// <inheritdoc/>
    public override bool IsDone(YamlMapping before, YamlMapping after) =>
        WrittenStep.Sections.Select(section => LeafPaths.PathOf(section, step)).Any(path => LeafPaths.DifferOnlyAt(path, true, before, after));

    /// <inheritdoc/>
    public override bool Means(PresetDifference difference) =>
        difference.Step == step && difference.Kind is PresetDifferenceKind.Switch or PresetDifferenceKind.Setting;
}
