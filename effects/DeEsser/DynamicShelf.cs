using System;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// A high shelf that can be turned down sample by sample. The trapezoidal state-variable filter (A. Simper, "Linear
/// Trapezoidal Integrated State Variable Filter", 2013) splits x into low + sqrt(2) band + high; taking sqrt(2) (1 -
/// sqrt g) band + (1 - g) high away leaves (g s^2 + sqrt(2 g) s + 1) / (s^2 + sqrt(2) s + 1), a Butterworth shelf of
/// gain g without a bump, and x itself at g = 1. Its poles stand still, so no gain can make it ring up.
/// </summary>
internal sealed class DynamicShelf
{
    private const double Damping = 1.4142135623730951;

    private readonly State[] _states;
    private readonly AudioBuffer _band;
    private readonly AudioBuffer _high;

    public DynamicShelf(int channels)
    {
        _states = new State[channels];
        _band = new AudioBuffer(channels, SegmentedEffect.SegmentFrames);
        _high = new AudioBuffer(channels, SegmentedEffect.SegmentFrames);
    }

    /// <summary>The filter's own number for a frequency.</summary>
    /// <param name="frequency">As a fraction of the sample rate, below 0.5.</param>
    public static double Warp(double frequency) => Math.Tan(Math.PI * frequency);

    /// <summary>Frames until the split has rung out, -90 dB.</summary>
    public static int RingFrames(double warp)
    {
        double a0 = 1 + (warp * (warp + Damping));
        return new Biquad(1, 0, 0, 2 * ((warp * warp) - 1) / a0,
            (1 + (warp * (warp - Damping))) / a0).FramesToDecay(90);
    }

    /// <summary>Splits a segment; what is high is kept, and handed out to be looked at.</summary>
    /// <param name="segment">At most <see cref="SegmentedEffect.SegmentFrames"/> frames.</param>
    /// <param name="warp">Where the shelf begins, and how it moves.</param>
    public AudioBlock Split(AudioBlock segment, ref Ramp warp)
    {
        var before = warp;
        for (int channel = 0; channel < segment.Channels; channel++)
        {
            warp = before;
            var samples = segment[channel];
            var band = _band[channel];
            var high = _high[channel];
            int i = 0;
            for (; i < samples.Length && warp.IsMoving; i++)
                Run(samples.Slice(i, 1), band[i..], high[i..], warp.Next(), ref _states[channel]);
            if (i < samples.Length)
                Run(samples[i..], band[i..], high[i..], warp.Value, ref _states[channel]);
        }

        return _high.Block(segment.Frames);
    }

    /// <summary>Takes away from the segment last split.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="roots">The square root of the shelf's gain for every frame, 0 to 1.</param>
    public void Cut(AudioBlock segment, ReadOnlySpan<float> roots)
    {
        for (int channel = 0; channel < segment.Channels; channel++)
        {
            var samples = segment[channel];
            var band = _band[channel][..samples.Length];
            var high = _high[channel][..samples.Length];
            for (int i = 0; i < samples.Length; i++)
            {
                float root = roots[i];
                samples[i] -= ((float)Damping * (1 - root) * band[i]) + ((1 - (root * root)) * high[i]);
            }
        }
    }

    /// <summary>Sets state that has decayed to 0.</summary>
    public void Flush()
    {
        foreach (ref var state in _states.AsSpan())
        {
            state.S1 = Denormal.Flush(state.S1);
            state.S2 = Denormal.Flush(state.S2);
        }
    }

    /// <summary>Forgets what was heard.</summary>
    public void Clear() => Array.Clear(_states);

    private static void Run(ReadOnlySpan<float> samples, Span<float> band, Span<float> high, double g, ref State state)
    {
        double a1 = 1 / (1 + (g * (g + Damping)));
        double a2 = g * a1;
        double s1 = state.S1, s2 = state.S2;
        for (int i = 0; i < samples.Length; i++)
        {
            double x = samples[i];
            double v1 = (a1 * s1) + (a2 * (x - s2));
            double v2 = s2 + (g * v1);
            s1 = (2 * v1) - s1;
            s2 = (2 * v2) - s2;
            band[i] = (float)v1;
            high[i] = (float)(x - (Damping * v1) - v2);
        }

        state.S1 = s1;
        state.S2 = s2;
    }

    private struct State
    {
        public double S1;
        public double S2;
    }
}
