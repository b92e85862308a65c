using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace R3X.FxHost.Sdk.Dsp.Kernels;

/// <summary>
/// The envelope of a whole register of frames at once. One frame of the peak holder is the function max(c, k p + d) of
/// the peak p before it, with c = x and d = (1 - k) x, and two such functions in a row are one again: so those from the
/// cell's start to each of its frames are found by doubling (G. Blelloch, "Prefix Sums and Their Applications", 1990),
/// and only one step a cell is serial. The smoother is the same without the maximum. What goes from cell to cell is
/// kept in double precision.
/// </summary>
internal sealed class EnvelopeScan
{
    private readonly float[] _attack = new float[16];
    private readonly float[] _release = new float[16];
    private double _attackKeep = -1;
    private double _releaseKeep = -1;
    private double _attackCell;
    private double _releaseCell;

    /// <summary>Frames in a cell: as many as fit a register.</summary>
    public static int Frames =>
        Vector512.IsHardwareAccelerated ? Lanes16.Count : Vector256.IsHardwareAccelerated ? Lanes8.Count : Lanes4.Count;

    /// <summary>Sets the shares that smoother and peak holder keep per frame.</summary>
    public void Keep(double attack, double release)
    {
        if (attack == _attackKeep && release == _releaseKeep)
            return;
        (_attackKeep, _releaseKeep) = (attack, release);
        _attackCell = Powers(attack, _attack);
        _releaseCell = Powers(release, _release);
    }

    /// <summary>Follows whole cells.</summary>
    /// <param name="input">Values that are 0 or more.</param>
    /// <param name="output">Their envelope; may be the memory of the input.</param>
    /// <param name="cells">Number of cells.</param>
    /// <param name="peak">The held peak before the first frame, taken to behind the last.</param>
    /// <param name="level">The smoothed level, likewise.</param>
    public void Run(ReadOnlySpan<float> input, Span<float> output, int cells, ref double peak, ref double level)
    {
        ref float from = ref MemoryMarshal.GetReference(input[..(cells * Frames)]);
        ref float to = ref MemoryMarshal.GetReference(output[..(cells * Frames)]);
        if (Vector512.IsHardwareAccelerated)
            Run<Lanes16>(ref from, ref to, cells, ref peak, ref level);
        else if (Vector256.IsHardwareAccelerated)
            Run<Lanes8>(ref from, ref to, cells, ref peak, ref level);
        else
            Run<Lanes4>(ref from, ref to, cells, ref peak, ref level);
    }

    private static double Powers(double keep, float[] powers)
    {
        double power = 1;
        for (int i = 0; i < Frames; i++)
            powers[i] = (float)(power *= keep);
        return power;
    }

    [MethodImpl(Kernel.Strength)]
    private void Run<T>(ref float from, ref float to, int cells, ref double heldPeak, ref double heldLevel)
        where T : struct, ILanes<T>
    {
        ref float release = ref MemoryMarshal.GetArrayDataReference(_release);
        ref float attack = ref MemoryMarshal.GetArrayDataReference(_attack);
        T releases = T.Load(ref release, 0), attacks = T.Load(ref attack, 0);
        T take = T.All((float)(1 - _releaseKeep)), smooth = T.All((float)(1 - _attackKeep));
        T r1 = T.All(Unsafe.Add(ref release, 0)), r2 = T.All(Unsafe.Add(ref release, 1)),
            r4 = T.All(Unsafe.Add(ref release, 3)), r8 = T.All(Unsafe.Add(ref release, 7));
        T a1 = T.All(Unsafe.Add(ref attack, 0)), a2 = T.All(Unsafe.Add(ref attack, 1)),
            a4 = T.All(Unsafe.Add(ref attack, 3)), a8 = T.All(Unsafe.Add(ref attack, 7));
        double peak = heldPeak, level = heldLevel;
        for (int i = 0; i < cells * T.Count; i += T.Count)
        {
            // No value is below 0, so the 0 that comes in from below the first frame is no peak.
            var c = T.Load(ref from, i);
            var d = take * c;
            c = T.Max(c, T.MultiplyAdd(r1, T.ShiftUp1(c), d));
            d = T.MultiplyAdd(r1, T.ShiftUp1(d), d);
            c = T.Max(c, T.MultiplyAdd(r2, T.ShiftUp2(c), d));
            d = T.MultiplyAdd(r2, T.ShiftUp2(d), d);
            if (T.Count > 4)
            {
                c = T.Max(c, T.MultiplyAdd(r4, T.ShiftUp4(c), d));
                d = T.MultiplyAdd(r4, T.ShiftUp4(d), d);
            }

            if (T.Count > 8)
            {
                c = T.Max(c, T.MultiplyAdd(r8, T.ShiftUp8(c), d));
                d = T.MultiplyAdd(r8, T.ShiftUp8(d), d);
            }

            var e = smooth * T.Max(c, T.MultiplyAdd(releases, T.All((float)peak), d));
            e = T.MultiplyAdd(a1, T.ShiftUp1(e), e);
            e = T.MultiplyAdd(a2, T.ShiftUp2(e), e);
            if (T.Count > 4)
                e = T.MultiplyAdd(a4, T.ShiftUp4(e), e);
            if (T.Count > 8)
                e = T.MultiplyAdd(a8, T.ShiftUp8(e), e);
            T.MultiplyAdd(attacks, T.All((float)level), e).Store(ref to, i);

            // Without a branch: where speech rises cannot be predicted, and a misprediction would stall the cells under
            // way.
            peak = double.MaxNative((_releaseCell * peak) + d.Last, c.Last);
            level = (_attackCell * level) + e.Last;
        }

        heldPeak = peak;
        heldLevel = level;
    }
}
