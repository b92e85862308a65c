using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Metering;

/// <summary>
/// One channel's waveform between its samples, by a sinc under a Kaiser window, eight points per sample: the highest of
/// a sine is then at most 0.17 dB above a point even at the Nyquist frequency. It computes only where the samples come
/// near enough to the highest so far.
/// </summary>
internal sealed class PeakInterpolator
{
    /// <summary>Samples seen to each side of a point.</summary>
    public const int Reach = 24;

    private const int Points = 8;
    private const int Taps = 2 * Reach;
    private const int SegmentFrames = 64;

    // Suppression and band edge: with 48 taps, flat to 0.45 of the sample rate.
    private const double Beta = 6;

    private static readonly float[] Weights = Design();
    private static readonly float Overshoot = FindOvershoot();

    // The last Taps - 1 samples and a segment of new ones.
    private readonly float[] _window = new float[Taps - 1 + SegmentFrames];

    /// <summary>The highest magnitude so far.</summary>
    public float Peak { get; private set; }

    /// <summary>Looks at new samples, and between those that lie at least <see cref="Reach"/> back.</summary>
    public void Measure(ReadOnlySpan<float> samples)
    {
        while (!samples.IsEmpty)
        {
            int frames = Math.Min(samples.Length, SegmentFrames);
            Span<float> seen = _window.AsSpan(0, Taps - 1 + frames);
            Span<float> fresh = seen[(Taps - 1)..];
            samples[..frames].CopyTo(fresh);
            FiniteSamples.Clean(fresh);
            Peak = Math.Max(Peak, Highest(fresh));

            // The waveform is at most so many times as high as the highest sample in its window: exact, not a guess.
            if (Highest(seen) * Overshoot > Peak)
                Peak = Math.Max(Peak, HighestBetween(seen, frames));
            seen[^(Taps - 1)..].CopyTo(_window);
            samples = samples[frames..];
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_window);
        Peak = 0;
    }

    private static float Highest(ReadOnlySpan<float> samples)
    {
        ref float first = ref MemoryMarshal.GetReference(samples);
        Vector256<float> eight = Vector256<float>.Zero;
        int i = 0;
        for (; i <= samples.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            eight = Vector256.Max(eight, Vector256.Abs(Vector256.LoadUnsafe(ref first, (nuint)i)));
        float highest = HighestOf(eight);
        for (; i < samples.Length; i++)
            highest = Math.Max(highest, Math.Abs(samples[i]));
        return highest;
    }

    private static float HighestBetween(ReadOnlySpan<float> seen, int frames)
    {
        ref float first = ref MemoryMarshal.GetReference(seen);
        ref float weights = ref MemoryMarshal.GetArrayDataReference(Weights);
        Vector256<float> highest = Vector256<float>.Zero;
        for (int frame = 0; frame < frames; frame++)
        {
            Vector256<float> even = Vector256<float>.Zero;
            Vector256<float> odd = Vector256<float>.Zero;
            for (int tap = 0; tap < Taps; tap += 2)
            {
                even = Vector256.MultiplyAddEstimate(Vector256.Create(Unsafe.Add(ref first, frame + tap)),
                    Vector256.LoadUnsafe(ref weights, (nuint)(tap * Points)), even);
                odd = Vector256.MultiplyAddEstimate(Vector256.Create(Unsafe.Add(ref first, frame + tap + 1)),
                    Vector256.LoadUnsafe(ref weights, (nuint)((tap + 1) * Points)), odd);
            }

            highest = Vector256.Max(highest, Vector256.Abs(even + odd));
        }

        return HighestOf(highest);
    }

    private static float HighestOf(Vector256<float> values)
    {
        Vector128<float> four = Vector128.Max(values.GetLower(), values.GetUpper());
        return Math.Max(Math.Max(four[0], four[1]), Math.Max(four[2], four[3]));
    }

    // Tap by tap the weights of all points; point 0 is the sample itself.
    private static float[] Design()
    {
        var weights = new float[Taps * Points];
        Span<double> exact = stackalloc double[Taps];
        for (int point = 0; point < Points; point++)
        {
            double sum = 0;
            for (int tap = 0; tap < Taps; tap++)
            {
                double distance = tap - (Reach - 1) - ((double)point / Points);
                exact[tap] = KaiserWindow.Sinc(distance) * KaiserWindow.At(distance / Reach, Beta);
                sum += exact[tap];
            }

            for (int tap = 0; tap < Taps; tap++)
                weights[(tap * Points) + point] = (float)(exact[tap] / sum);
        }

        return weights;
    }

    private static float FindOvershoot()
    {
        float most = 1;
        for (int point = 0; point < Points; point++)
        {
            float sum = 0;
            for (int tap = 0; tap < Taps; tap++)
                sum += Math.Abs(Weights[(tap * Points) + point]);
            most = Math.Max(most, sum);
        }

        // A little more than the sum, for rounding.
        return most * 1.0001f;
    }
}
