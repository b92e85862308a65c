using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace R3X.FxHost.Encoding;

/// <summary>
/// Rounds to 16 bits under triangular dither of two steps (Lipshitz, Wannamaker and Vanderkooy, "Quantization and
/// Dither: A Theoretical Survey", 1992), so that the error is noise and not distortion. A sample that 16 bits hold
/// exactly has no error to cover and stays as it is: silence stays silence, and a 16-bit file that nothing changed
/// comes back bit for bit. One channel; the same seed gives the same bytes however the samples are cut.
/// </summary>
/// <param name="seed">Any number.</param>
internal sealed class Dither(ulong seed)
{
    private const float FullScale = 32_768;
    private const float Steps = 65_536;

    private readonly uint _first = (uint)Mix(seed);
    private readonly uint _key = (uint)(Mix(seed) >> 32);
    private uint _sample;

    /// <summary>Rounds samples; past full scale they are clipped, what is no number is silence.</summary>
    /// <param name="samples">The samples that follow those rounded so far.</param>
    /// <param name="rounded">As many.</param>
    public void Round(ReadOnlySpan<float> samples, Span<short> rounded)
    {
        int at = 0;
        if (Vector256.IsHardwareAccelerated && samples.Length >= Vector256<float>.Count)
        {
            ref readonly float from = ref samples[0];
            ref short to = ref rounded[0];
            Vector256<uint> places = Vector256<uint>.Indices + Vector256.Create(_first + _sample);
            for (; at <= samples.Length - Vector256<float>.Count; at += Vector256<float>.Count)
            {
                Vector256<int> eight = Round(Vector256.LoadUnsafe(in from, (nuint)at), Noise(places));
                Vector128.Narrow(eight.GetLower(), eight.GetUpper()).StoreUnsafe(ref to, (nuint)at);
                places += Vector256.Create((uint)Vector256<float>.Count);
            }
        }

        for (; at < samples.Length; at++)
            rounded[at] = Round(samples[at], Noise(_first + _sample + (uint)at));
        _sample += (uint)samples.Length;
    }

    private static short Round(float sample, float noise)
    {
        float scaled = sample * FullScale;
        float rounded = MathF.Floor(scaled);
        if (rounded != scaled)
            rounded = MathF.Floor(scaled + noise + 0.5f);
        return float.IsNaN(rounded) ? (short)0 : (short)Math.Min(Math.Max(rounded, short.MinValue), short.MaxValue);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Round(Vector256<float> samples, Vector256<float> noise)
    {
        Vector256<float> scaled = samples * FullScale;
        var rounded = Vector256.Floor(scaled);
        rounded = Vector256.ConditionalSelect(
            Vector256.Equals(rounded, scaled), rounded, Vector256.Floor(scaled + noise + Vector256.Create(0.5f)));
        rounded &= Vector256.Equals(rounded, rounded);
        return Vector256.ConvertToInt32Native(Vector256.Min(
            Vector256.Max(rounded, Vector256.Create((float)short.MinValue)), Vector256.Create((float)short.MaxValue)));
    }

    // Of a sample's place alone: two multiplications that leave no bit where it was (the method of C. Wellons's search
    // for such functions, "Prospecting for Hash Functions", 2018), with half of the seed between them; then the sum of
    // both halves.
    private float Noise(uint place)
    {
        uint x = (place ^ (place >> 16)) * 0x7FEB352D;
        x = (x ^ (x >> 15) ^ _key) * 0x846CA68B;
        x ^= x >> 16;
        return ((int)((x & 0xFFFF) + (x >> 16)) - (Steps - 1)) * (1 / Steps);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Noise(Vector256<uint> places)
    {
        Vector256<uint> x = (places ^ (places >>> 16)) * 0x7FEB352D;
        x = (x ^ (x >>> 15) ^ Vector256.Create(_key)) * 0x846CA68B;
        x ^= x >>> 16;
        Vector256<uint> sum = (x & Vector256.Create(0xFFFFu)) + (x >>> 16);
        return (Vector256.ConvertToSingle(sum.AsInt32()) - Vector256.Create(Steps - 1)) * (1 / Steps);
    }

    // The end of a SplitMix64 step (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014):
    // neighbouring seeds have nothing in common.
    private static ulong Mix(ulong seed)
    {
        ulong z = seed + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
