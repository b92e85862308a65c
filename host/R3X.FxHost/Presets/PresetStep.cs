using R3X.FxHost.Chains;

namespace R3X.FxHost.Presets;

/// <summary>One step of a preset. Immutable.</summary>
/// <param name="Slot">The step's name, effect and values.</param>
/// <param name="IsBypassed">Whether it is switched off (<c>STEP: bypass</c>) and therefore not in the plan.</param>
public sealed record PresetStep(SlotPlan Slot, bool IsBypassed)
{
    /// <summary>The step's name, unique in its preset.</summary>
    public string Name => Slot.Step;
}
