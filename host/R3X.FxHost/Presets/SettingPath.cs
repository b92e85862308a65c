using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>What a program names to set it: <c>comb.mix</c>, a setting of a step, or <c>comb</c>, the step's
/// switch.</summary>
/// <param name="Setting">Its setting; null for the switch.</param>
internal sealed record SettingPath(string Step, string? Setting)
{
    public static SettingPath Of(string path)
    {
        int dot = path.IndexOf('.', StringComparison.Ordinal);
        return dot < 0
            ? new SettingPath(path.Trim(), null)
            : new SettingPath(path[..dot].Trim(), path[(dot + 1)..].Trim());
    }

    /// <summary>The step of a preset, or null.</summary>
    public PresetStep? StepIn(Preset preset) => preset.Steps.FirstOrDefault(step => step.Name == Step);

    /// <summary>Why a preset has no such setting, or why the switch does not take the value; null when nothing is
    /// wrong.</summary>
    /// <param name="isAssignment">Whether the two are written as one, <c>comb.mix=40%</c>, and keys cannot be
    /// set.</param>
    /// <returns>The part that is wrong, and what to say of it.</returns>
    public (PathPart Part, Diagnostic Diagnostic)? Refusal(Preset preset, string value, bool isAssignment)
    {
        if (StepIn(preset) is not { } found)
            return (PathPart.Step, Unknown(preset, value, isAssignment));
        IReadOnlyList<Parameter> parameters = found.Slot.Parameters;
        if (Setting is null)
            return value is "bypass" or "on" ? null : (PathPart.Value, WrongSwitch(found, value, isAssignment));
        int curve = PointWords.Find(parameters);
        if (curve >= 0 && PointWords.IsMeant(Setting))
            return PointWords.ReadPlace(Setting, parameters[curve]).Diagnostic is { } wrong
                ? (PathPart.Setting, wrong) : null;
        return SettingWords.Find(parameters, Setting) >= 0 ? null
            : (PathPart.Setting, SettingWords.Unknown(Setting, Step, found.Slot.EffectId, parameters));
    }

    private static Diagnostic WrongSwitch(PresetStep step, string value, bool isAssignment)
    {
        string said = isAssignment ? $"{step.Name}=bypass" : "bypass";
        string message = $"A step is switched with \"bypass\" or \"on\"; {Diagnostic.Quote(value)} is neither.";
        if (value is "off" or "no" or "false" or "" || step.Slot.Parameters.Count == 0)
            return new Diagnostic(message, $"Write \"{said}\".");
        Parameter first = step.Slot.Parameters[0];
        string example = isAssignment ? "=" + ValueText.Format(first, step.Slot.Values[0]) : "";
        return new Diagnostic(message, $"Write \"{said}\", or name a setting: {step.Name}.{first.Id}{example}.");
    }

    private Diagnostic Unknown(Preset preset, string value, bool isAssignment)
    {
        List<string> owners =
            [.. preset.Steps.Where(s => SettingWords.Find(s.Slot.Parameters, Step) >= 0).Select(s => s.Name)];
        if (Setting is null && owners.Count > 0)
        {
            string tail = isAssignment ? "=" + value : "";
            return new Diagnostic(
                $"{Diagnostic.Quote(Step)} is a setting; its step is missing in front of it.",
                Diagnostic.FixOf(owners.ConvertAll(owner => $"{owner}.{Step}{tail}")));
        }

        bool mayBeKey = Setting is null && !isAssignment;
        string[] all = [.. preset.Steps.Select(step => step.Name), .. mayBeKey ? PresetKeys.Settable : []];
        string also = mayBeKey ? " nor a key that can be set" : "";
        return new Diagnostic(
            $"{Diagnostic.Quote(Step)} is not a step of \"{preset.Id}\"{also}.",
            all.Length == 0
                ? "Leave it out: the chain is empty."
                : Diagnostic.FixFor(NearestName.Find(Step, all), $"{preset.Id} has", all),
            DiagnosticRule.UnknownName);
    }
}

/// <summary>A part of what a program sets.</summary>
internal enum PathPart
{
    Step,

    Setting,

    Value,
}
