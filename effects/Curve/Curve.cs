using System.Collections.Generic;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect("curve", "Curve", EffectRole.Tone)]

namespace R3X.FxHost.Effects;

/// <summary>
/// An equaliser that passes through the points it is given. Minimum phase, without latency: peak filters, whose
/// interaction
/// is solved so that the gain at each point is what is written.
/// </summary>
public sealed class Curve : IEffect
{
    private static readonly Parameter Points = Parameter.OfCurve(
        "points", ParameterUnit.Decibels, -24, 24, new CurvePoints(80, 20_000, 31),
        "A point such as \"250 Hz: -6 dB\" makes its frequency louder or softer; "
        + "the curve goes smoothly from one point to the next.");

    private static readonly Parameter Strength = new(
        "strength", ParameterUnit.Percent, 0, 100, 100,
        "How much of the curve is heard: turn it down for less of every boost and cut, 0% changes nothing.")
    {
        Neutral = 0,
    };

    private EffectSetup? _setup;
    private CurveFilter? _filter;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } = [Strength, Points];

    /// <inheritdoc/>
    public EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        int rate = setup.Format.SampleRate;
        double highest = MatchedFilters.HighestFrequency * rate;
        List<CurvePoint> points = [];
        foreach (var point in setup.Curve.Points)
        {
            if (point.Frequency <= highest)
                points.Add(point);
            else if (point.Value != 0)
            {
                setup.Note($"The point of curve at {point.Frequency:0} Hz is above what a sample rate of {rate} Hz "
                    + "carries, so it changes nothing.");
            }
        }

        _filter = points.TrueForAll(point => point.Value == 0) ? null : new CurveFilter(points, setup.Format);
        Reset();
        return new EffectTiming(0, _filter?.TailFrames ?? 0);
    }

    /// <inheritdoc/>
    public void SetParameter(Parameter parameter, double value)
    {
        if (parameter == Strength)
            _filter?.RampTo(value / 100);
    }

    /// <inheritdoc/>
    public void Process(AudioBlock block)
    {
        for (int channel = 0; channel < block.Channels; channel++)
            FiniteSamples.Clean(block[channel]);
        _filter?.Process(block);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        if (_setup is not null)
            _filter?.Start(_setup[Strength] / 100);
    }
}
