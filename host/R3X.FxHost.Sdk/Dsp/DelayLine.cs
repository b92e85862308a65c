using System;
using System.Numerics;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>One channel of memory that can be read between samples. Allocates once. Audio thread.</summary>
public sealed class DelayLine
{
    private readonly float[] _memory;
    private readonly int _mask;
    private int _write;

    /// <summary>Allocates a silent line.</summary>
    /// <param name="maxDelayFrames">The longest delay that will be read, in frames.</param>
    public DelayLine(int maxDelayFrames)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxDelayFrames);
        // Two frames more for the neighbours an interpolated tap reads.
        _memory = new float[BitOperations.RoundUpToPowerOf2((uint)maxDelayFrames + 4)];
        _mask = _memory.Length - 1;
    }

    /// <summary>Writes the next sample.</summary>
    /// <param name="sample">The sample that a tap at delay 0 will read.</param>
    public void Write(float sample)
    {
        _write = (_write + 1) & _mask;
        _memory[_write] = sample;
    }

    /// <summary>
    /// A sample between samples, by third-order Lagrange interpolation (flat within 0.1 dB to a quarter of the sample
    /// rate at the worst fraction); at whole delays it is the sample itself, bit for bit.
    /// </summary>
    /// <param name="delayFrames">1 to the longest delay, fractions allowed.</param>
    public float Read(double delayFrames)
    {
        int whole = (int)delayFrames;
        float t = (float)(delayFrames - whole);
        float b = Read(whole);
        if (t == 0)
            return b;
        float a = Read(whole - 1);
        float c = Read(whole + 1);
        float d = Read(whole + 2);
        // Lagrange through the points at -1, 0, 1, 2, evaluated at t in 0..1.
        float ta = t * (t - 1) * (t - 2) * (-1f / 6);
        float tb = (t + 1) * (t - 1) * (t - 2) * 0.5f;
        float tc = (t + 1) * t * (t - 2) * -0.5f;
        float td = (t + 1) * t * (t - 1) * (1f / 6);
        return (ta * a) + (tb * b) + (tc * c) + (td * d);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_memory);
        _write = 0;
    }

    private float Read(int delayFrames) => _memory[(_write - delayFrames) & _mask];
}
