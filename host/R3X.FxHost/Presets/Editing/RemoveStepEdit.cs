using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Presets.Comparing;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>Takes away a step that the file itself has, with its lines and its notes.</summary>
internal sealed class RemoveStepEdit(string step) : StepEdit
{
    /// <inheritdoc/>
    public override Diagnostic? Refusal(Preset preset, EditableText text) => Missing(preset, step)
        ?? (IsOwn(text, step) ? null : new Diagnostic(
            $"\"{step}\" is a step of \"{ParentOf(preset, step)}\", which \"{preset.Id}\" extends.",
            $"Switch it off instead: set \"{step}\" to \"bypass\"."));

    /// <inheritdoc/>
    public override IEnumerable<IReadOnlyList<TextPatch>> Ways(Preset preset, EditableText text)
    {
        if (Without(text) is { Count: > 0 } way)
            yield return way;
        if (WithoutNeighbour(text, step, [.. OrderAfter(preset)]) is { } apart && Without(apart) is { Count: > 0 } late)
            yield return Whole(text, TextPatch.Apply(apart.Text, late));
    }

    /// <inheritdoc/>
    protected override string StepIn(YamlMapping before, YamlMapping after) => step;

    /// <inheritdoc/>
    protected override IEnumerable<string> OrderAfter(Preset preset) => NamesOf(preset).Where(name => name != step);

    /// <inheritdoc/>
    protected override bool Means(PresetDifference difference) =>
        difference.Step == step && difference.Kind == PresetDifferenceKind.Presence;

    private IReadOnlyList<TextPatch> Without(EditableText text) =>
        StepBlocks.Of(text, WrittenStep.Find(text, step)!.Section) is { } blocks
            ? blocks.Remove(blocks.IndexOf(step)) : [];
}
