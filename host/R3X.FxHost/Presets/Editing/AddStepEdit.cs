using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using R3X.FxHost.Presets.Comparing;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>Adds a step with its effect's defaults: into <c>chain:</c>, or at the end of <c>add:</c>.</summary>
/// <param name="before">The step that follows it; null for the usual place.</param>
internal sealed class AddStepEdit(string effect, string? before) : StepEdit
{
    private string? _other;

    // The effect's, unless a step has it.
    private string Name => _other ?? effect;

    /// <inheritdoc/>
    public override Diagnostic? Refusal(Preset preset, EditableText text)
    {
        List<string> names = NamesOf(preset);
        for (int i = 2; names.Contains(Name); i++)
            _other = string.Create(CultureInfo.InvariantCulture, $"{effect}-{i}");
        return effect.Length == 0 || effect.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-')
            ? new Diagnostic($"{Diagnostic.Quote(effect)} cannot be an effect's id.",
                "Write one that \"r3x effects\" lists.", DiagnosticRule.UnknownName)
            : before is null ? null : Missing(preset, before);
    }

    /// <inheritdoc/>
    public override IEnumerable<IReadOnlyList<TextPatch>> Ways(Preset preset, EditableText text)
    {
        string[] named = Name == effect ? [] : [$"effect: {effect}"];
        List<string> order = [.. OrderAfter(preset)];
        if (text.Find("extends") is null)
            return StepBlocks.Of(text, "chain") is { } chain
                ? [[chain.Insert(order.IndexOf(Name), Lines(text, named), InBraces(named))]] : [];
        int at = order.IndexOf(Name);
        List<string[]> places = [named];
        if (at + 1 < order.Count)
            places.Add([.. named, $"before: {order[at + 1]}"]);
        if (at > 0)
            places.Add([.. named, $"after: {order[at - 1]}"]);
        return StepBlocks.Of(text, "add") is not { } added
            ? places.Select(settings => (IReadOnlyList<TextPatch>)[NewSection(text, settings)])
            // A step can be named by those below it alone.
            : from i in Enumerable.Range(0, added.Count + 1)
              from settings in places
              select (IReadOnlyList<TextPatch>)
                  [added.Insert(added.Count - i, Lines(text, settings), InBraces(settings))];
    }

    /// <inheritdoc/>
    protected override string StepIn(YamlMapping before, YamlMapping after) => Name;

    /// <inheritdoc/>
    protected override IEnumerable<string> OrderAfter(Preset preset)
    {
        List<string> order = NamesOf(preset);
        order.Insert(before is null ? AddChecker.UsualPlace([.. preset.Steps]) : order.IndexOf(before), Name);
        return order;
    }

    /// <inheritdoc/>
    protected override bool Means(PresetDifference difference) =>
        difference.Step == Name && difference.Kind == PresetDifferenceKind.Presence;

    private TextPatch NewSection(EditableText text, string[] settings)
    {
        string indent = new(' ', text.Depth);
        IEnumerable<string> lines = Lines(text, settings).Select((line, i) => indent + (i == 0 ? "- " : "  ") + line);
        return ValuePatch.InsertKey(text, "add", ["add:", .. lines], $"add: [{InBraces(settings)}]");
    }

    private List<string> Lines(EditableText text, string[] settings) => settings.Length == 0
        ? [Name]
        : [Name + ":", .. settings.Select(setting => new string(' ', text.Depth) + setting)];

    private string InBraces(string[] settings) =>
        settings.Length == 0 ? Name : $"{Name}: {{ {string.Join(", ", settings)} }}";
}
