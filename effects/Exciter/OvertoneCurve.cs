using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using R3X.FxHost.Sdk.Dsp;
using R3X.FxHost.Sdk.Dsp.Kernels;

namespace R3X.FxHost.Effects;

/// <summary>
/// Makes overtones only: q(v) = v tanh v + 2 (2 tanh(v/2) - tanh v) has no linear part, so a quiet sound makes none.
/// The first term gives even harmonics, as a rectifier that has lost its corner, the second odd ones. Of all curves
/// like it this one fades its high harmonics as tanh itself does: a power of tanh would make more of them the higher
/// they are.
/// </summary>
internal static class OvertoneCurve
{
    /// <summary>Memory that must lie behind the last sample: whole registers are read and written.</summary>
    public const int Spare = 16;

    // Overtones of what is below -300 dB would be denormal.
    private const float Least = 1e-15f;

    // Changes no overtone, but keeps third powers out of the slow range of denormals.
    private const float Tiny = 1e-20f;

    // Of odd harmonics: as many as a tanh^3 makes where speech drives the curve.
    private const float Odd = 2;

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
    /// <param name="output">Overtones, with as many; may be the same memory from <see cref="Spare"/> less one samples
    /// before the input on.</param>
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

    [MethodImpl(Kernel.Strength)]
    private static void At<T>(ref float samples, int count, float gain)
        where T : struct, ILanes<T>
    {
        for (int i = 0; i < count; i += T.Count)
        {
            var v = T.FlushBelow(T.All(gain) * T.Load(ref samples, i), T.All(Least));
            var a = Curve.Tanh(T.All(0.5f) * v, out var b);
            T aa = a * a, bb = b * b;
            var mixed = T.MultiplyAdd(v, bb, T.All(Odd) * aa);
            (T.All(2) * a * b * mixed / (bb * (aa + bb))).Store(ref samples, i);
        }
    }

    // With a/b the tanh of half the middle, s and w of half the reach (CurveMean.SinhSquared), room = b^2 - a^2, sum =
    // a^2 + b^2 and c = cosh^2 = s + 1, the sum of the two tanh(v/2) is 2 a b / d with d = b^2 + room s. Doubling all
    // arguments makes 2 a b of a, sum of b, 4 w (1 + 2 s) of w, and from there the mean of both tanh v is 2 a b sum / e
    // and their difference times half the reach 4 w (1 + 2 s) room^2 / e, with e = sum^2 + 4 room^2 s c. These three
    // are all that the mean of both q is made of.
    [MethodImpl(Kernel.Strength)]
    private static void Between<T>(ref float from, ref float to, int count, float gain)
        where T : struct, ILanes<T>
    {
        T into = T.All(0.25f * gain), reach = T.All(0.5f * CurveMean.Reach * gain);
        T odd = T.All(Odd), two = T.All(2), four = T.All(4), tiny = T.All(Tiny);
        for (int i = 0; i < count; i += T.Count)
        {
            var older = T.Load(ref from, i);
            var newer = T.Load(ref from, i + 1);
            var middle = into * (older + newer);
            var a = Curve.Tanh(middle, out var b);
            var s = CurveMean.SinhSquared(reach * (newer - older), out var w);
            T aa = a * a, bb = b * b, ab = two * a * b, sum = aa + bb;
            var room = (b - a) * (b + a);
            var rest = room * s;
            var quad = four * (room + rest);
            var d = bb + rest;
            var e = T.MultiplyAdd(rest, quad, sum * sum);
            var evens = T.MultiplyAdd(w * room, T.MultiplyAdd(four, rest, quad), two * middle * ab * sum);
            var odds = ab * T.MultiplyAdd(rest, quad - sum, T.MultiplyAdd(aa, sum, tiny));
            (T.MultiplyAdd(d, evens, odd * odds) / (d * e)).Store(ref to, i);
        }
    }
}
