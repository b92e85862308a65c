using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using R3X.FxHost.Sdk.Dsp;
using R3X.FxHost.Sdk.Dsp.Kernels;

namespace R3X.FxHost.Effects;

/// <summary>How loud each band of one channel is: its smoothed magnitude, held and let go slowly.</summary>
internal sealed class EnvelopeBank
{
    // Long enough to even out the period of a low band, short enough for a p or t.
    private const double Smoothing = 4;

    // A band of speech swings between a sine (its root mean square is 1.11 times its mean magnitude) and noise (1.25);
    // the carrier's harmonics beat within a band where the voice's do not, and speech was measured to come out 2 dB
    // short.
    private const double ToPower = 1.45;

    private readonly int _stride;
    private readonly float _keep;
    private readonly float _release;
    private readonly float[] _states;

    public EnvelopeBank(BandPlan plan, double sampleRate, double releaseMilliseconds)
    {
        _stride = plan.Stride;
        _states = new float[2 * _stride];
        _keep = (float)TimeConstant.Keep(Smoothing, sampleRate);
        _release = (float)TimeConstant.Keep(releaseMilliseconds, sampleRate);
    }

    /// <summary>
    /// Frames until a silent voice is silent in every envelope, with 20 dB to spare for the peaks of a buzz.
    /// </summary>
    public static int TailFrames(double sampleRate, double releaseMilliseconds) =>
        (int)Math.Ceiling(Math.Log(1e5) * (releaseMilliseconds + Smoothing) / 1000 * sampleRate);

    /// <summary>Turns bands into their levels, in place.</summary>
    [MethodImpl(Kernel.Strength)]
    public void Follow(Span<float> bands)
    {
        for (int lane = 0; lane < _stride; lane += Vector<float>.Count)
        {
            var keep = new Vector<float>(_keep);
            var take = new Vector<float>((float)ToPower * (1 - _keep));
            var release = new Vector<float>(_release);
            var mean = new Vector<float>(_states, lane);
            var held = new Vector<float>(_states, _stride + lane);
            for (int at = lane; at < bands.Length; at += _stride)
            {
                mean = (keep * mean) + (take * Vector.Abs(new Vector<float>(bands[at..])));
                held = Vector.Max(mean, release * held);
                held.CopyTo(bands[at..]);
            }

            mean.CopyTo(_states, lane);
            held.CopyTo(_states, _stride + lane);
        }
    }

    /// <summary>Sets state that has decayed to 0.</summary>
    public void Flush() => Denormal.Flush(_states);

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(_states);
}
