using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// Makes overtones only: q(v) = v tanh v + tanh^3 v has no linear part, so a quiet sound makes none. The first term gives even
/// harmonics, as a rectifier that has lost its corner, the second odd ones.
/// </summary>
internal static class OvertoneCurve
{
    /// <summary>Memory that must lie behind the last sample: whole registers are read and written.</summary>
    public const int Spare = 16;

    // Overtones of what is below -300 dB are numbers too small to be fast.
    private const float Least = 1e-15f;

    /// <summary>The overtones of single points, in place.</summary>
    /// <param name="samples">In: samples. Out: overtones.</param>
    /// <param name="gain">Factor into the curve.</param>
    public static void At(Span<float> samples, float gain)
    {
        // What does not fill a register goes through one of its own.
        var rest = samples[(samples.Length & -Spare)..];
        Span<float> register = stackalloc float[Spare];
        rest.CopyTo(register);
        Run(samples[..^rest.Length], gain);
        if (rest.Length == 0)
            return;
        Run(register, gain);
        register[..rest.Length].CopyTo(rest);
    }

    /// <summary>The overtones' mean along the straight line between two samples.</summary>
    /// <param name="input">One older sample, then samples, with <see cref="Spare"/> behind them.</param>
    /// <param name="output">Overtones, with as many.</param>
    /// <param name="count">Number of samples.</param>
    /// <param name="gain">Factor into the curve.</param>
    public static void Between(ReadOnlySpan<float> input, Span<float> output, int count, float gain)
    {
        ref float from = ref MemoryMarshal.GetReference(input[..(1 + count + Spare)]);
        ref float to = ref MemoryMarshal.GetReference(output[..(count + Spare)]);
        if (Vector512.IsHardwareAccelerated)
            Between<Lanes16>(ref from, ref to, count, gain);
        else if (Vector256.IsHardwareAccelerated)
            Between<Lanes8>(ref from, ref to, count, gain);
        else
            Between<Lanes4>(ref from, ref to, count, gain);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Overtones<T>(T v, T tanh)
        where T : struct, ILanes<T> => tanh * T.MultiplyAdd(tanh, tanh, v);

    private static void Run(Span<float> samples, float gain)
    {
        ref float first = ref MemoryMarshal.GetReference(samples);
        if (Vector512.IsHardwareAccelerated)
            At<Lanes16>(ref first, samples.Length, gain);
        else if (Vector256.IsHardwareAccelerated)
            At<Lanes8>(ref first, samples.Length, gain);
        else
            At<Lanes4>(ref first, samples.Length, gain);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void At<T>(ref float samples, int count, float gain)
        where T : struct, ILanes<T>
    {
        for (int i = 0; i < count; i += T.Count)
        {
            var v = T.Silence(T.All(gain) * T.Load(ref samples, i), T.All(Least));
            var top = Curve.Tanh(v, out var bottom);
            Overtones(v, top / bottom).Store(ref samples, i);
        }
    }

    // With m = a/b the tanh of the middle, C the reach's cosh^2 and W = reach * sinh * cosh of it, the tanhs of the two points have
    // the sum 2 a b / d, the product (b^2 - (b^2 - a^2) C) / d and a difference of 2 W (b^2 - a^2) / (d * reach), where
    // d = (b^2 - a^2) C + a^2. From these comes the mean of both q, (sum (middle + sum^2 - 3 product) + reach difference) / 2.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Between<T>(ref float from, ref float to, int count, float gain)
        where T : struct, ILanes<T>
    {
        T into = T.All(0.5f * gain), reach = T.All(CurveMean.Reach * gain), one = T.All(1), four = T.All(4), three = T.All(3);
        for (int i = 0; i < count; i += T.Count)
        {
            var older = T.Load(ref from, i);
            var newer = T.Load(ref from, i + 1);
            var middle = into * (older + newer);
            var a = Curve.Tanh(middle, out var b);
            var c = CurveMean.CoshSquared(reach * (newer - older), out var w);
            var room = (b - a) * (b + a);
            var share = one / T.MultiplyAdd(room, c, a * a);
            var half = a * b * share;
            var product = ((b * b) - (room * c)) * share;
            var odd = T.MultiplyAdd(half * half, four, middle - (three * product));
            T.MultiplyAdd(half, odd, w * room * share).Store(ref to, i);
        }
    }
}
