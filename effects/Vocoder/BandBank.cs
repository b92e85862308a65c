using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using R3X.FxHost.Sdk.Dsp;
using R3X.FxHost.Sdk.Dsp.Kernels;

namespace R3X.FxHost.Effects;

/// <summary>
/// Takes a sound apart into bands, as many at once as a vector holds; each is two trapezoidal state-variable
/// band-passes in a row (A. Simper, "Linear Trapezoidal Integrated State Variable Filter", 2013), 0 dB in its middle.
/// </summary>
internal sealed class BandBank
{
    private readonly int _stride;
    private readonly float[] _coefficients;
    private readonly float[] _states;

    public BandBank(BandPlan plan)
    {
        _stride = plan.Stride;
        _coefficients = new float[5 * _stride];
        _states = new float[4 * _stride];
        for (int i = 0; i < plan.Count; i++)
        {
            // With v the band-pass: s1' = 2v - s1, s2' = s2 + 2gv, v = a (s1 - g s2 + g x); multiplied out, so that a
            // step waits for the one before by a product and two sums.
            double g = Math.Tan(Math.PI * plan.Centres[i] / plan.SampleRate);
            double a = 1 / (1 + (g * (g + plan.Damping)));
            Set(0, i, (2 * a) - 1);
            Set(1, i, 2 * g * a);
            Set(2, i, 1 - (2 * g * g * a));
            Set(3, i, 2 * g * g * a);
            Set(4, i, plan.Damping / 2);
        }
    }

    /// <summary>Takes samples apart.</summary>
    /// <param name="samples">Any number.</param>
    /// <param name="bands">Room for as many times the plan's stride; bands that do not exist are 0.</param>
    [MethodImpl(Kernel.Strength)]
    public void Process(ReadOnlySpan<float> samples, Span<float> bands)
    {
        int stride = _stride;
        for (int lane = 0; lane < stride; lane += Vector<float>.Count)
        {
            var keep = new Vector<float>(_coefficients, lane);
            var turn = new Vector<float>(_coefficients, stride + lane);
            var stay = new Vector<float>(_coefficients, (2 * stride) + lane);
            var feed = new Vector<float>(_coefficients, (3 * stride) + lane);
            var half = new Vector<float>(_coefficients, (4 * stride) + lane);
            var s1 = new Vector<float>(_states, lane);
            var s2 = new Vector<float>(_states, stride + lane);
            var t1 = new Vector<float>(_states, (2 * stride) + lane);
            var t2 = new Vector<float>(_states, (3 * stride) + lane);
            for (int n = 0, at = lane; n < samples.Length; n++, at += stride)
            {
                var x = new Vector<float>(samples[n]);
                var next = (keep * s1) + (turn * (x - s2));
                s2 = ((turn * s1) + (feed * x)) + (stay * s2);
                x = half * (next + s1);
                s1 = next;
                next = (keep * t1) + (turn * (x - t2));
                t2 = ((turn * t1) + (feed * x)) + (stay * t2);
                x = half * (next + t1);
                t1 = next;
                x.CopyTo(bands[at..]);
            }

            s1.CopyTo(_states, lane);
            s2.CopyTo(_states, stride + lane);
            t1.CopyTo(_states, (2 * stride) + lane);
            t2.CopyTo(_states, (3 * stride) + lane);
        }
    }

    /// <summary>Sets state that has decayed to 0.</summary>
    public void Flush() => Denormal.Flush(_states);

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(_states);

    private void Set(int row, int band, double value) => _coefficients[(row * _stride) + band] = (float)value;
}
