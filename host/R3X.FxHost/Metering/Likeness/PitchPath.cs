using System;
using System.Collections.Generic;
using System.Linq;

namespace R3X.FxHost.Metering.Likeness;

/// <summary>
/// The likeliest lag of every frame of a voice: deep dips, short lags, and no leaps from frame to frame (Viterbi).
/// </summary>
internal sealed class PitchPath(int shortestLag)
{
    private const int Candidates = 6;
    private const double PerOctaveOfLag = 0.02;
    private const double PerOctaveOfLeap = 1.5;
    private const double AnyLeap = 0.6;

    private readonly List<Step> _steps = [];

    /// <summary>Adds a frame.</summary>
    /// <param name="dips">YIN's difference at each lag from the shortest on.</param>
    public void Add(double[] dips)
    {
        int[] lags = Deepest(dips);
        double[] octaves = [.. lags.Select(lag => Math.Log2(lag + shortestLag))];
        double lowest = Math.Log2(shortestLag);
        var costs = new double[lags.Length];
        var from = new int[lags.Length];
        for (int i = 0; i < lags.Length; i++)
        {
            costs[i] = dips[lags[i]] + (PerOctaveOfLag * (octaves[i] - lowest));
            if (_steps.Count == 0)
                continue;
            Step before = _steps[^1];
            double least = double.PositiveInfinity;
            for (int k = 0; k < before.Lags.Length; k++)
            {
                double leap = Math.Min(PerOctaveOfLeap * Math.Abs(octaves[i] - before.Octaves[k]), AnyLeap);
                if (before.Costs[k] + leap < least)
                    (least, from[i]) = (before.Costs[k] + leap, k);
            }

            costs[i] += least;
        }

        _steps.Add(new Step(lags, octaves, costs, from));
    }

    /// <summary>Each frame's lag, counted from the shortest on.</summary>
    public int[] Best()
    {
        var lags = new int[_steps.Count];
        int at = Array.IndexOf(_steps[^1].Costs, _steps[^1].Costs.Min());
        for (int i = lags.Length - 1; i >= 0; i--)
        {
            lags[i] = _steps[i].Lags[at];
            at = _steps[i].From[at];
        }

        return lags;
    }

    private static int[] Deepest(double[] dips)
    {
        var lags = new List<int>();
        for (int i = 1; i < dips.Length - 1; i++)
        {
            if (dips[i] < dips[i - 1] && dips[i] <= dips[i + 1])
                lags.Add(i);
        }

        return lags.Count == 0
            ? [Array.IndexOf(dips, dips.Min())]
            : [.. lags.OrderBy(lag => dips[lag]).Take(Candidates)];
    }

    private sealed record Step(int[] Lags, double[] Octaves, double[] Costs, int[] From);
}
