using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// Peak filters in a row that together pass through a curve's points. Peaks overlap, so the gain of each is not the
/// point's: it is solved for, as in V. Välimäki and J. Liski, "Accurate Cascade Graphic Equalizer" (2017), here by
/// Newton's method, since the power of a peak with fixed poles is exactly 1 + w (G^2 - 1).
/// </summary>
internal sealed class CurveDesign
{
    // The widest first: it goes most smoothly from point to point. A zigzag needs narrow peaks to reach its points.
    private static readonly double[] Widths = [1.6, 1.1, 0.75, 0.5, 0.35, 0.25];

    private const double MostDamping = 0.9;
    private const double MostGain = 30;
    private const double GoodDecibels = 0.05;
    private const int Quarters = 4;

    private readonly double[] _frequencies;
    private readonly double[] _targets;
    private readonly double[] _dampings;
    private readonly double[][] _weights;
    private readonly double[][] _gains = new double[Quarters + 1][];

    private CurveDesign(CurveGrid grid, double width, double sampleRate)
    {
        int count = grid.Count;
        _frequencies = new double[count];
        _targets = new double[count];
        _dampings = new double[count];
        _weights = Array.ConvertAll(_targets, _ => new double[count]);
        var gains = new double[count];
        for (int i = 0; i < count; i++)
        {
            _frequencies[i] = grid.Frequency(i) / sampleRate;
            _targets[i] = grid.Gain(i);
            gains[i] = 0.6 * _targets[i];
        }

        // The poles of a boost and of a cut of so many decibels are as in MatchedFilters.Peak; then they stay.
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < count; i++)
            {
                double q = MatchedFilters.QFromOctaves(width * grid.Reach(i));
                _dampings[i] = Math.Min(1 / (2 * q * Decibels.ToGain(gains[i] / 2)), MostDamping);
            }

            Weigh();
            Error = CurveSolver.Solve(_weights, _targets, gains);
        }

        _gains[Quarters] = gains;
        foreach (double gain in gains)
            Largest = Math.Max(Largest, Math.Abs(gain));
    }

    /// <summary>How far the curve is from its points, in dB.</summary>
    public double Error { get; }

    private double Largest { get; }

    /// <summary>Finds the filters for a curve.</summary>
    /// <param name="points">The points, at least one, none above 0.49 of the sample rate.</param>
    /// <param name="sampleRate">In Hz.</param>
    public static CurveDesign Of(IReadOnlyList<CurvePoint> points, double sampleRate)
    {
        var grid = new CurveGrid(points);
        CurveDesign? best = null;
        foreach (double width in Widths)
        {
            var design = new CurveDesign(grid, width, sampleRate);
            if (best is null || design.Error < best.Error)
                best = design;
            if (design.Error <= GoodDecibels && design.Largest <= MostGain)
            {
                best = design;
                break;
            }
        }

        best!.SolveWeaker();
        return best;
    }

    /// <summary>The filters that pass through a share of every point's decibels. Their poles do not depend on the
    /// share.</summary>
    /// <param name="strength">The share, 0 to 1.</param>
    public Biquad[] Sections(double strength)
    {
        int quarter = Math.Min((int)(strength * Quarters), Quarters - 1);
        double share = (strength * Quarters) - quarter;
        var sections = new Biquad[_frequencies.Length];
        for (int i = 0; i < sections.Length; i++)
        {
            double gain = Between(i, quarter, share);
            sections[i] = MatchedFilters.PeakOnPoles(_frequencies[i], _dampings[i], gain);
        }

        return sections;
    }

    // Catmull and Rom's spline through the quarters; at the ends the inner ones go on straight.
    private double Between(int section, int quarter, double share)
    {
        double b = _gains[quarter][section];
        double c = _gains[quarter + 1][section];
        double a = quarter > 0 ? _gains[quarter - 1][section] : (2 * b) - c;
        double d = quarter + 2 <= Quarters ? _gains[quarter + 2][section] : (2 * c) - b;
        double cubic = (3 * (b - c)) + d - a;
        double square = (2 * a) - (5 * b) + (4 * c) - d;
        return share == 1 ? c : b + (0.5 * share * (c - a + (share * (square + (share * cubic)))));
    }

    // With the poles of the whole curve a part of it wants gains that are not just parts of the whole's.
    private void SolveWeaker()
    {
        _gains[0] = new double[_frequencies.Length];
        for (int quarter = Quarters - 1; quarter > 0; quarter--)
        {
            double share = (double)quarter / Quarters;
            var gains = Array.ConvertAll(_gains[quarter + 1], gain => gain * quarter / (quarter + 1));
            CurveSolver.Solve(_weights, Array.ConvertAll(_targets, target => target * share), gains);
            _gains[quarter] = gains;
        }
    }

    // w of each peak (column) at each point (row).
    private void Weigh()
    {
        for (int peak = 0; peak < _frequencies.Length; peak++)
        {
            double twice = Decibels.FromGain(Math.Sqrt(2));
            var section = MatchedFilters.PeakOnPoles(_frequencies[peak], _dampings[peak], twice);
            for (int point = 0; point < _frequencies.Length; point++)
                _weights[point][peak] = Math.Pow(section.MagnitudeAt(_frequencies[point]), 2) - 1;
        }
    }
}
