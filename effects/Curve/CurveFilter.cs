using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>The filters of a curve, ready to run at any strength.</summary>
internal sealed class CurveFilter
{
    // Between two of these the outputs are mixed: 24 dB of curve differ by 1.5 dB, and a mix of those is right
    // within 0.04 dB.
    private const int Steps = 16;

    private const double DecayDecibels = 90;

    private readonly ParallelFilter _filter;
    private readonly ParallelOutput[] _outputs = new ParallelOutput[Steps + 1];

    /// <param name="points">The points, at least one, all within what the sample rate carries.</param>
    /// <param name="format">The line's format.</param>
    public CurveFilter(IReadOnlyList<CurvePoint> points, AudioFormat format)
    {
        var design = CurveDesign.Of(points, format.SampleRate);
        _filter = new ParallelFilter(format.Channels, design.Sections(1));
        for (int step = 0; step <= Steps; step++)
            _outputs[step] = _filter.Design(design.Sections((double)step / Steps));
        TailFrames = design.Sections(1).Max(section => section.FramesToDecay(DecayDecibels));
    }

    /// <summary>Frames until what rings has decayed.</summary>
    public int TailFrames { get; }

    /// <summary>Begins a line.</summary>
    /// <param name="strength">0 to 1.</param>
    public void Start(double strength)
    {
        _filter.Clear();
        _filter.RampTo(At(strength, out var to, out float share), to, share);
        _filter.FinishRamp();
    }

    /// <summary>Starts towards a strength.</summary>
    /// <param name="strength">0 to 1.</param>
    public void RampTo(double strength) => _filter.RampTo(At(strength, out var to, out float share), to, share);

    /// <summary>Filters in place.</summary>
    public void Process(AudioBlock block) => _filter.Process(block);

    private ParallelOutput At(double strength, out ParallelOutput to, out float share)
    {
        int step = Math.Min((int)(strength * Steps), Steps - 1);
        share = (float)((strength * Steps) - step);
        to = _outputs[step + 1];
        return _outputs[step];
    }
}
