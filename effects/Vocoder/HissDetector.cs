using System;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// Detects unvoiced sounds such as s: the power in the high bands against that in the low ones. All channels at once,
/// since they share one carrier.
/// </summary>
internal sealed class HissDetector
{
    private const double LowEdge = 1200;
    private const double HighEdge = 2800;
    private const double Smoothing = 5;

    // Shares of high power at which the hiss begins and at which there is nothing else.
    private const float Begins = 0.35f;
    private const float Full = 0.65f;

    // Frames between two decisions.
    private const int Every = 16;

    // Below -110 dBFS nothing is decided.
    private const float Quiet = 1e-11f;

    private readonly float[] _isLow;
    private readonly float[] _isHigh;
    private readonly float _keep;
    private float _hiss;
    private float _target;
    private int _left;

    public HissDetector(BandPlan plan, double sampleRate)
    {
        _isLow = new float[plan.Stride];
        _isHigh = new float[plan.Stride];
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
        if (_left-- == 0)
        {
            _left = Every - 1;
            Decide(envelopes);
        }

        _hiss = (_keep * _hiss) + ((1 - _keep) * _target);
        return _hiss;
    }

    /// <summary>Sets state that has decayed to 0.</summary>
    public void Flush() => _hiss = Denormal.Flush(_hiss);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _hiss = 0;
        _target = 0;
        _left = 0;
    }

    private void Decide(ReadOnlySpan<float> envelopes)
    {
        float low = Quiet;
        float high = 0;
        for (int i = 0; i < _isLow.Length; i++)
        {
            float power = envelopes[i] * envelopes[i];
            low += power * _isLow[i];
            high += power * _isHigh[i];
        }

        _target = Math.Clamp(((high / (high + low)) - Begins) / (Full - Begins), 0, 1);
    }
}
