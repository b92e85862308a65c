using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using R3X.FxHost.Sdk.Dsp.Kernels;

namespace R3X.FxHost.Effects;

/// <summary>
/// A register's worth of frames through the comb at once. The damping y[n] = keep y[n-1] + take r[n] is summed by
/// doubling, so that only one step a cell is serial. Cells begin at multiples of their length in the memory.
/// </summary>
internal sealed class CombCell
{
    /// <summary>
    /// So much of the memory's beginning is there once more behind its end, so that a register may be read anywhere.
    /// </summary>
    public const int Again = 16;

    private readonly float[] _keeps = new float[16];
    private readonly float[] _part = new float[16];
    private CombTap _loop;
    private CombTap _direct;
    private CombSettings _settings;

    /// <summary>Takes up settings.</summary>
    public void Prepare(in CombSettings settings)
    {
        if (settings == _settings)
            return;
        _settings = settings;
        _loop = new CombTap(settings.LoopFrames);
        _direct = new CombTap(settings.DirectFrames);
        double power = 1;
        foreach (ref float keep in _keeps.AsSpan())
            keep = (float)(power *= settings.Keep);
    }

    /// <summary>Processes whole cells, in place.</summary>
    /// <param name="memory">The delay line.</param>
    /// <param name="mask">Its length less 1.</param>
    /// <param name="start">Where the first cell is written.</param>
    /// <param name="samples">What goes in and comes out.</param>
    /// <param name="cells">Number of cells.</param>
    /// <param name="damped">The damping's last value, taken along.</param>
    public void Run(ref float memory, int mask, int start, Span<float> samples, int cells, ref float damped)
    {
        ref float x = ref MemoryMarshal.GetReference(samples);
        if (Vector512.IsHardwareAccelerated)
            Run<Lanes16>(ref memory, mask, start, ref x, cells, ref damped);
        else if (Vector256.IsHardwareAccelerated)
            Run<Lanes8>(ref memory, mask, start, ref x, cells, ref damped);
        else
            Run<Lanes4>(ref memory, mask, start, ref x, cells, ref damped);
    }

    /// <summary>Processes a few frames of a cell, in place.</summary>
    /// <param name="memory">The delay line.</param>
    /// <param name="mask">Its length less 1.</param>
    /// <param name="start">Where the cell is written.</param>
    /// <param name="inside">How many of its frames have been before.</param>
    /// <param name="samples">The next frames.</param>
    /// <param name="damped">In: the damping's value before the cell. Out: that behind it.</param>
    public void RunPart(ref float memory, int mask, int start, int inside, Span<float> samples, ref float damped)
    {
        // The cell's other frames are written too: the earlier ones are put back, the later ones come again before they
        // are read.
        var written = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref memory, start), inside);
        Span<float> before = stackalloc float[16];
        written.CopyTo(before);
        samples.CopyTo(_part.AsSpan(inside));
        Run(ref memory, mask, start, _part, 1, ref damped);
        before[..inside].CopyTo(written);
        _part.AsSpan(inside, samples.Length).CopyTo(samples);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Read<T>(ref float memory, int mask, int next, in CombTap tap)
        where T : struct, ILanes<T>
    {
        int at = next - tap.Whole;
        var newest = T.All(tap.A) * T.Load(ref memory, (at + 1) & mask);
        var here = T.MultiplyAdd(T.All(tap.B), T.Load(ref memory, at & mask), newest);
        var older = T.MultiplyAdd(T.All(tap.C), T.Load(ref memory, (at - 1) & mask), here);
        return T.MultiplyAdd(T.All(tap.D), T.Load(ref memory, (at - 2) & mask), older);
    }

    [MethodImpl(Kernel.Strength)]
    private void Run<T>(ref float memory, int mask, int start, ref float x, int cells, ref float damped)
        where T : struct, ILanes<T>
    {
        ref float powers = ref MemoryMarshal.GetArrayDataReference(_keeps);
        CombTap loop = _loop, direct = _direct;
        T feedback = T.All(_settings.Feedback), feedforward = T.All(_settings.Feedforward), mix = T.All(_settings.Mix);
        T keeps = T.Load(ref powers, 0), take = T.All(1 - _settings.Keep);
        T k1 = T.All(powers), k2 = T.All(Unsafe.Add(ref powers, 1)), k4 = T.All(Unsafe.Add(ref powers, 3)),
            k8 = T.All(Unsafe.Add(ref powers, 7));
        float wholeCell = Unsafe.Add(ref powers, T.Count - 1);
        bool echo = _settings.Feedforward != 0;
        float last = damped;
        for (int i = 0; i < cells * T.Count; i += T.Count)
        {
            int next = start + i;
            var e = take * Read<T>(ref memory, mask, next, in loop);
            e = T.MultiplyAdd(k1, T.ShiftUp1(e), e);
            e = T.MultiplyAdd(k2, T.ShiftUp2(e), e);
            if (T.Count > 4)
                e = T.MultiplyAdd(k4, T.ShiftUp4(e), e);
            if (T.Count > 8)
                e = T.MultiplyAdd(k8, T.ShiftUp8(e), e);
            var ring = feedback * T.MultiplyAdd(keeps, T.All(last), e);
            last = (wholeCell * last) + e.Last;
            var added = echo ? T.MultiplyAdd(feedforward, Read<T>(ref memory, mask, next, in direct), ring) : ring;
            var input = T.Load(ref x, i);
            var written = input + ring;
            written.Store(ref memory, next);
            if (next < Again)
                written.Store(ref memory, next + mask + 1);
            T.MultiplyAdd(mix, added, input).Store(ref x, i);
        }

        damped = last;
    }
}
