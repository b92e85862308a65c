using System;
using System.Collections.Generic;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>The values of one step while its settings are read, and where each comes from.</summary>
internal sealed class StepValues
{
    private StepValues(SettingValue[] values, Origin[] origins, IReadOnlyDictionary<double, Origin> points)
    {
        Values = values;
        Origins = origins;
        PointOrigins = new Dictionary<double, Origin>(points);
    }

    public SettingValue[] Values { get; }

    public Origin[] Origins { get; }

    /// <summary>Where each point of the curve was written, by its frequency.</summary>
    public Dictionary<double, Origin> PointOrigins { get; }

    /// <summary>The values of a step of which nothing was said.</summary>
    public static StepValues DefaultsOf(IReadOnlyList<Parameter> parameters)
    {
        var origins = new Origin[parameters.Count];
        Array.Fill(origins, Origin.Default);
        return new StepValues(SettingWords.DefaultsOf(parameters), origins, new Dictionary<double, Origin>());
    }

    /// <summary>The values of a parent's step, to be changed.</summary>
    public static StepValues Of(PresetStep step) =>
        new([.. step.Slot.Values], [.. step.ValueOrigins], step.PointOrigins);

    /// <summary>Puts a point into the curve, in place of one at that frequency.</summary>
    public void Put(int index, CurvePoint point, Origin origin)
    {
        Values[index] = SettingValue.Of((Values[index].Curve ?? FrequencyCurve.Flat).With(point));
        PointOrigins[point.Frequency] = origin;
        Origins[index] = origin;
    }
}
