using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;

namespace R3X.FxHost.Presets.Editing;

/// <summary>What the path of an edit means in a preset: <c>comb.mix</c>, <c>comb</c> or <c>about</c>.</summary>
/// <param name="Key">The outermost key; null for a step.</param>
/// <param name="Step">The step.</param>
/// <param name="Setting">Its setting; null when the step is switched.</param>
internal sealed record EditedValue(string? Key, string? Step, string? Setting)
{
    /// <summary>Takes a path apart.</summary>
    public static EditedValue Of(string path)
    {
        path = path.Trim();
        if (PresetKeys.Settable.Contains(path))
            return new EditedValue(path, null, null);
        var inStep = SettingPath.Of(path);
        return new EditedValue(null, inStep.Step, inStep.Setting is { } setting ? PointWords.Canonical(setting) : null);
    }

    /// <summary>Why the preset has no such value, or why it cannot take this one; null when it can.</summary>
    public Diagnostic? Refusal(Preset preset, string value)
    {
        if (Key is not null)
            return null;
        if (new SettingPath(Step!, Setting).Refusal(preset, value, isAssignment: false) is var (_, refused))
            return refused;
        return Setting is not null && StepIn(preset)!.IsBypassed
            ? new Diagnostic(
                $"\"{Step}\" is switched off, and a step that is off has no settings.",
                $"Switch it on first: set \"{Step}\" to \"on\".")
            : null;
    }

    /// <summary>The value in a preset, as presets write it; null where it is nowhere said.</summary>
    public string? In(Preset preset, EditableText text)
    {
        if (Key is not null)
            return text.Find(Key) is Yaml.YamlScalar written ? written.Text : PresetKeys.All.First(key => key.Name == Key).ValueIn!(preset) is { Length: > 0 } value ? value : null;
        if (StepIn(preset) is not { } step)
            return null;
        return Setting is null ? step.IsBypassed ? "bypass" : "on" : SettingIn(step)?.Value;
    }

    /// <summary>Where it was written; a default when nowhere.</summary>
    public Origin OriginIn(Preset preset)
    {
        if (Key is not null)
            return preset.Origins.GetValueOrDefault(Key, Origin.Default);
        if (StepIn(preset) is not { } step)
            return Origin.Default;
        return Setting is null ? step.SwitchOrigin : SettingIn(step)?.Origin ?? Origin.Default;
    }

    /// <summary>How to change it.</summary>
    public PresetChange To(string value) =>
        Key is not null ? new KeyChange(Key, value)
        : Setting is null ? new SwitchChange(Step!, value == "bypass")
        : new SettingChange(Step!, Setting, value);

    private PresetStep? StepIn(Preset preset) => preset.Steps.FirstOrDefault(step => step.Name == Step);

    private StepSetting? SettingIn(PresetStep step) =>
        step.Settings().FirstOrDefault(setting => setting.Name == Setting);
}
