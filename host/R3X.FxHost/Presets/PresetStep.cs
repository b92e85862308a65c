using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>One step of a preset, what its parents wrote and what it changed of that taken together. Immutable.</summary>
/// <param name="Slot">The step's name, effect and values.</param>
/// <param name="IsBypassed">Whether it is switched off (<c>STEP: bypass</c>) and therefore not in the plan.</param>
/// <param name="Origin">Where the step's name was first written.</param>
/// <param name="SwitchOrigin">Where <c>bypass</c> or <c>on</c> was last written; a default where it never was.</param>
/// <param name="ValueOrigins">Where each value was written, in the order of the slot's parameters.</param>
public sealed record PresetStep(SlotPlan Slot, bool IsBypassed, Origin Origin, Origin SwitchOrigin, IReadOnlyList<Origin> ValueOrigins)
{
    /// <summary>The step's name, unique in its preset.</summary>
    public string Name => Slot.Step;

    /// <summary>Where each point of the step's curve was written, by its frequency; empty where the effect has no
    /// curve.</summary>
    public IReadOnlyDictionary<double, Origin> PointOrigins { get; init; } = new Dictionary<double, Origin>();

    /// <summary>What a plan is made of.</summary>
    internal static IReadOnlyList<SlotPlan> SlotsOf(IEnumerable<PresetStep> steps) =>
        [.. steps.Where(step => !step.IsBypassed).Select(step => step.Slot)];

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
