using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>One step of a chain, checked and ready to be prepared. Immutable.</summary>
/// <param name="Step">The step's name in the preset.</param>
/// <param name="EffectId">The effect's stable id.</param>
/// <param name="EffectVersion">The plugin's version, for fault reports.</param>
/// <param name="Role">What the effect is for.</param>
/// <param name="Parameters">The effect's parameters, in its own order.</param>
/// <param name="Values">A number, a modulation or a curve for each parameter, in its unit and range; structural ones
/// do not move.</param>
/// <param name="Create">Makes a fresh instance of the effect. May throw: a chain then leaves the slot dry.</param>
public sealed record SlotPlan(
    string Step,
    string EffectId,
    string EffectVersion,
    EffectRole Role,
    IReadOnlyList<Parameter> Parameters,
    IReadOnlyList<SettingValue> Values,
    Func<IEffect> Create)
{
    /// <summary>Whether what is made works in a process of its own, and is watched there.</summary>
    internal bool IsRemote { get; init; }

    /// <summary>The curve among the values; flat where there is none.</summary>
    public FrequencyCurve Curve
    {
        get
        {
            for (int i = 0; i < Values.Count; i++)
            {
                if (Values[i].Curve is { } curve)
                    return curve;
            }

            return FrequencyCurve.Flat;
        }
    }
}
