using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// One channel of delay that is read between samples, at another place every frame. All is kept twice, a memory's
/// length apart, so that the samples under a tap always lie in one piece.
/// </summary>
internal sealed class SweptLine
{
    private readonly float[] _memory;
    private readonly int _size;
    private int _next;

    /// <param name="longestDelay">In frames.</param>
    public SweptLine(int longestDelay)
    {
        _size = (int)BitOperations.RoundUpToPowerOf2((uint)(longestDelay + SincTable.Taps));
        _memory = new float[2 * _size];
    }

    /// <summary>Reads the delayed sound and feeds it back, frame by frame.</summary>
    /// <param name="samples">In: the sound. Out: the sound blended with the delayed one.</param>
    /// <param name="delays">For every frame, <see cref="SincTable.Reach"/> to the longest delay.</param>
    /// <param name="feedback">Factor per round, between -1 and 1.</param>
    /// <param name="mix">Share of the delayed sound, 0 to 1.</param>
    public void Process(Span<float> samples, ReadOnlySpan<double> delays, float feedback, float mix)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            float x = samples[i];
            float delayed = Read(delays[i]);
            float written = Denormal.Flush(x + (feedback * delayed));
            _memory[_next] = written;
            _memory[_next + _size] = written;
            _next = (_next + 1) & (_size - 1);

            // In two products, so that both ends of the mix are exact.
            samples[i] = ((1 - mix) * x) + (mix * delayed);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_memory);
        _next = 0;
    }

    // The sums are taken in a fixed order, lane by lane, so that they come out alike from every compiler.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float Read(double delay)
    {
        int whole = (int)delay;
        double place = (1 - (delay - whole)) * SincTable.Places;
        int row = Math.Min((int)place, SincTable.Places - 1);
        float between = (float)(place - row);

        // Oldest first: the tap lies between whole + 1 frames ago (place 0) and whole frames ago (the last place).
        int oldest = (_next - whole - 1 - (SincTable.Reach - 1)) & (_size - 1);
        ref float samples = ref _memory[oldest];
        ref float weights = ref SincTable.Weights[row * SincTable.Taps];
        _ = _memory[oldest + SincTable.Taps - 1];
        var a = Product(ref samples, ref weights, 0, between) + Product(ref samples, ref weights, 4, between);
        var b = Product(ref samples, ref weights, 8, between) + Product(ref samples, ref weights, 12, between);
        var sum = a + b;
        return (sum[0] + sum[1]) + (sum[2] + sum[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Product(ref float samples, ref float weights, nuint at, float between)
    {
        var here = Vector128.LoadUnsafe(ref weights, at);
        var there = Vector128.LoadUnsafe(ref weights, at + SincTable.Taps);
        return Vector128.LoadUnsafe(ref samples, at) * (here + ((there - here) * between));
    }
}
