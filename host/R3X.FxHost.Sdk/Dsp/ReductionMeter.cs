using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// Sums up the gains of a block for <see cref="IGainReducer"/>. A mutable struct: keep it in a field that is not
/// readonly, call <see cref="Begin"/> first in every block. Audio thread.
/// </summary>
public struct ReductionMeter
{
    // Below -200 dB there is nothing to tell apart.
    private const float Least = 1e-10f;

    private double _sum;
    private float _most;
    private int _frames;

    /// <summary>What was added since <see cref="Begin"/>.</summary>
    public readonly GainReduction Reading => new(_most, _frames == 0 ? 0 : Math.Max(_sum / _frames, 0));

    /// <summary>Starts a block.</summary>
    public void Begin() => this = default;

    /// <summary>Adds frames that were left alone.</summary>
    /// <param name="frames">How many.</param>
    public void AddNothing(int frames) => _frames += frames;

    /// <summary>Adds frames given as decibels taken away.</summary>
    /// <param name="reductions">One value a frame, 0 or more.</param>
    public void AddDecibels(ReadOnlySpan<float> reductions)
    {
        ref float first = ref MemoryMarshal.GetReference(reductions);
        Vector<float> most = Vector<float>.Zero, sum = Vector<float>.Zero;
        int i = 0;
        for (; i <= reductions.Length - Vector<float>.Count; i += Vector<float>.Count)
            Add(Vector.LoadUnsafe(ref first, (nuint)i), ref most, ref sum);
        Finish(most, sum, reductions.Length);
        for (; i < reductions.Length; i++)
            AddFrame(reductions[i]);
    }

    /// <summary>Adds frames given as the factor each was multiplied by.</summary>
    /// <param name="factors">One value a frame, 0 to 1.</param>
    public void AddFactors(ReadOnlySpan<float> factors) => AddFactors(factors, 0, 1);

    /// <summary>Adds frames given as the share of each that was taken away: 1 - factor.</summary>
    /// <param name="shares">One value a frame, 0 to 1.</param>
    public void AddShares(ReadOnlySpan<float> shares) => AddFactors(shares, 1, -1);

    // factor = offset + scale * value
    private void AddFactors(ReadOnlySpan<float> values, float offset, float scale)
    {
        ref float first = ref MemoryMarshal.GetReference(values);
        Vector<float> most = Vector<float>.Zero, sum = Vector<float>.Zero;
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var factor = Vector.Max((Vector.LoadUnsafe(ref first, (nuint)i) * scale) + new Vector<float>(offset),
                new Vector<float>(Least));
            Add(Exponential.Log2(factor) * -Exponential.DecibelsPerOctave, ref most, ref sum);
        }

        Finish(most, sum, values.Length);
        for (; i < values.Length; i++)
            AddFrame(-Exponential.DecibelsPerOctave * MathF.Log2(Math.Max((values[i] * scale) + offset, Least)));
    }

    // Inlined, these three: a call that hands over a Vector<T> is not compiled ahead of time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector<float> reduction, ref Vector<float> most, ref Vector<float> sum)
    {
        most = Vector.Max(most, reduction);
        sum += reduction;
    }

    private void AddFrame(float reduction)
    {
        _most = Math.Max(_most, reduction);
        _sum += reduction;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish(Vector<float> most, Vector<float> sum, int frames)
    {
        _most = Math.Max(_most, Highest(most));
        _sum += Vector.Sum(sum);
        _frames += frames;
    }

    // Lane by lane it would take longer than all of a segment's additions.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Highest(Vector<float> lanes)
    {
        var four = Vector<float>.Count == Vector256<float>.Count
            ? Vector128.MaxNative(lanes.AsVector256().GetLower(), lanes.AsVector256().GetUpper())
            : lanes.AsVector128();
        four = Vector128.MaxNative(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Math.Max(four.GetElement(0), four.GetElement(1));
    }
}
