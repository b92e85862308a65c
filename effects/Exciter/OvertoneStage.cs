using System;
using System.Numerics;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// Makes overtones only: q(v) = v tanh v + tanh^3 v has no linear part, so a quiet sound makes none. The first term gives even
/// harmonics, as a rectifier that has lost its corner, the second odd ones. At four times the rate and averaged between
/// samples, or plain for draft quality.
/// </summary>
internal sealed class OvertoneStage
{
    private const int Before = 1;

    private readonly Oversampler? _oversampler;
    private readonly float[] _last;
    private readonly float[] _input = new float[Before + (Oversampler.Factor * SegmentClock.Frames) + Vector<float>.Count];
    private readonly float[] _output = new float[(Oversampler.Factor * SegmentClock.Frames) + Vector<float>.Count];
    private readonly int _factor;

    public OvertoneStage(int channels, bool oversample)
    {
        _oversampler = oversample ? new Oversampler(channels) : null;
        _factor = oversample ? Oversampler.Factor : 1;
        _last = new float[channels];
    }

    /// <summary>
    /// Frames by which the overtones are late. Rounded up, since overtones lie where the oversampler delays by more than at 0 Hz.
    /// </summary>
    public int LatencyFrames => _oversampler is null ? 0 : (int)Math.Ceiling(Oversampler.DelayFrames + (0.5 / Oversampler.Factor));

    /// <summary>Frames that still ring after the latency.</summary>
    public int TailFrames => _oversampler is null ? 0 : Oversampler.RingFrames;

    /// <summary>Turns a band into its overtones, in place, times the gain.</summary>
    public void Process(int channel, Span<float> samples, ref Ramp gain)
    {
        int count = _factor * samples.Length;
        var input = _input.AsSpan(Before, count);
        _input[0] = _last[channel];
        if (_oversampler is null)
            samples.CopyTo(input);
        else
            _oversampler.Up(channel, samples, input);
        _last[channel] = input[^1];
        if (gain.IsMoving)
        {
            for (int i = 0; i < samples.Length; i++)
                Shape(i * _factor, _factor, (float)gain.Next());
        }
        else
        {
            Shape(0, count, (float)gain.Value);
        }

        if (_oversampler is null)
            _output.AsSpan(0, count).CopyTo(samples);
        else
            _oversampler.Down(channel, _output.AsSpan(0, count), samples);
    }

    /// <summary>Takes decayed state to 0.</summary>
    public void Flush()
    {
        _oversampler?.Flush();
        Denormal.Flush(_last);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _oversampler?.Clear();
        Array.Clear(_last);
    }

    // Overtones of what is below -300 dB are denormals.
    private static Vector<float> Heard(Vector<float> x) =>
        Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(x), new Vector<float>(1e-15f)), Vector<float>.Zero, x);

    private static Vector<float> Overtones(Vector<float> v)
    {
        var t = Curve.Tanh(v);
        return t * (v + (t * t));
    }

    private void Shape(int start, int count, float gain)
    {
        for (int i = start; i < start + count; i += Vector<float>.Count)
        {
            var newer = gain * Heard(new Vector<float>(_input, i + Before));
            if (_oversampler is null)
            {
                Overtones(newer).CopyTo(_output, i);
                continue;
            }

            var older = gain * Heard(new Vector<float>(_input, i + Before - 1));
            var middle = 0.5f * (older + newer);
            var reach = CurveMean.Reach * (newer - older);
            var outer = Overtones(middle - reach) + Overtones(middle + reach);
            ((CurveMean.Outer * outer) + (CurveMean.Inner * Overtones(middle))).CopyTo(_output, i);
        }
    }
}
