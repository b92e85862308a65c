using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Presets.Yaml;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>Checks what stands under <c>change:</c>, and changes the parent's steps by it.</summary>
internal sealed class ChangeChecker(string presetId, string parentId, DiagnosticBag diagnostics, bool isComplete)
{
    private readonly StepReader _reader = new(presetId, diagnostics, isComplete);

    /// <param name="steps">The parent's steps; those that change are replaced.</param>
    public void Check(YamlEntry change, List<PresetStep> steps, IReadOnlyCollection<string> added)
    {
        switch (change.Value)
        {
            case YamlMapping mapping:
                CheckAll(mapping.Entries, steps, added);
                break;
            case YamlSequence list:
                YamlScalar first = list.Items.Select(FirstName).FirstOrDefault(name => name is not null) ?? change.Key;
                diagnostics.Error(first.Span, "Changes carry the names of the parent's steps, without dashes.",
                    "Take the dashes in front of the names away.");
                CheckAll([.. list.Items.OfType<YamlMapping>().SelectMany(item => item.Entries)], steps, added);
                break;
            case YamlScalar { Text.Length: > 0 } scalar:
                diagnostics.Error(scalar.Span, $"{Diagnostic.Quote(scalar.Text)} does not say what changes.",
                    $"Write the step in the next line, indented by two spaces, as in \"{Example(steps)}\".");
                break;
            case YamlScalar when isComplete:
                diagnostics.Error(change.Key.Span, "change has nothing below it.", $"Write a step of \"{parentId}\" "
                    + $"and its settings below it, as in \"{Example(steps)}\", or remove the line.");
                break;
        }
    }

    private void CheckAll(IReadOnlyList<YamlEntry> entries, List<PresetStep> steps, IReadOnlyCollection<string> added)
    {
        List<(YamlScalar Step, YamlScalar Setting)> notInside = [];
        for (int i = 0; i < entries.Count; i++)
        {
            int at = IndexOf(steps, entries[i].Key.Text);
            if (at < 0)
            {
                diagnostics.Error(entries[i].Key.Span, Unknown(entries[i], steps, added));
                continue;
            }

            // Settings that are not indented stand behind their step like steps of their own.
            List<YamlEntry> beside = entries[i].Value is YamlScalar { IsEmpty: true }
                ? [.. entries.Skip(i + 1).TakeWhile(e =>
                    IndexOf(steps, e.Key.Text) < 0 && IsSetting(e.Key.Text, steps[at].Slot.Parameters))]
                : [];
            YamlNode body = entries[i].Value;
            if (beside.Count > 0)
            {
                notInside.Add((entries[i].Key, beside[0].Key));
                body = new YamlMapping(beside[0].Key.Span, beside, isFlow: false);
                i += beside.Count;
            }

            steps[at] = _reader.Read(steps[at], entries[i - beside.Count].Key, body, StepPlace.Parent) ?? steps[at];
        }

        StepList.ReportBeside(notInside, diagnostics);
    }

    private Diagnostic Unknown(YamlEntry entry, List<PresetStep> steps, IReadOnlyCollection<string> added)
    {
        string name = entry.Key.Text;
        string[] names = [.. steps.Select(step => step.Name)];
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0 && IndexOf(steps, name[..dot]) >= 0)
        {
            string value = entry.Value is YamlScalar scalar ? scalar.Text : "...";
            return new Diagnostic($"{Diagnostic.Quote(name)} is a step and its setting in one.",
                $"Write \"{name[..dot]}: {{ {name[(dot + 1)..]}: {Diagnostic.Quote(value).Trim('"')} }}\".");
        }

        if (added.Contains(name))
            return new Diagnostic($"{Diagnostic.Quote(name)} is a step that this preset adds itself.",
                "Write its settings where it is added, under \"add:\".");
        string message = $"{Diagnostic.Quote(name)} is not a step of \"{parentId}\".";
        if (names.Length == 0)
            return new Diagnostic(
                message, "Put steps of your own under \"add:\": its chain is empty.", DiagnosticRule.UnknownName);
        string? nearest = NearestName.Find(name, names);
        Fix list = Diagnostic.FixFor(nearest, $"{parentId} has", names);
        return new Diagnostic(
            message,
            nearest is null ? $"Put a new step under \"add:\". {list.Sentence}" : list,
            DiagnosticRule.UnknownName);
    }

    private static YamlScalar? FirstName(YamlNode item) =>
        item as YamlScalar ?? (item is YamlMapping { Entries.Count: > 0 } mapping ? mapping.Entries[0].Key : null);

    private static string Example(List<PresetStep> steps)
    {
        PresetStep? step = steps.Find(s => s.Slot.Parameters.Count > 0);
        return step is null ? "comb: bypass" : $"{step.Name}: {{ {step.Slot.Parameters[0].Id}: "
            + $"{ValueText.Format(step.Slot.Parameters[0], step.Slot.Values[0])} }}";
    }

    private static bool IsSetting(string name, IReadOnlyList<Parameter> parameters) =>
        SettingWords.Find(parameters, name) >= 0 || (PointWords.Find(parameters) >= 0 && PointWords.IsMeant(name));

    private static int IndexOf(List<PresetStep> steps, string name) => steps.FindIndex(step => step.Name == name);
}
