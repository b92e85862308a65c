using System;
using System.Numerics;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// One channel of echoes: w[n] = x[n] + feedback * e[n], e[n] = lowpass(w[n - delay]), out = x + mix * e.
/// </summary>
internal sealed class EchoLine
{
    private readonly float[] _memory;
    private readonly int _delay;
    private int _next;
    private float _damped;

    /// <param name="delayFrames">At least 1.</param>
    public EchoLine(int delayFrames)
    {
        _delay = delayFrames;
        _memory = new float[
            BitOperations.RoundUpToPowerOf2((uint)Math.Max(delayFrames + 1, SegmentedEffect.SegmentFrames))];
    }

    /// <summary>Adds the echoes, in place.</summary>
    /// <param name="samples">The voice.</param>
    /// <param name="feedback">Factor per echo, below 1.</param>
    /// <param name="keep">What the damping keeps of its old value; 0 is off.</param>
    /// <param name="mix">Factor of the first echo.</param>
    public void Process(Span<float> samples, float feedback, float keep, float mix)
    {
        float take = 1 - keep;
        float damped = _damped;
        var memory = _memory;
        int next = _next, delay = _delay;
        foreach (ref float sample in samples)
        {
            // With the mask taken from the length, the compiler sees that no index can be outside.
            int mask = memory.Length - 1;
            damped = (take * memory[(next - delay) & mask]) + (keep * damped);
            float x = sample;
            memory[next & mask] = x + (feedback * damped);
            next = (next + 1) & mask;
            sample = x + (mix * damped);
        }

        _damped = damped;
        _next = next;
    }

    /// <summary>Sets what was written since the last time and has decayed to 0.</summary>
    public void Flush()
    {
        _damped = Denormal.Flush(_damped);
        int start = (_next - SegmentedEffect.SegmentFrames) & (_memory.Length - 1);
        int first = Math.Min(SegmentedEffect.SegmentFrames, _memory.Length - start);
        Denormal.Flush(_memory.AsSpan(start, first));
        Denormal.Flush(_memory.AsSpan(0, SegmentedEffect.SegmentFrames - first));
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_memory);
        _next = 0;
        _damped = 0;
    }
}
