using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect(
    "curve", "Curve", EffectRole.Tone,
    Help = "Follows a curve of your own through as many tones as you like.")]

namespace R3X.FxHost.Effects;

/// <summary>
/// An equaliser that passes through the points it is given. Minimum phase, without latency: peak filters, whose
/// interaction is solved so that the gain at each point is what is written.
/// </summary>
public sealed class Curve() : SegmentedEffect(Strength, Points)
{
    // Between two designs the outputs are mixed: 24 dB of curve differ by 1.5 dB, and a mix of those is right within
    // 0.04 dB.
    private const int Steps = 16;

    private const double DecayDecibels = 90;

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

    private readonly ParallelOutput[] _outputs = new ParallelOutput[Steps + 1];
    private ParallelFilter? _filter;
    private int _tailFrames;

    protected override void Allocate(EffectSetup setup)
    {
        List<CurvePoint> points = [];
        foreach (var point in setup.Curve.Points)
        {
            if (setup.Format.Carries(point.Frequency))
                points.Add(point);
            else if (point.Value != 0)
                setup.NoteTooHigh("point of curve", point.Frequency, "it changes nothing");
        }

        _filter = null;
        _tailFrames = 0;
        if (points.TrueForAll(point => point.Value == 0))
            return;
        var design = CurveDesign.Of(points, setup.Format.SampleRate);
        var whole = design.Sections(1);
        _filter = new ParallelFilter(setup.Format.Channels, whole);
        for (int step = 0; step <= Steps; step++)
            _outputs[step] = _filter.Design(design.Sections((double)step / Steps));
        _tailFrames = whole.Max(section => section.FramesToDecay(DecayDecibels));
    }

    protected override EffectTiming Describe(EffectSetup setup) => new(0, _tailFrames);

    protected override void Clear() => _filter?.Clear();

    protected override void ApplySettings(bool atOnce)
    {
        double place = this[Strength] / 100 * Steps;
        int step = Math.Min((int)place, Steps - 1);
        _filter?.RampTo(_outputs[step], _outputs[step + 1], (float)(place - step));
        if (atOnce)
            _filter?.FinishRamp();
    }

    protected override void ProcessSegment(AudioBlock segment) => _filter?.Process(segment);
}
