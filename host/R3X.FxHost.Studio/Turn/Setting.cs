using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Studio.Turn;

/// <summary>One setting of the open preset, as its row shows it. Immutable; equal when the row need not be drawn
/// anew.</summary>
/// <param name="Path">What an edit names: <c>comb.delay</c>, <c>curve.1.25 kHz</c>, <c>amount</c>.</param>
/// <param name="Name">As presets write it.</param>
/// <param name="Value">What it is set to.</param>
/// <param name="Text">The value as presets write it.</param>
/// <param name="Default">The default, likewise; null for a point of a curve, which has none.</param>
/// <param name="Scale">How a slider walks it.</param>
public sealed record Setting(
    string Path, string Name, SettingValue Value, string Text, string? Default, SliderScale Scale)
{
    /// <summary>What it sets; null for the loudness of lines.</summary>
    public Parameter? Parameter { get; init; }

    /// <summary>One sentence: what turning it up does.</summary>
    public string Help { get; init; } = "";

    /// <summary>What the parent says, and its id; null where none has this setting.</summary>
    public (string Id, string Text)? Parent { get; init; }

    /// <summary>Whether the preset itself writes it.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Its name beside those of other steps: <c>comb delay</c>.</summary>
    public string Title => Path == Name ? Name : $"{Path[..(Path.Length - Name.Length - 1)]} {Name}";

    /// <summary>Whether it may move while a line sounds.</summary>
    public bool CanMove => Parameter is { IsStructural: false };

    /// <summary>Every setting of a step, the points of its curve each by itself.</summary>
    /// <param name="preset">The preset.</param>
    /// <param name="step">One of its steps.</param>
    public static IEnumerable<Setting> Of(Preset preset, PresetStep step)
    {
        PresetStep? above = preset.Parent?.Steps.FirstOrDefault(s => s.Name == step.Name);
        List<StepSetting> parents = [.. above?.Settings() ?? []];
        foreach (StepSetting setting in step.Settings())
        {
            Parameter parameter = setting.Parameter;
            string? parent = parents.Find(s => s.Name == setting.Name)?.Value;
            yield return new Setting(
                $"{step.Name}.{setting.Name}",
                setting.Name,
                ValueOf(step, setting),
                setting.Value,
                parameter.Points is null ? ValueText.Format(parameter, parameter.Default) : null,
                SliderScale.Of(parameter))
            {
                Parameter = parameter,
                Help = parameter.Help,
                Parent = parent is null ? null : (preset.Parent!.Id, parent),
                IsOwn = setting.Origin.PresetId == preset.Id,
            };
        }
    }

    /// <summary>How much of the chain is heard.</summary>
    /// <param name="preset">The preset.</param>
    public static Setting AmountOf(Preset preset)
    {
        Parameter amount = ChainPlan.AmountParameter;
        return new Setting(amount.Id, amount.Id, preset.Plan.Amount, ValueText.Format(amount, preset.Plan.Amount),
            ValueText.Format(amount, amount.Default), SliderScale.Of(amount))
        {
            Parameter = amount,
            Help = amount.Help,
            Parent = preset.Parent is { } parent ? (parent.Id, ValueText.Format(amount, parent.Plan.Amount)) : null,
            IsOwn = IsWritten(preset, amount.Id),
        };
    }

    /// <summary>What lines are brought to; null where the preset leaves their loudness alone.</summary>
    /// <param name="preset">The preset.</param>
    /// <param name="help">What it does.</param>
    public static Setting? LoudnessOf(Preset preset, string help) => preset.MatchLoudness is not { } loudness ? null
        : new Setting(PresetLoudness.Key, PresetLoudness.Key, loudness, PresetLoudness.Format(loudness), null,
            new SliderScale(PresetLoudness.Lowest, PresetLoudness.Highest, 0.5, false))
        {
            Help = help,
            Parent = preset.Parent is { } parent
                ? (parent.Id, parent.MatchLoudness is { } above ? PresetLoudness.Format(above) : "off")
                : null,
            IsOwn = IsWritten(preset, PresetLoudness.Key),
        };

    /// <summary>A value as presets write it.</summary>
    /// <param name="value">The value, in the setting's unit.</param>
    public string Format(double value) =>
        Parameter is { } parameter ? ValueText.Format(parameter, value) : PresetLoudness.Format(value);

    /// <summary>Whether the preset itself writes an outermost key.</summary>
    public static bool IsWritten(Preset preset, string key) =>
        preset.Origins.TryGetValue(key, out Origin? origin) && origin.PresetId == preset.Id;

    private static SettingValue ValueOf(PresetStep step, StepSetting setting)
    {
        int index = step.Slot.Parameters.ToList().IndexOf(setting.Parameter);
        if (setting.Parameter.Points is null)
            return step.Slot.Values[index];
        return step.Slot.Curve.Points.First(
            point => ValueText.FormatPlace(setting.Parameter, point.Frequency) == setting.Name).Value;
    }
}
