using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// The static curve of Giannoulis, Massberg and Reiss (2012), eq. 4: how many decibels a level is reduced by, with a knee
/// whose slope grows linearly. Works on whole registers: levels have <see cref="Spare"/> values behind the frames, and what is there
/// is waste.
/// </summary>
internal readonly struct GainComputer(float threshold, float slope, float knee)
{
    /// <summary>Memory that must lie behind the last level.</summary>
    public const int Spare = 16;

    // Digital silence has no logarithm.
    private const float Silence = 1e-10f;

    /// <summary>The loudest channel's magnitude of every frame.</summary>
    public static void LinkedPeaks(AudioBlock segment, Span<float> peaks)
    {
        Magnitudes(segment[0], peaks);
        for (int channel = 1; channel < segment.Channels; channel++)
            Raise(segment[channel], peaks);
    }

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

    /// <summary>Applies the factors to one channel.</summary>
    public static void Multiply(Span<float> samples, ReadOnlySpan<float> gains)
    {
        ref float factors = ref MemoryMarshal.GetReference(gains[..samples.Length]);
        ref float first = ref MemoryMarshal.GetReference(samples);
        int i = 0;
        for (; Vector512.IsHardwareAccelerated && i <= samples.Length - Vector512<float>.Count; i += Vector512<float>.Count)
            (Vector512.LoadUnsafe(ref first, (nuint)i) * Vector512.LoadUnsafe(ref factors, (nuint)i)).StoreUnsafe(ref first, (nuint)i);
        for (; i <= samples.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            (Vector256.LoadUnsafe(ref first, (nuint)i) * Vector256.LoadUnsafe(ref factors, (nuint)i)).StoreUnsafe(ref first, (nuint)i);
        for (; i < samples.Length; i++)
            samples[i] *= gains[i];
    }

    private static void Magnitudes(ReadOnlySpan<float> samples, Span<float> peaks)
    {
        ref float from = ref MemoryMarshal.GetReference(samples);
        ref float to = ref MemoryMarshal.GetReference(peaks[..samples.Length]);
        int i = 0;
        for (; Vector512.IsHardwareAccelerated && i <= samples.Length - Vector512<float>.Count; i += Vector512<float>.Count)
            Vector512.Abs(Vector512.LoadUnsafe(ref from, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        for (; i <= samples.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            Vector256.Abs(Vector256.LoadUnsafe(ref from, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        for (; i < samples.Length; i++)
            peaks[i] = Math.Abs(samples[i]);
    }

    private static void Raise(ReadOnlySpan<float> samples, Span<float> peaks)
    {
        ref float from = ref MemoryMarshal.GetReference(samples);
        ref float to = ref MemoryMarshal.GetReference(peaks[..samples.Length]);
        int i = 0;
        for (; i <= samples.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var magnitude = Vector256.Abs(Vector256.LoadUnsafe(ref from, (nuint)i));
            Vector256.MaxNative(magnitude, Vector256.LoadUnsafe(ref to, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < samples.Length; i++)
            peaks[i] = Math.Max(peaks[i], Math.Abs(samples[i]));
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
