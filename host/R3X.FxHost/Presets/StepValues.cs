using System;
using System.Collections.Generic;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>The values of one step while its settings are read, and where each comes from.</summary>
internal sealed class StepValues
{
    private StepValues(SettingValue[] values, Origin[] origins)
    {
        Values = values;
        Origins = origins;
    }

    /// <summary>A number or a movement for each parameter.</summary>
    public SettingValue[] Values { get; }

    /// <summary>Where each was written.</summary>
    public Origin[] Origins { get; }

    /// <summary>The values of a step of which nothing was said.</summary>
    public static StepValues DefaultsOf(IReadOnlyList<Parameter> parameters)
    {
        var origins = new Origin[parameters.Count];
        Array.Fill(origins, Origin.Default);
        return new StepValues(SettingWords.DefaultsOf(parameters), origins);
    }

    /// <summary>The values of a parent's step, to be changed.</summary>
    public static StepValues Of(PresetStep step) => new([.. step.Slot.Values], [.. step.ValueOrigins]);
}
