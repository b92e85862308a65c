using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets;

/// <summary>
/// Changes a preset's plan for one line: <c>comb.mix=40%</c>, <c>comb=bypass</c>, <c>comb=on</c>, <c>+comb</c>.
/// </summary>
public static class PresetOverrides
{
    /// <summary>What diagnostics call the place of a change.</summary>
    public const string Place = "override";

    /// <summary>What diagnostics call the place of an amount.</summary>
    public const string AmountPlace = "amount";

    /// <summary>Applies one change.</summary>
    /// <param name="preset">The preset; it stays as it is.</param>
    /// <param name="assignment"><c>STEP.SETTING=VALUE</c>, <c>STEP=bypass</c> or <c>STEP=on</c>.</param>
    public static OverrideReading Apply(Preset preset, string assignment) => Apply(preset, [assignment]);

    /// <summary>
    /// Applies several changes, one after the other, as a child preset's <c>change:</c> would: a step that is given a
    /// setting is switched on as well.
    /// </summary>
    /// <param name="preset">The preset; it stays as it is.</param>
    /// <param name="assignments">The changes; the last one to a setting wins.</param>
    public static OverrideReading Apply(Preset preset, IEnumerable<string> assignments) =>
        Apply(preset, assignments, effects: null);

    /// <summary>
    /// Applies several changes, among which <c>+EFFECT</c> adds an effect to a preset that has none of it: with its
    /// defaults, in front of the last limiter, as <c>add:</c> does.
    /// </summary>
    /// <param name="preset">The preset; it stays as it is.</param>
    /// <param name="assignments">The changes, one after the other; the last one to a setting wins.</param>
    /// <param name="effects">The effects that can be added; null for none.</param>
    public static OverrideReading Apply(Preset preset, IEnumerable<string> assignments, IEffectCatalogue? effects)
    {
        ArgumentNullException.ThrowIfNull(preset);
        ArgumentNullException.ThrowIfNull(assignments);
        List<PresetDiagnostic> all = [];
        Preset changed = preset;
        foreach (string assignment in assignments)
        {
            var source = new SourceText(Place, assignment.ReplaceLineEndings(" "), hasLines: false);
            var diagnostics = new DiagnosticBag(source);
            changed = effects is not null && source.Text.StartsWith('+')
                ? Add(changed, source, diagnostics, effects)
                : ApplyOne(changed, source, diagnostics);
            all.AddRange(diagnostics.ToList());
        }

        ChainPlan plan = ReferenceEquals(changed, preset)
            ? preset.Plan
            : preset.Plan with { Slots = PresetStep.SlotsOf(changed.Steps) };
        return new OverrideReading(plan, all);
    }

    /// <summary>Reads an amount for one line: a value, or the sentence of a modulation.</summary>
    /// <param name="text">The text.</param>
    /// <param name="diagnostics">What is wrong with it; empty when nothing is.</param>
    /// <returns>The amount, in percent; null when something is wrong.</returns>
    public static SettingValue? Amount(string text, out IReadOnlyList<PresetDiagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(text);
        var source = new SourceText(AmountPlace, text.ReplaceLineEndings(" "), hasLines: false);
        var found = new DiagnosticBag(source);
        ValueReading reading = SettingWords.Read(source.Text, ChainPlan.AmountParameter);
        foreach (ValueReading wrong in reading.Wrongs)
        {
            SourceSpan span = wrong.Length > 0
                ? source.SpanAt(wrong.At, wrong.Length)
                : source.Span(0, source.Text.Length);
            found.Error(span, wrong.Diagnostic!.Value);
        }

        diagnostics = found.ToList();
        return reading.Diagnostic is null ? reading.Setting : null;
    }

    private static Preset Add(
        Preset preset, SourceText source, DiagnosticBag diagnostics, IEffectCatalogue effects)
    {
        string id = source.Text[1..].Trim();
        if (preset.Steps.Any(step => step.Slot.EffectId == id))
            return preset;
        SourceSpan where = source.Span(1, source.Text.Length);
        if (preset.Steps.Any(step => step.Name == id))
        {
            diagnostics.Error(where, $"\"{preset.Id}\" has a step \"{id}\" with another effect.",
                "Give one of them another name.");
            return preset;
        }

        var checker = new StepChecker(preset.Id, new EffectFinder(effects), diagnostics, isComplete: true);
        if (checker.Check(new YamlScalar(where, id, isQuoted: false), body: null, isAdded: true) is not { } added)
            return preset;
        List<PresetStep> steps = [.. preset.Steps];
        steps.Insert(AddChecker.UsualPlace(steps), added);
        return preset with { Steps = steps };
    }

    // The preset with the change; the same one after a diagnostic.
    private static Preset ApplyOne(Preset preset, SourceText source, DiagnosticBag diagnostics)
    {
        string text = source.Text;
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            const string Message = "A change for one line has the form STEP.SETTING=VALUE.";
            diagnostics.Error(source.Span(0, text.Length), Message, $"Write {Example(preset)}.");
            return preset;
        }

        var path = SettingPath.Of(text[..equals]);
        int nameEnd = path.Setting is null ? equals : text.IndexOf('.', StringComparison.Ordinal);
        SourceSpan Where(PathPart part) => part switch
        {
            PathPart.Step => source.Span(0, nameEnd),
            PathPart.Setting => source.Span(nameEnd + 1, equals),
            _ => equals + 1 < text.Length ? source.Span(equals + 1, text.Length) : source.SpanAt(equals),
        };

        string value = text[(equals + 1)..];
        if (path.Refusal(preset, value.Trim(), isAssignment: true) is var (part, refused))
        {
            diagnostics.Error(Where(part), refused);
            return preset;
        }

        YamlScalar Written(PathPart part, string said) => new(Where(part), said, isQuoted: true);
        YamlNode body = path.Setting is not { } setting
            ? Written(PathPart.Value, value.Trim())
            : new YamlMapping(
                Where(PathPart.Setting),
                [new YamlEntry(Written(PathPart.Setting, setting), Written(PathPart.Value, value))],
                isFlow: false);
        List<PresetStep> steps = [.. preset.Steps];
        int at = steps.FindIndex(step => step.Name == path.Step);
        var reader = new StepReader(preset.Id, diagnostics, isComplete: true);
        if (reader.Read(steps[at], Written(PathPart.Step, path.Step), body, StepPlace.Parent) is not { } changed)
            return preset;
        steps[at] = changed;
        return preset with { Steps = steps };
    }

    private static string Example(Preset preset)
    {
        PresetStep? step = preset.Steps.FirstOrDefault(s => s.Slot.Parameters.Count > 0);
        return step?.Slot is not { } slot
            ? "\"comb.mix=40%\""
            : $"\"{slot.Step}.{slot.Parameters[0].Id}={ValueText.Format(slot.Parameters[0], slot.Values[0])}\"";
    }
}

/// <summary>What came of changing a plan for one run.</summary>
/// <param name="Plan">The plan with every change that was right.</param>
/// <param name="Diagnostics">What is wrong with the others.</param>
public sealed record OverrideReading(ChainPlan Plan, IReadOnlyList<PresetDiagnostic> Diagnostics);
