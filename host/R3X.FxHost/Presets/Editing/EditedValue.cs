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
        int dot = path.IndexOf('.', StringComparison.Ordinal);
        return dot < 0
            ? new EditedValue(null, path, null)
            : new EditedValue(null, path[..dot].Trim(), PointWords.Canonical(path[(dot + 1)..].Trim()));
    }

    /// <summary>Why the preset has no such value, or why it cannot take this one; null when it can.</summary>
    public Diagnostic? Refusal(Preset preset, string value)
    {
        if (Key is not null)
            return null;
        if (StepIn(preset) is not { } step)
            return Unknown(preset);
        if (Setting is null)
        {
            return value is "bypass" or "on" ? null : new Diagnostic(
                $"A step is switched with \"bypass\" or \"on\"; {Diagnostic.Quote(value)} is neither.",
                value is "off" or "no" or "false" || step.Slot.Parameters.Count == 0 ? "Write \"bypass\"." : $"Write \"bypass\", or name a setting: {step.Name}.{step.Slot.Parameters[0].Id}.");
        }

        int curve = PointWords.Find(step.Slot.Parameters);
        if (curve >= 0 && PointWords.IsMeant(Setting))
        {
            if (PointWords.ReadPlace(Setting, step.Slot.Parameters[curve]).Diagnostic is { } diagnostic)
                return diagnostic;
        }
        else if (SettingWords.Find(step.Slot.Parameters, Setting) < 0)
        {
            return SettingWords.Unknown(Setting, step.Name, step.Slot.EffectId, step.Slot.Parameters);
        }

        return step.IsBypassed
            ? new Diagnostic($"\"{step.Name}\" is switched off, and a step that is off has no settings.", $"Switch it on first: set \"{step.Name}\" to \"on\".")
            : null;
    }

    /// <summary>The value in a preset, as presets write it; null where it is nowhere said.</summary>
    public string? In(Preset preset, EditableText text)
    {
        if (Key is not null)
            return text.Find(Key) is Yaml.YamlScalar written ? written.Text : PresetKeys.Of(preset).First(key => key.Key == Key).Value is { Length: > 0 } value ? value : null;
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

    private Diagnostic Unknown(Preset preset)
    {
        string[] steps = [.. preset.Steps.Select(step => step.Name)];
        List<string> owners = [.. preset.Steps.Where(step => SettingWords.Find(step.Slot.Parameters, Step!) >= 0).Select(step => step.Name)];
        if (Setting is null && owners.Count > 0)
        {
            return new Diagnostic(
                $"{Diagnostic.Quote(Step!)} is a setting; its step is missing in front of it.",
                Diagnostic.FixOf(owners.ConvertAll(owner => $"{owner}.{Step}")));
        }

        string[] all = Setting is null ? [.. steps, .. PresetKeys.Settable] : steps;
        string message = $"{Diagnostic.Quote(Step!)} is not a step of \"{preset.Id}\"{(Setting is null ? " nor a key that can be set" : "")}.";
        return new Diagnostic(message, all.Length == 0 ? "Leave it out: the chain is empty." : Diagnostic.FixFor(NearestName.Find(Step!, all), $"{preset.Id} has", all), DiagnosticRule.UnknownName);
    }
}
