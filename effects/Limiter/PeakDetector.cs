using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp.Kernels;

namespace R3X.FxHost.Effects;

/// <summary>
/// Finds how high one channel's waveform rises between samples (ITU-R BS.1770, annex 2): eight points per sample by a
/// Kaiser-windowed sinc. It computes only where the samples come near enough to the ceiling for that to matter.
/// </summary>
internal sealed class PeakDetector
{
    private const int Points = 8;
    private const int Spare = 16;

    private readonly int _reach;
    private readonly float[] _folded;
    private readonly float _overshoot;
    private readonly AudioBuffer _window;
    private readonly float[] _found = new float[Spare];

    /// <param name="reach">Samples seen to each side; 0 for sample peaks only. The peaks are as many frames
    /// late.</param>
    public PeakDetector(int reach)
    {
        _reach = reach;
        var taps = PeakInterpolation.Taps(reach, Points);
        _folded = PeakInterpolation.Fold(taps, reach, Points);
        _overshoot = PeakInterpolation.Overshoot(taps, Points);
        _window = new AudioBuffer(1, (2 * reach) + SegmentedEffect.SegmentFrames + Spare);
    }

    private int History => Math.Max(0, (2 * _reach) - 1);

    /// <summary>Looks at samples, at most a segment.</summary>
    /// <param name="samples">The next ones.</param>
    /// <param name="ceiling">The level of interest.</param>
    /// <returns>Whether a peak may be above the ceiling; if not, there is none.</returns>
    public bool IsNear(ReadOnlySpan<float> samples, float ceiling) =>
        // The waveform between samples is at most so many times as high as the highest of them: exact, not a guess.
        Math.Max(Highest(_window[0][..History]), Highest(samples)) * _overshoot > ceiling;

    /// <summary>Raises each frame's peak to this channel's, where that is higher.</summary>
    /// <param name="samples">The next samples.</param>
    /// <param name="peaks">As many peaks, <c>reach</c> frames older than these.</param>
    /// <param name="ceiling">Below this, a peak may be given as less than it is.</param>
    public void RaisePeaks(ReadOnlySpan<float> samples, Span<float> peaks, float ceiling)
    {
        var window = _window[0];
        samples.CopyTo(window[History..]);
        for (int start = 0; start < peaks.Length; start += Spare)
        {
            int count = Math.Min(Spare, peaks.Length - start);
            if (Highest(window.Slice(start, History + count)) * _overshoot <= ceiling)
                continue;
            if (_reach == 0)
                window.Slice(start, Spare).CopyTo(_found);
            else
                Interpolate(window[start..]);
            for (int i = 0; i < count; i++)
                peaks[start + i] = Math.Max(peaks[start + i], Math.Abs(_found[i]));
        }
    }

    /// <summary>Moves on by samples.</summary>
    public void Advance(ReadOnlySpan<float> samples)
    {
        var history = _window[0][..History];
        int kept = Math.Max(0, History - samples.Length);
        if (kept > 0)
            history[^kept..].CopyTo(history);
        samples[^(History - kept)..].CopyTo(history[kept..]);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => _window.Clear();

    private static float Highest(ReadOnlySpan<float> samples)
    {
        ref float first = ref MemoryMarshal.GetReference(samples);
        Vector<float> highest = Vector<float>.Zero, other = Vector<float>.Zero;
        int i = 0;
        for (; i <= samples.Length - (2 * Vector<float>.Count); i += 2 * Vector<float>.Count)
        {
            highest = Vector.MaxNative(highest, Vector.Abs(Vector.LoadUnsafe(ref first, (nuint)i)));
            other = Vector.MaxNative(other, Vector.Abs(Vector.LoadUnsafe(ref first, (nuint)(i + Vector<float>.Count))));
        }

        highest = Vector.MaxNative(highest, other);
        float most = 0;
        for (int lane = 0; lane < Vector<float>.Count; lane++)
            most = Math.Max(most, highest[lane]);
        for (; i < samples.Length; i++)
            most = Math.Max(most, Math.Abs(samples[i]));
        return most;
    }

    private void Interpolate(ReadOnlySpan<float> window)
    {
        ref float first = ref MemoryMarshal.GetReference(window[..(History + Spare)]);
        if (Vector512.IsHardwareAccelerated)
            Interpolate<Lanes16>(ref first);
        else if (Vector256.IsHardwareAccelerated)
            Interpolate<Lanes8>(ref first);
        else
            Interpolate<Lanes4>(ref first);
    }

    // Sixteen frames side by side. Points as far from the gap's middle are mirrored, so sums and differences of
    // mirrored samples do for two of them.
    [MethodImpl(Kernel.Strength)]
    private void Interpolate<T>(ref float window)
        where T : struct, ILanes<T>
    {
        int last = (2 * _reach) - 1;
        for (int at = 0; at < Spare; at += T.Count)
        {
            ref float w = ref MemoryMarshal.GetArrayDataReference(_folded);
            T even1 = default, even2 = default, even3 = default, odd1 = default, odd2 = default, odd3 = default,
                middle = default;
            for (int k = 0; k < _reach; k++)
            {
                var older = T.Load(ref window, at + k);
                var newer = T.Load(ref window, at + last - k);
                var sum = older + newer;
                var difference = older - newer;
                even1 = T.MultiplyAdd(T.All(w), sum, even1);
                even2 = T.MultiplyAdd(T.All(Unsafe.Add(ref w, 1)), sum, even2);
                even3 = T.MultiplyAdd(T.All(Unsafe.Add(ref w, 2)), sum, even3);
                middle = T.MultiplyAdd(T.All(Unsafe.Add(ref w, 3)), sum, middle);
                odd1 = T.MultiplyAdd(T.All(Unsafe.Add(ref w, 4)), difference, odd1);
                odd2 = T.MultiplyAdd(T.All(Unsafe.Add(ref w, 5)), difference, odd2);
                odd3 = T.MultiplyAdd(T.All(Unsafe.Add(ref w, 6)), difference, odd3);
                w = ref Unsafe.Add(ref w, Points - 1);
            }

            // The higher of |e + o| and |e - o| is |e| + |o|.
            var highest = T.Max(T.Abs(even1) + T.Abs(odd1), T.Abs(even2) + T.Abs(odd2));
            highest = T.Max(highest, T.Max(T.Abs(even3) + T.Abs(odd3), T.Abs(middle)));
            T.Max(highest, T.Abs(T.Load(ref window, at + _reach - 1))).Store(
                ref MemoryMarshal.GetArrayDataReference(_found), at);
        }
    }
}
