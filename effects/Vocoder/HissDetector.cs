using System;
using System.Numerics;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// Tells s from a: where there is as much power in the high bands as in the low ones, the voice hisses. Hears all channels at
/// once, since there is one throat.
/// </summary>
internal sealed class HissDetector
{
    private const double LowEdge = 1200;
    private const double HighEdge = 2800;
    private const double Smoothing = 5;

    // Shares of high power at which the hiss begins and at which there is nothing else.
    private const float Begins = 0.35f;
    private const float Full = 0.65f;

    // Below -110 dBFS nothing is decided.
    private const float Quiet = 1e-11f;

    private readonly int _stride;
    private readonly float[] _isLow;
    private readonly float[] _isHigh;
    private readonly float _keep;
    private float _hiss;

    public HissDetector(BandPlan plan, double sampleRate)
    {
        _stride = plan.Stride;
        _isLow = new float[_stride];
        _isHigh = new float[_stride];
        double highEdge = Math.Min(HighEdge, 0.3 * sampleRate);
        for (int i = 0; i < plan.Count; i++)
        {
            _isLow[i] = plan.Centres[i] < LowEdge ? 1 : 0;
            _isHigh[i] = plan.Centres[i] > highEdge ? 1 : 0;
        }

        _keep = (float)TimeConstant.Keep(Smoothing, sampleRate);
    }

    /// <summary>The share of hiss, 0 to 1.</summary>
    /// <param name="envelopes">The loudest of all channels: one level for each band.</param>
    public float Next(ReadOnlySpan<float> envelopes)
    {
        var low = Vector<float>.Zero;
        var high = Vector<float>.Zero;
        for (int lane = 0; lane < _stride; lane += Vector<float>.Count)
        {
            var level = new Vector<float>(envelopes[lane..]);
            var power = level * level;
            low += power * new Vector<float>(_isLow, lane);
            high += power * new Vector<float>(_isHigh, lane);
        }

        // Added up one by one, in an order that no compiler changes.
        float lowPower = Quiet;
        float highPower = 0;
        for (int i = 0; i < Vector<float>.Count; i++)
        {
            lowPower += low[i];
            highPower += high[i];
        }

        float share = highPower / (highPower + lowPower);
        float target = Math.Clamp((share - Begins) / (Full - Begins), 0, 1);
        _hiss = (_keep * _hiss) + ((1 - _keep) * target);
        return _hiss;
    }

    /// <summary>Takes state that has decayed to 0.</summary>
    public void Flush() => _hiss = Denormal.Flush(_hiss);

    /// <summary>Forgets everything.</summary>
    public void Clear() => _hiss = 0;
}
