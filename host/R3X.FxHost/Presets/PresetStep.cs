using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>One step of a preset, what its parents wrote and what it changed of that taken together.
/// Immutable.</summary>
/// <param name="Slot">The step's name, effect and values.</param>
/// <param name="IsBypassed">Whether it is switched off (<c>STEP: bypass</c>) and therefore not in the plan.</param>
/// <param name="Origin">Where the step's name was first written.</param>
/// <param name="SwitchOrigin">Where <c>bypass</c> or <c>on</c> was last written; a default where it never was.</param>
/// <param name="ValueOrigins">Where each value was written, in the order of the slot's parameters.</param>
public sealed record PresetStep(
    SlotPlan Slot, bool IsBypassed, Origin Origin, Origin SwitchOrigin, IReadOnlyList<Origin> ValueOrigins)
{
    /// <summary>The step's name, unique in its preset.</summary>
    public string Name => Slot.Step;

    /// <summary>Where each point of the step's curve was written, by its frequency; empty where the effect has no
    /// curve.</summary>
    public IReadOnlyDictionary<double, Origin> PointOrigins { get; init; } = new Dictionary<double, Origin>();

    /// <summary>A step of which nothing is said but its name.</summary>
    internal static PresetStep Of(SlotPlan slot, Origin origin) =>
        new(slot, false, origin, Origin.Default, [.. slot.Parameters.Select(_ => Origin.Default)]);

    /// <summary>What a plan is made of.</summary>
    internal static IReadOnlyList<SlotPlan> SlotsOf(IEnumerable<PresetStep> steps) =>
        [.. steps.Where(step => !step.IsBypassed).Select(step => step.Slot)];

    /// <summary>The step with another value of a parameter.</summary>
    internal PresetStep With(int index, SettingValue value, Origin origin)
    {
        SettingValue[] values = [.. Slot.Values];
        Origin[] origins = [.. ValueOrigins];
        (values[index], origins[index]) = (value, origin);
        return this with { Slot = Slot with { Values = values }, ValueOrigins = origins };
    }

    /// <summary>The step with a point in its curve, in place of one at that frequency.</summary>
    internal PresetStep With(int curve, CurvePoint point, Origin origin)
    {
        FrequencyCurve points = (Slot.Values[curve].Curve ?? FrequencyCurve.Flat).With(point);
        return With(curve, SettingValue.Of(points), origin) with
        {
            PointOrigins = new Dictionary<double, Origin>(PointOrigins) { [point.Frequency] = origin },
        };
    }

    /// <summary>Every setting under the name that presets give it, the points of a curve each by itself.</summary>
    public IEnumerable<StepSetting> Settings()
    {
        for (int i = 0; i < Slot.Parameters.Count; i++)
        {
            Parameter parameter = Slot.Parameters[i];
            if (parameter.Points is null)
            {
                string value = ValueText.Format(parameter, Slot.Values[i]);
                yield return new StepSetting(parameter.Id, value, ValueOrigins[i], parameter);
            }

            foreach (CurvePoint point in Slot.Values[i].Curve?.Points ?? [])
            {
                yield return new StepSetting(
                    PointWords.NameOf(parameter, point.Frequency),
                    ValueText.Format(parameter, point.Value),
                    PointOrigins.GetValueOrDefault(point.Frequency, Origin.Default),
                    parameter);
            }
        }
    }
}

/// <summary>One setting of a step.</summary>
/// <param name="Name">As presets write it: <c>mix</c>, or <c>1.25 kHz</c> for a point of a curve.</param>
/// <param name="Value">As presets write it.</param>
/// <param name="Origin">Where it was written; a default where it never was.</param>
/// <param name="Parameter">What it sets.</param>
public sealed record StepSetting(string Name, string Value, Origin Origin, Parameter Parameter);

/// <summary>Where a step or a value was written: which preset, and the place in its file. Immutable.</summary>
/// <param name="PresetId">The preset that wrote it, itself or a parent of it; null when nobody did and it is a
/// default.</param>
/// <param name="Line">The line, from 1; 0 for a default.</param>
/// <param name="Column">The first character, in UTF-16 units from 1; 0 for a default.</param>
/// <param name="Length">How many UTF-16 units of the line it is long, quotes included.</param>
public sealed record Origin(string? PresetId, int Line, int Column, int Length)
{
    /// <summary>The origin of what nobody wrote.</summary>
    public static Origin Default { get; } = new(null, 0, 0, 0);

    /// <summary>Whether nobody wrote it.</summary>
    public bool IsDefault => PresetId is null;

    internal static Origin At(string presetId, SourceSpan span) => new(presetId, span.Line, span.Column, span.Length);
}
