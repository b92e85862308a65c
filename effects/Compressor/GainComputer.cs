using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using R3X.FxHost.Sdk.Dsp;
using R3X.FxHost.Sdk.Dsp.Kernels;

namespace R3X.FxHost.Effects;

/// <summary>
/// The static curve of Giannoulis, Massberg and Reiss (2012), eq. 4: how many decibels a level is reduced by, with a
/// knee whose slope grows linearly. Works on whole registers: levels have <see cref="Spare"/> values behind the frames,
/// and what is there is waste.
/// </summary>
internal readonly struct GainComputer(float threshold, float slope, float knee)
{
    /// <summary>Memory that must lie behind the last level.</summary>
    public const int Spare = 16;

    // Digital silence has no logarithm.
    private const float Silence = 1e-10f;

    /// <summary>Magnitudes to decibels of reduction, 0 or more, in place.</summary>
    public void ToReduction(Span<float> levels, int frames)
    {
        ref float first = ref MemoryMarshal.GetReference(levels[..(frames + Spare)]);
        if (Vector512.IsHardwareAccelerated)
            ToReduction<Lanes16>(ref first, frames);
        else if (Vector256.IsHardwareAccelerated)
            ToReduction<Lanes8>(ref first, frames);
        else
            ToReduction<Lanes4>(ref first, frames);
    }

    /// <summary>Decibels of reduction to factors, in place; exactly 1 where nothing is to be done.</summary>
    public static void ToGain(Span<float> levels, int frames, float makeUp)
    {
        ref float first = ref MemoryMarshal.GetReference(levels[..(frames + Spare)]);
        if (Vector512.IsHardwareAccelerated)
            ToGain<Lanes16>(ref first, frames, makeUp);
        else if (Vector256.IsHardwareAccelerated)
            ToGain<Lanes8>(ref first, frames, makeUp);
        else
            ToGain<Lanes4>(ref first, frames, makeUp);
    }

    [MethodImpl(Kernel.Strength)]
    private static void ToGain<T>(ref float levels, int frames, float makeUp)
        where T : struct, ILanes<T>
    {
        T gain = T.All(makeUp * Exponential.OctavesPerDecibel), octaves = T.All(-Exponential.OctavesPerDecibel);
        for (int i = 0; i < frames; i += T.Count)
            Exponential.Exp2(T.MultiplyAdd(T.Load(ref levels, i), octaves, gain)).Store(ref levels, i);
    }

    [MethodImpl(Kernel.Strength)]
    private void ToReduction<T>(ref float levels, int frames)
        where T : struct, ILanes<T>
    {
        // k^2 / (2 W) inside the knee and k - W/2 above it are one expression: no branch.
        T curvature = T.All(knee > 0 ? slope / (2 * knee) : 0), width = T.All(knee), above = T.All(slope);
        T offset = T.All((knee / 2) - threshold), decibels = T.All(Exponential.DecibelsPerOctave);
        for (int i = 0; i < frames; i += T.Count)
        {
            var peak = T.Max(T.Load(ref levels, i), T.All(Silence));
            var aboveKneeStart = T.MultiplyAdd(Exponential.Log2(peak), decibels, offset);
            var inKnee = T.Min(T.Max(aboveKneeStart, T.All(0)), width);
            var aboveKnee = T.Max(aboveKneeStart - width, T.All(0));
            T.MultiplyAdd(inKnee * inKnee, curvature, aboveKnee * above).Store(ref levels, i);
        }
    }
}
