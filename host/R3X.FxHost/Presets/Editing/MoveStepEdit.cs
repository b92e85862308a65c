using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Presets.Comparing;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>Moves a step that the file itself has: its lines within <c>chain:</c>, or by what an added step says of its
/// place.</summary>
/// <param name="before">The step that follows it then; null for the end.</param>
internal sealed class MoveStepEdit(string step, string? before) : StepEdit
{
    /// <inheritdoc/>
    public override Diagnostic? Refusal(Preset preset, EditableText text)
    {
        if ((Missing(preset, step) ?? (before is null ? null : Missing(preset, before))) is { } missing)
            return missing;
        if (!IsOwn(text, step))
            return new Diagnostic(
                $"\"{step}\" is a step of \"{ParentOf(preset, step)}\" and keeps its place in presets that extend it.",
                $"Move it in \"{ParentOf(preset, step)}\", or switch it off here and add another where you want it.");
        return WrittenStep.Find(text, step) is { Section: "add", Body: YamlScalar }
            ? new Diagnostic($"\"{step}\" is switched off, and a step that is off has no place of its own.",
                $"Switch it on first: set \"{step}\" to \"on\".")
            : null;
    }

    /// <inheritdoc/>
    public override IEnumerable<IReadOnlyList<TextPatch>> Ways(Preset preset, EditableText text)
    {
        List<string> order = [.. OrderAfter(preset)];
        if (order.SequenceEqual(NamesOf(preset)))
            return [[]];
        WrittenStep written = WrittenStep.Find(text, step)!;
        if (written.Section == "chain")
            return StepBlocks.Of(text, "chain") is { } chain
                ? [[chain.Move(chain.IndexOf(step), order.IndexOf(step))]] : [];
        IEnumerable<string> ways = Moved(text, order);
        if (WithoutNeighbour(text, step, order) is { } apart)
            ways = ways.Concat(Moved(apart, order));
        return ways.Select(moved => Whole(text, moved));
    }

    /// <inheritdoc/>
    protected override string StepIn(YamlMapping before, YamlMapping after) => step;

    /// <inheritdoc/>
    protected override IEnumerable<string> OrderAfter(Preset preset)
    {
        List<string> order = NamesOf(preset);
        if (before == step)
            return order;
        order.Remove(step);
        order.Insert(before is null ? order.Count : order.IndexOf(before), step);
        return order;
    }

    /// <inheritdoc/>
    protected override bool Means(PresetDifference difference) => difference.Kind == PresetDifferenceKind.Place;

    // Another place in its words, its lines where they are; then its lines elsewhere among those that are added.
    private IEnumerable<string> Moved(EditableText text, List<string> order)
    {
        List<EditableText> placed = [.. Placed(text, order)];
        foreach (EditableText one in placed)
            yield return one.Text;
        foreach (EditableText one in placed.Append(text))
        {
            if (StepBlocks.Of(one, "add") is not { } blocks)
                continue;
            int from = blocks.IndexOf(step);
            for (int to = blocks.Count - 1; to >= 0; to--)
            {
                if (to != from)
                    yield return TextPatch.Apply(one.Text, [blocks.Move(from, to)]);
            }
        }
    }

    private IEnumerable<EditableText> Placed(EditableText text, List<string> order)
    {
        int at = order.IndexOf(step);
        WrittenStep written = WrittenStep.Find(text, step)!;
        YamlEntry? place = PlaceOf(written);
        List<IReadOnlyList<TextPatch>> ways = [];
        if (at + 1 < order.Count)
            ways.Add(Place($"before: {order[at + 1]}"));
        if (at > 0)
            ways.Add(Place($"after: {order[at - 1]}"));
        if (place is not null)
            ways.Add(RemovePatch.Setting(text, written, place));
        return ways.Select(way => EditableText.Read(TextPatch.Apply(text.Text, way), text.Source.Name))
            .OfType<EditableText>();

        IReadOnlyList<TextPatch> Place(string words) => place is null ? ValuePatch.AddTo(text, written, words)
            : [new TextPatch(place.Key.Extent.Start..text.Written(place.Value).End, words)];
    }
}
