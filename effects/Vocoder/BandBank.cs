using System;
using System.Numerics;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// Takes a sound apart into bands, as many at once as a vector holds; each is two trapezoidal state-variable band-passes in a
/// row (A. Simper, "Linear Trapezoidal Integrated State Variable Filter", 2013), 0 dB in its middle.
/// </summary>
internal sealed class BandBank
{
    private readonly int _stride;
    private readonly float[] _coefficients;
    private readonly float[] _states;

    public BandBank(BandPlan plan)
    {
        _stride = plan.Stride;
        _coefficients = new float[2 * _stride];
        _states = new float[4 * _stride];
        Damping = (float)plan.Damping;
        for (int i = 0; i < plan.Count; i++)
        {
            double g = Math.Tan(Math.PI * plan.Centres[i] / plan.SampleRate);
            _coefficients[i] = (float)g;
            _coefficients[_stride + i] = (float)(1 / (1 + (g * (g + plan.Damping))));
        }
    }

    private float Damping { get; }

    /// <summary>Takes samples apart.</summary>
    /// <param name="samples">Any number.</param>
    /// <param name="bands">Room for as many times the plan's stride; bands that do not exist are 0.</param>
    public void Process(ReadOnlySpan<float> samples, Span<float> bands)
    {
        int stride = _stride;
        for (int lane = 0; lane < stride; lane += Vector<float>.Count)
        {
            var g = new Vector<float>(_coefficients, lane);
            var a = new Vector<float>(_coefficients, stride + lane);
            var s1 = new Vector<float>(_states, lane);
            var s2 = new Vector<float>(_states, stride + lane);
            var t1 = new Vector<float>(_states, (2 * stride) + lane);
            var t2 = new Vector<float>(_states, (3 * stride) + lane);
            var damping = new Vector<float>(Damping);
            for (int n = 0, at = lane; n < samples.Length; n++, at += stride)
            {
                var v = a * (s1 + (g * (new Vector<float>(samples[n]) - s2)));
                var w = s2 + (g * v);
                s1 = v + v - s1;
                s2 = w + w - s2;
                v = a * (t1 + (g * ((damping * v) - t2)));
                w = t2 + (g * v);
                t1 = v + v - t1;
                t2 = w + w - t2;
                (damping * v).CopyTo(bands[at..]);
            }

            s1.CopyTo(_states, lane);
            s2.CopyTo(_states, stride + lane);
            t1.CopyTo(_states, (2 * stride) + lane);
            t2.CopyTo(_states, (3 * stride) + lane);
        }
    }

    /// <summary>Takes state that has decayed to 0.</summary>
    public void Flush() => Denormal.Flush(_states);

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(_states);
}
