using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets.Importing;

/// <summary>Makes steps of the sections of an earlier configuration, and keeps account of what cannot be one.</summary>
internal sealed class OldSteps(string fileName, IEffectCatalogue catalogue)
{
    /// <summary>The steps, in the order added; the name, and each setting with its value.</summary>
    public List<(string Effect, List<(string Setting, string Value)> Settings)> Steps { get; } = [];

    /// <summary>What the reader should know.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>What was not imported, as it was written.</summary>
    public List<string> LeftOut { get; } = [];

    public List<PresetDiagnostic> Diagnostics { get; } = [];

    public void Refuse(string message, string fix) =>
        Diagnostics.Add(new PresetDiagnostic(DiagnosticSeverity.Error, fileName, 0, 0, 0, message, fix, null));

    public void Add(string name, JsonElement section)
    {
        if (!OldSection.All.TryGetValue(name, out OldSection? known))
        {
            LeaveOut(name, section, $"\"{name}\" is no section that is known");
            return;
        }

        if (section.ValueKind != JsonValueKind.Object)
        {
            Refuse($"\"{name}\" should be a section in braces; {Written(section)} stands there.",
                "Write its keys and values in braces.");
            return;
        }

        if (Steps.Exists(step => step.Effect == known.Effect))
        {
            Refuse($"\"{name}\" stands there twice.", "Remove one of the two.");
            return;
        }

        if (new EffectFinder(catalogue).Find(known.Effect, false, out Diagnostic diagnostic, out _) is not { } effect)
        {
            Refuse($"\"{name}\" needs the effect \"{known.Effect}\". {diagnostic.Message}", diagnostic.Fix.Sentence);
            return;
        }

        Add(name, section, known, effect.Parameters);
    }

    private void Add(string name, JsonElement section, OldSection known, IReadOnlyList<Parameter> parameters)
    {
        var values = new SortedDictionary<int, double>();
        foreach ((string setting, double value) in known.Fixed)
            values[SettingWords.Find(parameters, setting)] = value;
        foreach (JsonProperty property in section.EnumerateObject())
        {
            string path = $"{name}.{property.Name}";
            if (!known.Keys.TryGetValue(property.Name, out OldKey? key))
                LeaveOut(path, property.Value, $"\"{path}\" is no key that is known");
            else if (property.Value.ValueKind != JsonValueKind.Number)
                Refuse($"\"{path}\" should be a number; {Written(property.Value)} stands there.",
                    "Write a number, without quotes.");
            else
                Put(path, property.Value, key, parameters, values);
        }

        foreach ((string old, OldKey key) in known.Keys.Where(key => !section.TryGetProperty(key.Key, out _)))
        {
            Parameter parameter = parameters[SettingWords.Find(parameters, key.Setting)];
            Notes.Add($"{name} has no \"{old}\"; {known.Effect}.{key.Setting} is left at its default, "
                + $"{ValueText.Format(parameter, parameter.Default)}.");
        }

        Steps.Add((known.Effect, [.. values.Select(
            value => (parameters[value.Key].Id, ValueText.Format(parameters[value.Key], value.Value)))]));
        if (name == OldSection.Limiter)
            Notes.Add("The limiter is the last step now. The earlier program ran it first, so what the other effects "
                + "added was not limited, and clipped.");
    }

    private void Put(string path, JsonElement written, OldKey key, IReadOnlyList<Parameter> parameters,
        SortedDictionary<int, double> values)
    {
        int index = SettingWords.Find(parameters, key.Setting);
        Parameter parameter = parameters[index];
        double value = Math.Round(key.Convert(written.GetDouble()), key.Digits);
        double inside = double.IsNaN(value)
            ? parameter.Minimum : Math.Clamp(value, parameter.Minimum, parameter.Maximum);
        values[index] = inside;
        if (inside != value)
            Notes.Add($"{path} is {Written(written)}, which is outside {ValueText.FormatRange(parameter)}, the range "
                + $"of {key.Setting}; {ValueText.Format(parameter, inside)} was written.");
    }

    private void LeaveOut(string path, JsonElement value, string why)
    {
        LeftOut.Add($"{path}: {Written(value)}");
        Notes.Add($"{why}, and was not imported; it is kept as a note in the preset: {Written(value)}");
    }

    private static string Written(JsonElement value)
    {
        string text = string.Join(' ', value.GetRawText().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return string.Concat(text.Select(
            c => char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format ? ' ' : c));
    }
}
