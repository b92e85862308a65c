using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Effects;

/// <summary>
/// A curve's points, and between points that stand far apart some more on the way from one to the next, so that no peak
/// has to be wide on one side and narrow on the other.
/// </summary>
internal sealed class CurveGrid
{
    // As many terms as fit two registers.
    private const int MostPoints = 32;
    private const double WidestGap = 1;
    private const double SteepestGrowth = 2.5;

    private readonly List<double> _octaves = [];
    private readonly MonotoneCurve _curve;

    /// <param name="points">At least one, by rising frequency.</param>
    public CurveGrid(IReadOnlyList<CurvePoint> points)
    {
        foreach (var point in points)
            _octaves.Add(Math.Log2(point.Frequency));
        _curve = new MonotoneCurve([.. _octaves], [.. points.Select(point => point.Value)]);
        while (_octaves.Count is > 1 and < MostPoints && Fill())
        {
        }
    }

    /// <summary>Number of points.</summary>
    public int Count => _octaves.Count;

    /// <summary>A point's frequency, in Hz.</summary>
    public double Frequency(int point) => Math.Pow(2, _octaves[point]);

    /// <summary>What the curve is there, in dB.</summary>
    public double Gain(int point) => _curve.At(_octaves[point]);

    /// <summary>Octaves to its neighbours, on the average; one where there is none.</summary>
    public double Reach(int point)
    {
        if (Count == 1)
            return WidestGap;
        double below = point > 0 ? Gap(point - 1) : Gap(0);
        double above = point < Count - 1 ? Gap(point) : Gap(Count - 2);
        return (Math.Min(below, WidestGap) + Math.Min(above, WidestGap)) / 2;
    }

    private double Gap(int after) => _octaves[after + 1] - _octaves[after];

    // Puts a point into the gap that needs one most; false when none does.
    private bool Fill()
    {
        double worst = 1.0001;
        double at = 0;
        for (int i = 0; i < Count - 1; i++)
        {
            double left = i > 0 ? Gap(i - 1) : double.PositiveInfinity;
            double right = i < Count - 2 ? Gap(i + 1) : double.PositiveInfinity;
            double most = Math.Min(WidestGap, SteepestGrowth * Math.Min(left, right));
            if (Gap(i) / most <= worst)
                continue;
            worst = Gap(i) / most;
            at = most == WidestGap ? (_octaves[i] + _octaves[i + 1]) / 2
                : left <= right ? _octaves[i] + (2 * left) : _octaves[i + 1] - (2 * right);
        }

        if (worst <= 1.0001)
            return false;
        _octaves.Insert(~_octaves.BinarySearch(at), at);
        return true;
    }
}
