using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using R3X.FxHost.Sdk.Dsp;
using R3X.FxHost.Sdk.Dsp.Kernels;

namespace R3X.FxHost.Effects;

/// <summary>What is done to a sample: level * tanh(gain * x), blended with x.</summary>
/// <param name="Gain">Factor into the curve.</param>
/// <param name="Level">Factor after it.</param>
/// <param name="Blend">Share of the driven sound, 0 to 1.</param>
internal readonly record struct DriveCurve(float Gain, float Level, float Blend)
{
    /// <summary>Memory that must lie behind the last sample: whole registers are read and written.</summary>
    public const int Spare = 16;

    /// <summary>The curve at single points, in place.</summary>
    public void At(Span<float> samples)
    {
        // What does not fill a register goes through one of its own.
        var rest = samples[(samples.Length & -Spare)..];
        Span<float> register = stackalloc float[Spare];
        rest.CopyTo(register);
        Run(samples[..^rest.Length]);
        if (rest.Length == 0)
            return;
        Run(register);
        register[..rest.Length].CopyTo(rest);
    }

    /// <summary>
    /// The curve's mean along the straight line between two samples; the clean share is averaged alike.
    /// </summary>
    /// <param name="input">One older sample, then samples, with <see cref="Spare"/> behind them.</param>
    /// <param name="output">Driven samples, with as many; may be the same memory from <see cref="Spare"/> less one
    /// samples before the input on.</param>
    /// <param name="count">Number of samples.</param>
    public void Between(ReadOnlySpan<float> input, Span<float> output, int count)
    {
        ref float from = ref MemoryMarshal.GetReference(input[..(1 + count + Spare)]);
        ref float to = ref MemoryMarshal.GetReference(output[..(count + Spare)]);
        if (Vector512.IsHardwareAccelerated)
            Between<Lanes16>(ref from, ref to, count);
        else if (Vector256.IsHardwareAccelerated)
            Between<Lanes8>(ref from, ref to, count);
        else
            Between<Lanes4>(ref from, ref to, count);
    }

    private void Run(Span<float> samples)
    {
        ref float first = ref MemoryMarshal.GetReference(samples);
        if (Vector512.IsHardwareAccelerated)
            At<Lanes16>(ref first, samples.Length);
        else if (Vector256.IsHardwareAccelerated)
            At<Lanes8>(ref first, samples.Length);
        else
            At<Lanes4>(ref first, samples.Length);
    }

    [MethodImpl(Kernel.Strength)]
    private void At<T>(ref float samples, int count)
        where T : struct, ILanes<T>
    {
        T gain = T.All(Gain), level = T.All(Level), blend = T.All(Blend);
        for (int i = 0; i < count; i += T.Count)
        {
            var x = T.Load(ref samples, i);
            var top = Curve.Tanh(gain * x, out var bottom);
            T.MultiplyAdd(blend, (level * top / bottom) - x, x).Store(ref samples, i);
        }
    }

    // With m = a/b the tanh of the middle, r that of the reach and C the reach's cosh^2, so that r^2 = 1 - 1/C, the two
    // points' mean is m (1 - r^2) / (1 - m^2 r^2) = a b / ((b^2 - a^2) C + a^2).
    [MethodImpl(Kernel.Strength)]
    private void Between<T>(ref float from, ref float to, int count)
        where T : struct, ILanes<T>
    {
        T into = T.All(0.5f * Gain), reach = T.All(CurveMean.Reach * Gain), clean = T.All(0.5f * (1 - Blend)),
            driven = T.All(Level * Blend);
        for (int i = 0; i < count; i += T.Count)
        {
            var older = T.Load(ref from, i);
            var newer = T.Load(ref from, i + 1);
            var sum = older + newer;
            var a = Curve.Tanh(into * sum, out var b);
            var c = CurveMean.CoshSquared(reach * (newer - older));
            var apart = T.MultiplyAdd((b - a) * (b + a), c, a * a);
            T.MultiplyAdd(clean, sum, driven * a * b / apart).Store(ref to, i);
        }
    }
}
