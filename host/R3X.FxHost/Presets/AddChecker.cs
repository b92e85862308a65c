using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Yaml;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>Checks the list under <c>add:</c>, and puts each of its steps into its place in the parent's
/// chain.</summary>
internal sealed class AddChecker(
    string presetId, Preset parent, StepChecker checker, DiagnosticBag diagnostics, bool isComplete)
{
    private readonly Dictionary<string, YamlScalar> _names = [];
    private readonly Dictionary<string, string> _lastBehind = [];

    /// <summary>The names that are added, before any of it is checked.</summary>
    public static IReadOnlyCollection<string> NamesIn(YamlEntry? add)
    {
        IEnumerable<YamlNode> items = add?.Value switch { YamlSequence list => list.Items, { } node => [node],
            null => [] };
        return [.. items.SelectMany(item => item is YamlMapping mapping
            ? mapping.Entries.Select(e => e.Key.Text) : item is YamlScalar scalar ? [scalar.Text] : [])];
    }

    /// <summary>Where a step goes that says no place: in front of the last limiter, whose ceiling then holds.</summary>
    public static int UsualPlace(List<PresetStep> steps)
    {
        int limiter = steps.FindLastIndex(step => step.Slot.Role == EffectRole.Limiter);
        return limiter < 0 ? steps.Count : limiter;
    }

    /// <param name="steps">The parent's steps, changed already; grows.</param>
    public void Check(YamlEntry add, List<PresetStep> steps)
    {
        if (add.Value is YamlScalar { Text.Length: 0 } && isComplete)
            diagnostics.Error(add.Key.Span, "add has no steps.",
                "Write the steps to add below it, such as \"- ring-mod\", or remove the line.");
        new StepList("Added steps", diagnostics, isComplete).Read(
            add, (name, body) => CheckStep(name, body, steps, NamesIn(add)));
        WarnOfEarlyLimiter(steps);
    }

    private void CheckStep(YamlScalar name, YamlNode? body, List<PresetStep> steps, IReadOnlyCollection<string> added)
    {
        PresetStep? step = checker.Check(name, body, isAdded: true);
        int at = PlaceOf(name, body as YamlMapping, steps, added);
        if (name.Text.Length == 0 || !IsFree(name, step) || step is null || at < 0)
            return;
        steps.Insert(at, step);
    }

    private bool IsFree(YamlScalar name, PresetStep? step)
    {
        bool isFirst = _names.TryAdd(name.Text, name);
        bool isParents = parent.Steps.Any(s => s.Name == name.Text);
        if (isFirst && !isParents)
            return true;
        string again =
            $"add it under another name: \"- {name.Text}-2: {{ effect: {step?.Slot.EffectId ?? name.Text} }}\"";
        if (isParents)
            diagnostics.Error(name.Span, $"\"{name.Text}\" is already a step of \"{parent.Id}\".",
                $"Put its settings under \"change:\", or {again}.");
        else
            diagnostics.Error(name.Span,
                string.Create(CultureInfo.InvariantCulture, $"Two steps are named {Diagnostic.Quote(name.Text)}; the "
                + $"first is in line {_names[name.Text].Span.Line}."), $"Remove one, or {again}.");
        return false;
    }

    // Where a step goes, or -1 after a diagnostic.
    private int PlaceOf(
        YamlScalar name, YamlMapping? settings, List<PresetStep> steps, IReadOnlyCollection<string> added)
    {
        YamlEntry? before = settings?.Entries.FirstOrDefault(e => e.Key.Text == "before");
        YamlEntry? after = settings?.Entries.FirstOrDefault(e => e.Key.Text == "after");
        if (before is null && after is null)
            return UsualPlace(steps);

        if (before is not null && after is not null)
        {
            diagnostics.Error(after.Key.Span, $"\"{name.Text}\" says both before and after; one place is enough.",
                "Remove one of the two.");
            return -1;
        }

        YamlEntry place = (before ?? after)!;
        int found = Neighbour(place, name.Text, steps, added);
        if (found < 0 || before is not null)
            return found;
        // Several steps behind the same one keep the order they are written in.
        string neighbour = steps[found].Name;
        int last = _lastBehind.TryGetValue(neighbour, out string? behind) ? steps.FindIndex(s => s.Name == behind) : -1;
        _lastBehind[neighbour] = name.Text;
        return (last < 0 ? found : last) + 1;
    }

    private int Neighbour(YamlEntry place, string name, List<PresetStep> steps, IReadOnlyCollection<string> added)
    {
        if (place.Value is not YamlScalar written || written.Text.Length == 0)
        {
            if (place.Value is YamlScalar && isComplete)
                diagnostics.Error(place.Key.Span, $"\"{place.Key.Text}\" has no step behind it.",
                    Diagnostic.FixFor(null, "There are", steps.Select(s => s.Name)));
            else if (place.Value is YamlMapping or YamlSequence)
                diagnostics.Error(place.Value.Span,
                    $"\"{place.Key.Text}\" takes the name of one step; {place.Value.Kind} stands here.",
                    $"Write one, as in \"{place.Key.Text}: limiter\".");
            return -1;
        }

        int found = steps.FindIndex(s => s.Name == written.Text);
        if (found >= 0)
            return found;
        string[] names = [.. steps.Select(s => s.Name)];
        if (written.Text == name)
            diagnostics.Error(written.Span, $"\"{name}\" cannot stand {place.Key.Text} itself.",
                Diagnostic.FixFor(null, "Write another step. There are", names));
        else if (added.Contains(written.Text))
            diagnostics.Error(
                written.Span, $"{Diagnostic.Quote(written.Text)} is added further below, and is not there yet.",
                $"Move \"- {written.Text}\" above \"- {name}\".");
        else if (names.Length == 0)
            diagnostics.Error(written.Span, $"There is no step {Diagnostic.Quote(written.Text)}: the chain is empty.",
                $"Remove \"{place.Key.Text}\".");
        else
            diagnostics.Error(written.Span, new Diagnostic(
                $"There is no step {Diagnostic.Quote(written.Text)} to stand {place.Key.Text}.", Diagnostic
                .FixFor(NearestName.Find(written.Text, names), "There are", names), DiagnosticRule.UnknownName));
        return -1;
    }

    // What a parent has behind its limiter is the parent's affair and said there.
    private void WarnOfEarlyLimiter(List<PresetStep> steps)
    {
        int limiter = steps.FindLastIndex(step => step is { IsBypassed: false, Slot.Role: EffectRole.Limiter });
        if (limiter < 0 || steps.Skip(limiter + 1).FirstOrDefault(step => !step.IsBypassed
            && step.Origin.PresetId == presetId) is not { } behind)
            return;
        string name = steps[limiter].Name;
        diagnostics.Warning(_names[behind.Name].Span, new Diagnostic(
            $"\"{behind.Name}\" stands behind \"{name}\", so the ceiling of \"{name}\" does not hold.",
            $"Write \"before: {name}\" in it.", DiagnosticRule.LimiterNotLast));
    }
}
