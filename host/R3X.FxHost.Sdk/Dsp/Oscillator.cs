using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// A cosine that starts at its peak with the line. Its phase is counted in whole steps of 2^-64 of a turn, so it never
/// drifts, however long the line or however it is cut; its shape is right within 2e-7, so a carrier's harmonics are
/// below -130 dB. Allocates once. Audio thread.
/// </summary>
public sealed class Oscillator
{
    private const double Turn = 18446744073709551616.0;

    private readonly double _sampleRate;
    private readonly int[] _phases = new int[SegmentedEffect.SegmentFrames + Vector<int>.Count];
    private readonly float[] _values = new float[SegmentedEffect.SegmentFrames + Vector<float>.Count];
    private ulong _phase;
    private ulong _increment;
    private ulong _target;
    private ulong _step;
    private int _left;

    /// <summary>An oscillator that stands at its peak.</summary>
    /// <param name="sampleRate">Frames per second.</param>
    public Oscillator(double sampleRate) => _sampleRate = sampleRate;

    /// <summary>Whether the frequency is on its way.</summary>
    public bool IsMoving => _left > 0;

    /// <summary>Takes up a frequency at once.</summary>
    /// <param name="frequency">In hertz, 0 to half the sample rate.</param>
    public void JumpTo(double frequency)
    {
        _increment = Increment(frequency);
        _target = _increment;
        _left = 0;
    }

    /// <summary>
    /// Glides to a frequency over <see cref="ParameterGrid.Frames"/> frames, without a jump of the phase.
    /// </summary>
    /// <param name="frequency">In hertz, 0 to half the sample rate.</param>
    public void RampTo(double frequency)
    {
        // Unsigned numbers wrap, so a step down is a large step up.
        _target = Increment(frequency);
        _step = (ulong)((long)(_target - _increment) / ParameterGrid.Frames);
        _left = _target == _increment ? 0 : ParameterGrid.Frames;
    }

    /// <summary>The next values, -1 to 1. They may be overwritten, and hold until the next call.</summary>
    /// <param name="frames">1 to <see cref="SegmentedEffect.SegmentFrames"/>.</param>
    public Span<float> Next(int frames)
    {
        ulong phase = _phase;
        int i = 0;
        for (; i < frames && _left > 0; i++)
        {
            _phases[i] = (int)(phase >> 32);
            _left--;
            _increment = _left == 0 ? _target : _increment + _step;
            phase += _increment;
        }

        ulong increment = _increment;
        for (; i < frames; i++)
        {
            _phases[i] = (int)(phase >> 32);
            phase += increment;
        }

        _phase = phase;
        ref int from = ref MemoryMarshal.GetArrayDataReference(_phases);
        ref float to = ref MemoryMarshal.GetArrayDataReference(_values);
        for (i = 0; i < frames; i += Vector<float>.Count)
            Vector.StoreUnsafe(Cosine(Vector.LoadUnsafe(ref from, (nuint)i)), ref to, (nuint)i);
        return _values.AsSpan(0, frames);
    }

    /// <summary>Goes back to the peak, not to another frequency.</summary>
    public void Clear() => _phase = 0;

    private ulong Increment(double frequency) => (ulong)(frequency / _sampleRate * Turn);

    // cos(2 pi t) = sin(2 pi (1/4 - |t|)) for t from -1/2 to 1/2, where the sine's odd polynomial of degree 9 with the
    // least error is right within 4e-9; the rest is the rounding of single precision.
    private static Vector<float> Cosine(Vector<int> phase)
    {
        var t = Vector.ConvertToSingle(phase) * new Vector<float>(1f / 4294967296f);
        var v = new Vector<float>(0.25f) - Vector.Abs(t);
        var y = v * v;
        var p = (y * 39.53671f) + new Vector<float>(-76.549783f);
        p = (y * p) + new Vector<float>(81.601004f);
        p = (y * p) + new Vector<float>(-41.341655f);
        p = (y * p) + new Vector<float>(6.2831852f);
        return v * p;
    }
}
