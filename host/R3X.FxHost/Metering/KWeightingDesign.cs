using System;
using System.Numerics;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Metering;

/// <summary>
/// The K-weighting of ITU-R BS.1770-4, annex 1, for any sample rate. The standard gives its two filters for 48 kHz and
/// asks that other rates have the same response. The usual redesign (the bilinear transform at the new rate) misses it
/// by up to 0.5 dB at 8 kHz; this one, by M. Vicanek's method ("Matched Second Order Digital Filters", 2016), by 0.04
/// dB there and by less than 0.003 dB from 16 kHz on: the poles move with the rate, the zeros are fitted to the
/// standard's magnitudes.
/// </summary>
internal static class KWeightingDesign
{
    private const double StandardRate = 48_000;

    // Where the shelf is fitted besides 0 Hz and the Nyquist frequency, and where the high-pass is level.
    private const double ShelfFrequency = 1_500;
    private const double LevelFrequency = 1_000;

    private static readonly Biquad StandardShelf = new(
        1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585);
    private static readonly Biquad StandardHighPass = new(1, -2, 1, -1.99004745483398, 0.99007225036621);

    /// <summary>The effect of a head: +4 dB above 2 kHz.</summary>
    public static Biquad Shelf(int sampleRate)
    {
        if (sampleRate == StandardRate)
            return StandardShelf;
        var (a1, a2) = Poles(StandardShelf, sampleRate);
        double s0 = (1 + a1 + a2) * (1 + a1 + a2);
        double s1 = (1 - a1 + a2) * (1 - a1 + a2);
        double p1 = Math.Pow(Math.Sin(Math.PI * ShelfFrequency / sampleRate), 2);
        double p0 = 1 - p1;
        double p2 = 4 * p0 * p1;
        double r0 = s0 * Power(StandardShelf, 0);
        double r1 = s1 * Power(StandardShelf, sampleRate / 2.0);
        double there = ((s0 * p0) + (s1 * p1) - (4 * a2 * p2)) * Power(StandardShelf, ShelfFrequency);
        double r2 = (there - (r0 * p0) - (r1 * p1)) / p2;
        double w = (Math.Sqrt(r0) + Math.Sqrt(r1)) / 2;
        double b0 = (w + Math.Sqrt((w * w) + r2)) / 2;
        return new Biquad(b0, (Math.Sqrt(r0) - Math.Sqrt(r1)) / 2, -r2 / (4 * b0), a1, a2);
    }

    /// <summary>The revised low-frequency B-curve: a high-pass at 38 Hz.</summary>
    public static Biquad HighPass(int sampleRate)
    {
        if (sampleRate == StandardRate)
            return StandardHighPass;
        var (a1, a2) = Poles(StandardHighPass, sampleRate);
        var unit = new Biquad(1, -2, 1, a1, a2);
        double gain = StandardHighPass.MagnitudeAt(LevelFrequency / StandardRate) / unit.MagnitudeAt(
            LevelFrequency / sampleRate);
        return new Biquad(gain, -2 * gain, gain, a1, a2);
    }

    /// <summary>What the standard's two filters do to a frequency's power, as a factor; above 24 kHz as at 24
    /// kHz.</summary>
    public static double StandardPower(double frequency) =>
        Power(StandardShelf, frequency) * Power(StandardHighPass, frequency);

    private static double Power(in Biquad standard, double frequency) =>
        Math.Pow(standard.MagnitudeAt(Math.Min(frequency / StandardRate, 0.5)), 2);

    // Impulse invariance: a pole decays and swings in seconds as it did.
    private static (double A1, double A2) Poles(in Biquad standard, int sampleRate)
    {
        Complex root = Complex.Sqrt((standard.A1 * standard.A1 / 4) - standard.A2);
        Complex one = Complex.Pow((-standard.A1 / 2) + root, StandardRate / sampleRate);
        Complex other = Complex.Pow((-standard.A1 / 2) - root, StandardRate / sampleRate);
        return (-(one + other).Real, (one * other).Real);
    }
}
