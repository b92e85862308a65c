using System;
using System.Runtime.CompilerServices;

namespace R3X.FxHost.Encoding;

/// <summary>
/// Rounds to 16 bits under triangular dither of two steps (Lipshitz, Wannamaker and Vanderkooy, "Quantization and Dither: A
/// Theoretical Survey", 1992), so that the error is noise and not distortion. A sample that 16 bits hold exactly has no
/// error to cover and stays as it is: silence stays silence, and a 16-bit file that nothing changed comes back bit for bit.
/// One channel; the same seed gives the same bytes however the samples are cut.
/// </summary>
internal struct Dither(ulong seed)
{
    private const float FullScale = 32_768;

    private ulong _state = seed;

    /// <summary>The 16-bit sample for a float sample; past full scale it is clipped, what is no number is silence.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public short Round(float sample)
    {
        // Drawn for every sample, so that a sample's dither depends on its place alone.
        float noise = Next();
        float scaled = sample * FullScale;
        float rounded = MathF.Floor(scaled);
        if (rounded != scaled)
            rounded = MathF.Floor(scaled + noise + 0.5f);
        return float.IsNaN(rounded) ? (short)0 : (short)Math.Clamp(rounded, short.MinValue, short.MaxValue);
    }

    // Two halves of one SplitMix64 step (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
    private float Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        return ((int)(z >> 32) + (float)(int)z) * (1f / 4_294_967_296f);
    }
}
