using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>Changes a preset's plan for one line: <c>comb.mix=40%</c>, <c>comb=bypass</c>.</summary>
public static class PresetOverrides
{
    /// <summary>What diagnostics call the place of a change.</summary>
    public const string Place = "override";

    /// <summary>What diagnostics call the place of an amount.</summary>
    public const string AmountPlace = "amount";

    /// <summary>Applies one change.</summary>
    /// <param name="plan">The plan; it stays as it is.</param>
    /// <param name="assignment"><c>STEP.SETTING=VALUE</c>, <c>STEP=bypass</c> or <c>STEP=on</c>.</param>
    public static OverrideReading Apply(ChainPlan plan, string assignment) => Apply(plan, [assignment]);

    /// <summary>Applies several changes, one after the other.</summary>
    /// <param name="plan">The plan; it stays as it is.</param>
    /// <param name="assignments">The changes; the last one to a setting wins.</param>
    public static OverrideReading Apply(ChainPlan plan, IEnumerable<string> assignments)
    {
        List<PresetDiagnostic> all = [];
        foreach (string assignment in assignments)
        {
            var source = new SourceText(Place, assignment.ReplaceLineEndings(" "), hasLines: false);
            var diagnostics = new DiagnosticBag(source);
            plan = ApplyOne(plan, source, diagnostics);
            all.AddRange(diagnostics.ToList());
        }

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

    private static ChainPlan ApplyOne(ChainPlan plan, SourceText source, DiagnosticBag diagnostics)
    {
        string text = source.Text;
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            diagnostics.Error(
                source.Span(0, text.Length),
                "A change for one line has the form STEP.SETTING=VALUE.",
                $"Write {Example(plan)}.");
            return plan;
        }

        int dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || dot > equals)
            return Switch(plan, source, text[..equals].Trim(), text[(equals + 1)..].Trim(), equals, diagnostics);
        string step = text[..dot].Trim();
        int at = FindStep(plan, step, source.Span(0, dot), diagnostics);
        if (at < 0)
            return plan;
        SlotPlan slot = plan.Slots[at];
        if (ReadValue(source, slot, step, (dot + 1, equals), diagnostics) is not { } values)
            return plan;
        return With(plan, at, slot with { Values = values });
    }

    // The slot's values with the new one among them; null after a diagnostic.
    private static SettingValue[]? ReadValue(
        SourceText source,
        SlotPlan slot,
        string step,
        (int Start, int End) name,
        DiagnosticBag diagnostics)
    {
        string setting = source.Text[name.Start..name.End].Trim();
        SourceSpan named = source.Span(name.Start, name.End);
        int index = SettingWords.Find(slot.Parameters, setting);
        int curve = PointWords.Find(slot.Parameters);
        double? place = null;
        PointChecker? points = null;
        if (index < 0 && curve >= 0 && PointWords.IsMeant(setting))
        {
            points = new PointChecker(slot.EffectId, slot.Parameters[curve], diagnostics);
            place = points.ReadPlace(named, setting);
        }
        else if (index < 0)
        {
            diagnostics.Error(named, SettingWords.Unknown(setting, step, slot.EffectId, slot.Parameters));
        }

        if (index < 0 && place is null)
            return null;
        string text = source.Text;
        int begin = name.End + 1;
        ValueReading reading = place is { } at
            ? SettingWords.ReadPoint(text[begin..], points!.RangeAt(at))
            : SettingWords.Read(text[begin..], slot.Parameters[index]);
        foreach (ValueReading wrong in reading.Wrongs)
        {
            SourceSpan span = wrong.Length > 0 ? source.SpanAt(begin + wrong.At, wrong.Length)
                : begin < text.Length ? source.Span(begin, text.Length) : source.SpanAt(begin - 1);
            diagnostics.Error(span, wrong.Diagnostic!.Value);
        }

        if (reading.Diagnostic is not null)
            return null;
        SettingValue[] values = [.. slot.Values];
        if (place is { } hertz)
        {
            values[curve] = SettingValue.Of(slot.Curve.With(new CurvePoint(hertz, reading.Value)));
            return points!.IsRoom(named, values[curve].Curve!) ? values : null;
        }

        values[index] = reading.Setting;
        return values;
    }

    private static ChainPlan Switch(ChainPlan plan, SourceText source, string step, string to, int equals, DiagnosticBag diagnostics)
    {
        if (plan.Slots.All(s => s.Step != step))
        {
            List<string> owners = [.. plan.Slots.Where(s => SettingWords.Find(s.Parameters, step) >= 0).Select(s => s.Step)];
            if (owners.Count > 0)
            {
                diagnostics.Error(
                    source.Span(0, equals),
                    $"{Diagnostic.Quote(step)} is a setting; its step is missing in front of it.",
                    Diagnostic.FixOf(owners.ConvertAll(owner => $"{owner}.{step}={to}")));
                return plan;
            }
        }

        int at = FindStep(plan, step, source.Span(0, equals), diagnostics);
        if (at < 0 || to == "on")
            return plan;
        if (to == "bypass")
            return With(plan, at, null);
        diagnostics.Error(
            equals + 1 < source.Text.Length ? source.Span(equals + 1, source.Text.Length) : source.SpanAt(equals),
            $"A step is switched with \"bypass\" or \"on\"; {Diagnostic.Quote(to)} is neither.",
            to is "off" or "no" or "false" or "" || plan.Slots[at].Parameters.Count == 0
                ? $"Write \"{step}=bypass\"."
                : $"Write \"{step}=bypass\", or name a setting: {step}.{plan.Slots[at].Parameters[0].Id}={ValueText.Format(plan.Slots[at].Parameters[0], plan.Slots[at].Values[0])}.");
        return plan;
    }

    private static int FindStep(ChainPlan plan, string step, SourceSpan at, DiagnosticBag diagnostics)
    {
        for (int i = 0; i < plan.Slots.Count; i++)
        {
            if (plan.Slots[i].Step == step)
                return i;
        }

        string message = $"{Diagnostic.Quote(step)} is not a step of \"{plan.PresetId}\".";
        List<string> steps = [.. plan.Slots.Select(s => s.Step)];
        diagnostics.Error(at, message, steps.Count == 0 ? "Leave it out: the chain is empty." : Diagnostic.FixFor(NearestName.Find(step, steps), $"{plan.PresetId} has", steps));
        return -1;
    }

    private static ChainPlan With(ChainPlan plan, int at, SlotPlan? slot)
    {
        List<SlotPlan> slots = [.. plan.Slots];
        if (slot is null)
            slots.RemoveAt(at);
        else
            slots[at] = slot;
        return plan with { Slots = slots };
    }

    private static string Example(ChainPlan plan)
    {
        SlotPlan? slot = plan.Slots.FirstOrDefault(s => s.Parameters.Count > 0);
        return slot is null ? "\"comb.mix=40%\"" : $"\"{slot.Step}.{slot.Parameters[0].Id}={ValueText.Format(slot.Parameters[0], slot.Values[0])}\"";
    }
}
