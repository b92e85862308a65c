using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Presets.Comparing;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>Adds, takes away or moves a step.</summary>
internal abstract class StepEdit : TextEdit
{
    /// <inheritdoc/>
    public override bool IsDone(YamlMapping before, YamlMapping after) =>
        WrittenStep.Sections.Any(
            section => LeafPaths.DifferOnlyAtStep(section, StepIn(before, after), before, after));

    /// <inheritdoc/>
    public override bool IsMeant(Preset before, Preset after) =>
        NamesOf(after).SequenceEqual(OrderAfter(before)) && PresetComparison.Between(before, after).All(Means);

    /// <summary>The name of the step that is meant.</summary>
    protected abstract string StepIn(YamlMapping before, YamlMapping after);

    /// <summary>The names of all steps as they should be then.</summary>
    protected abstract IEnumerable<string> OrderAfter(Preset preset);

    /// <summary>Whether a difference is one that was meant.</summary>
    protected abstract bool Means(PresetDifference difference);

    protected static List<string> NamesOf(Preset preset) => [.. preset.Steps.Select(step => step.Name)];

    /// <summary>Why there is no such step; null when there is.</summary>
    protected static Diagnostic? Missing(Preset preset, string step)
    {
        List<string> names = NamesOf(preset);
        return names.Contains(step) ? null : new Diagnostic(
            $"{Diagnostic.Quote(step)} is not a step of \"{preset.Id}\".",
            names.Count == 0 ? "Add one first: the chain is empty."
                : Diagnostic.FixFor(NearestName.Find(step, names), $"{preset.Id} has", names),
            DiagnosticRule.UnknownName);
    }

    /// <summary>Whether the file itself has the step.</summary>
    protected static bool IsOwn(EditableText text, string step) =>
        WrittenStep.Find(text, step) is { Section: not "change" };

    protected static string ParentOf(Preset preset, string step) =>
        preset.Steps.First(one => one.Name == step).Origin.PresetId ?? preset.Parent?.Id ?? preset.Id;

    /// <summary>What an added step says of its place; null where it says nothing.</summary>
    protected static YamlEntry? PlaceOf(WrittenStep step) =>
        (step.Body as YamlMapping)?.Entries.FirstOrDefault(entry => entry.Key.Text is "before" or "after");

    /// <summary>The text with added steps that stand beside one standing beside a parent's step instead; null where
    /// there are none.</summary>
    /// <param name="order">The names of all steps as they should be.</param>
    protected static EditableText? WithoutNeighbour(EditableText text, string step, List<string> order)
    {
        List<WrittenStep> added = [.. WrittenStep.All(text).Where(one => one.Section == "add")];
        List<TextPatch> patches = [];
        foreach (WrittenStep one in added)
        {
            if (PlaceOf(one) is not { Value: YamlScalar named } place || named.Text != step)
                continue;
            string? next = order.SkipWhile(name => name != one.Name.Text).FirstOrDefault(
                name => added.TrueForAll(other => other.Name.Text != name));
            string words = next is null ? $"after: {order.TakeWhile(name => name != one.Name.Text).LastOrDefault()}"
                : $"before: {next}";
            patches.Add(new TextPatch(place.Key.Extent.Start..text.Written(place.Value).End, words));
        }

        return patches.Count == 0 ? null
            : EditableText.Read(TextPatch.Apply(text.Text, patches), text.Source.Name);
    }

    /// <summary>A text as one patch of another.</summary>
    protected static IReadOnlyList<TextPatch> Whole(EditableText text, string changed) =>
        [new TextPatch(0..text.Text.Length, changed)];
}
