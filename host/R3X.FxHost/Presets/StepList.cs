using System;
using System.Collections.Generic;
using System.Globalization;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets;

/// <summary>Reads a list of steps, as it stands under <c>chain:</c> and <c>add:</c>, whatever shape people gave
/// it.</summary>
/// <param name="subject">What the steps are called at the beginning of a message: <c>The steps of a chain</c>.</param>
internal sealed class StepList(string subject, DiagnosticBag diagnostics, bool isComplete)
{
    private readonly List<(YamlScalar Step, YamlScalar Setting)> _beside = [];

    /// <summary>
    /// Says once, however many they are, that settings stand beside the names of their steps and not below them.
    /// </summary>
    /// <param name="beside">Each such step, and its first setting.</param>
    public static void ReportBeside(
        IReadOnlyList<(YamlScalar Step, YamlScalar Setting)> beside, DiagnosticBag diagnostics)
    {
        if (beside.Count == 0)
            return;
        (YamlScalar step, YamlScalar setting) = beside[0];
        string more = beside.Count switch
        {
            1 => "",
            2 => "; so it is with another step",
            _ => string.Create(CultureInfo.InvariantCulture, $"; so it is with {beside.Count - 1} more steps"),
        };
        string whose = beside.Count == 1
            ? $"\"{step.Text}\" two spaces deeper than its name"
            : "every step two spaces deeper than the step's name";
        diagnostics.Error(
            setting.Span,
            $"{Diagnostic.Quote(setting.Text)} stands beside \"{step.Text}\", not inside it{more}.",
            $"Indent the settings of {whose}.");
    }

    /// <summary>Hands out each step's name and what stands behind its colon (null without one), in order.</summary>
    /// <param name="list">The key and its value; an empty value is the caller's to judge.</param>
    public void Read(YamlEntry list, Action<YamlScalar, YamlNode?> found)
    {
        switch (list.Value)
        {
            case YamlSequence items:
                foreach (YamlNode item in items.Items)
                    ReadItem(item, found);
                if (isComplete)
                    ReportBeside(_beside, diagnostics);
                break;
            case YamlMapping mapping:
                diagnostics.Error(mapping.Entries.Count == 0
                    ? list.Key.Span : mapping.Entries[0].Key.Span, $"{subject} are a list; each begins with a dash.",
                    mapping.Entries.Count == 0 ? $"Write \"[]\" for {list.Key.Text} without steps."
                    : $"Write \"- {mapping.Entries[0].Key.Text}\", and a dash in front of each other step.");
                foreach (YamlEntry entry in mapping.Entries)
                    found(entry.Key, entry.Value is YamlScalar { IsEmpty: true } ? null : entry.Value);
                break;
            case YamlScalar scalar when scalar.Text.Length > 0:
                diagnostics.Error(scalar.Span, $"{subject} are a list; each begins with a dash.",
                    $"Write \"- {scalar.Text}\" in the next line, indented by two spaces.");
                break;
        }
    }

    private void ReadItem(YamlNode item, Action<YamlScalar, YamlNode?> found)
    {
        switch (item)
        {
            case YamlScalar { IsEmpty: true } when !isComplete:
                break;
            case YamlScalar name:
                found(name, null);
                break;
            case YamlMapping { Entries.Count: 1 } one:
                found(one.Entries[0].Key, one.Entries[0].Value);
                break;
            case YamlMapping { Entries.Count: > 1 } several:
                ReadCrowded(several, found);
                break;
            case YamlSequence or YamlMapping:
                diagnostics.Error(item.Span, $"A step is a name and its settings; {item.Kind} stands here.",
                    "Write one dash in front of each step's name.");
                break;
        }
    }

    // Several names behind one dash: settings that are not indented, "effect:" in front, or a forgotten dash.
    private void ReadCrowded(YamlMapping item, Action<YamlScalar, YamlNode?> found)
    {
        YamlEntry first = item.Entries[0];
        YamlEntry second = item.Entries[1];
        List<YamlEntry> rest = [.. item.Entries];
        rest.RemoveAt(0);
        if (first.Key.Text == "effect" && first.Value is YamlScalar { Text.Length: > 0 } effect)
        {
            diagnostics.Error(first.Key.Span, "A step begins with its name, not with \"effect\".",
                $"Write \"- {effect.Text}:\" and indent its settings below it.");
            found(effect, new YamlMapping(item.Span, rest, item.IsFlow));
        }
        else if (first.Value is YamlScalar { IsEmpty: true })
        {
            _beside.Add((first.Key, second.Key));
            found(first.Key, new YamlMapping(item.Span, rest, item.IsFlow));
        }
        else
        {
            diagnostics.Error(second.Key.Span,
                $"{Diagnostic.Quote(second.Key.Text)} stands in the same step as \"{first.Key.Text}\".",
                $"Write \"- {second.Key.Text}\" if it is a step of its own, or indent it if it is a setting.");
            foreach (YamlEntry entry in item.Entries)
                found(entry.Key, entry.Value);
        }
    }
}
