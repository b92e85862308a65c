using System;
using System.Numerics;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Metering;

/// <summary>
/// Eight bands for lights that move with a voice: 100 Hz to 8 kHz, all as wide on a logarithmic scale (0.79 octaves).
/// The edges are 100, 173, 299, 517, 894, 1,546, 2,675, 4,625 and 8,000 Hz: the voice's pitch and its harmonics in the
/// first two or three, vowels from there to the sixth, consonants in the last two. Each is a Butterworth band-pass of
/// fourth order: level inside, -3 dB at its edges, where its neighbour takes over, 13 dB down in the middle of that
/// one, and so quick that the lowest follows within 7 ms, the others faster. At a low sample rate, the last bands end
/// below half of it, or hold nothing.
/// </summary>
public static class SpeechBands
{
    /// <summary>How many there are.</summary>
    public const int Count = 8;

    private const double LowestEdge = 100;
    private const double HighestEdge = 8_000;

    /// <summary>Where a band begins and the one below it ends, in Hz.</summary>
    /// <param name="band">0 to 7; 8 for the end of the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such band.</exception>
    public static double Edge(int band)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(band);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(band, Count);
        return LowestEdge * Math.Pow(HighestEdge / LowestEdge, (double)band / Count);
    }

    /// <summary>The middle of a band, in Hz.</summary>
    /// <param name="band">0 to 7.</param>
    public static double Centre(int band) => Math.Sqrt(Edge(band) * Edge(band + 1));

    /// <summary>
    /// Two sections, one behind the other, that let a band through: the analogue Butterworth band-pass by the bilinear
    /// transform, warped so that both edges are where they should be. Null where the sample rate has no room for the
    /// band.
    /// </summary>
    internal static (Biquad First, Biquad Second)? Design(int band, int sampleRate)
    {
        double low = Math.Tan(Math.PI * Edge(band) / sampleRate);
        double high = Math.Tan(Math.PI * Math.Min(Edge(band + 1) / sampleRate, MatchedFilters.HighestFrequency));
        if (Centre(band) >= MatchedFilters.HighestFrequency * sampleRate)
            return null;
        // The low-pass has its poles at e^(+-j 3/4 pi); each becomes two, of which one of every conjugate pair is kept.
        Complex half = Complex.FromPolarCoordinates((high - low) / 2, 3 * Math.PI / 4);
        Complex root = Complex.Sqrt((half * half) - (low * high));
        double middle = Math.Atan(Math.Sqrt(low * high)) / Math.PI;
        return (Section(half + root, middle), Section(half - root, middle));
    }

    // Zeros at 0 Hz and half the sample rate; gain 1 in the middle is set for both together, here for each alone.
    private static Biquad Section(Complex pole, double middle)
    {
        Complex z = (1 + pole) / (1 - pole);
        var unit = new Biquad(1, 0, -1, -2 * z.Real, (z * Complex.Conjugate(z)).Real);
        double gain = 1 / unit.MagnitudeAt(middle);
        return unit with { B0 = gain, B2 = -gain };
    }
}
