using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// Finds how high one channel's waveform rises between samples (ITU-R BS.1770, annex 2): eight points per sample by a
/// Kaiser-windowed sinc. It computes only where the samples come near enough to the ceiling for that to matter.
/// </summary>
internal sealed class PeakDetector
{
    private const int Points = 8;

    private readonly int _reach;
    private readonly float[] _taps;
    private readonly float _overshoot;
    private readonly float[] _window;

    /// <param name="reach">Samples seen to each side; 0 for sample peaks only. The peaks are as many frames late.</param>
    public PeakDetector(int reach)
    {
        _reach = reach;
        _taps = PeakInterpolation.Taps(reach, Points);
        _overshoot = PeakInterpolation.Overshoot(_taps, Points);
        _window = new float[Math.Max(0, (2 * reach) - 1) + SegmentClock.Frames];
    }

    /// <summary>Raises each frame's peak to this channel's, where that is higher.</summary>
    /// <param name="samples">At most a segment of new samples.</param>
    /// <param name="peaks">As many peaks, <c>reach</c> frames older than the samples.</param>
    /// <param name="ceiling">Below this, a peak may be given as less than it is.</param>
    public void RaisePeaks(ReadOnlySpan<float> samples, Span<float> peaks, float ceiling)
    {
        if (_reach == 0)
        {
            for (int i = 0; i < samples.Length; i++)
                peaks[i] = Math.Max(peaks[i], Math.Abs(samples[i]));
            return;
        }

        int history = (2 * _reach) - 1;
        samples.CopyTo(_window.AsSpan(history));
        var seen = _window.AsSpan(0, history + samples.Length);

        // The waveform between samples is at most so many times as high as the highest of them: exact, not a guess.
        if (Highest(seen) * _overshoot > ceiling)
            Interpolate(peaks);
        seen[^history..].CopyTo(_window);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(_window);

    private static float Highest(ReadOnlySpan<float> samples)
    {
        ref float first = ref MemoryMarshal.GetReference(samples);
        var highest = Vector<float>.Zero;
        int i = 0;
        for (; i <= samples.Length - Vector<float>.Count; i += Vector<float>.Count)
            highest = Vector.Max(highest, Vector.Abs(Vector.LoadUnsafe(ref first, (nuint)i)));
        float most = 0;
        for (int lane = 0; lane < Vector<float>.Count; lane++)
            most = Math.Max(most, highest[lane]);
        for (; i < samples.Length; i++)
            most = Math.Max(most, Math.Abs(samples[i]));
        return most;
    }

    // The eight points after one sample are the lanes of one vector, so a frame's result does not depend on its neighbours
    // in the block.
    private void Interpolate(Span<float> peaks)
    {
        ref float taps = ref MemoryMarshal.GetArrayDataReference(_taps);
        ref float window = ref MemoryMarshal.GetArrayDataReference(_window);
        int length = 2 * _reach;
        for (int i = 0; i < peaks.Length; i++)
        {
            var even = Vector256<float>.Zero;
            var odd = Vector256<float>.Zero;
            for (int k = 0; k < length; k += 2)
            {
                even = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref window, i + k)), Vector256.LoadUnsafe(ref taps, (nuint)(k * Points)), even);
                odd = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref window, i + k + 1)), Vector256.LoadUnsafe(ref taps, (nuint)((k + 1) * Points)), odd);
            }

            var magnitudes = Vector256.Abs(even + odd);
            var half = Vector128.Max(magnitudes.GetLower(), magnitudes.GetUpper());
            half = Vector128.Max(half, Vector128.Shuffle(half, Vector128.Create(2, 3, 0, 1)));
            peaks[i] = Math.Max(peaks[i], Math.Max(half[0], half[1]));
        }
    }
}
