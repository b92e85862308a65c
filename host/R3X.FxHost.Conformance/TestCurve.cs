using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Conformance;

/// <summary>Curves for effects that have one, so that there is something to hear.</summary>
internal static class TestCurve
{
    /// <summary>As many points as there may be, up and down by a quarter of the range; flat for an effect without a
    /// curve.</summary>
    public static FrequencyCurve Of(IReadOnlyList<Parameter> parameters) =>
        Of(parameters, share => 0.5 + (0.125 * Math.Sin(share * 20)));

    /// <summary>Points at random, some of them close together.</summary>
    public static FrequencyCurve Drawn(IReadOnlyList<Parameter> parameters, Random random)
    {
        if (parameters.FirstOrDefault(p => p.Points is not null) is not { Points: { } points } curve)
            return FrequencyCurve.Flat;
        double octaves = Math.Log2(points.Highest / points.Lowest);
        return new(Enumerable.Range(0, random.Next(points.Most + 1))
            .Select(_ => points.Lowest * Math.Pow(2, octaves * random.NextDouble()))
            .Select(frequency => new CurvePoint(frequency, Between(curve, random.NextDouble()))));
    }

    private static FrequencyCurve Of(IReadOnlyList<Parameter> parameters, Func<double, double> height)
    {
        if (parameters.FirstOrDefault(p => p.Points is not null) is not { Points: { } points } curve)
            return FrequencyCurve.Flat;
        double ratio = points.Highest / points.Lowest;
        return new(Enumerable.Range(0, points.Most).Select(i => (double)i / (points.Most - 1))
            .Select(share => new CurvePoint(points.Lowest * Math.Pow(ratio, share), Between(curve, height(share)))));
    }

    private static double Between(Parameter curve, double share) =>
        curve.Minimum + (share * (curve.Maximum - curve.Minimum));
}
