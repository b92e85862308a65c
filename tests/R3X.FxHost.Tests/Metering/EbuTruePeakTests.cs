using System;
using Xunit;

namespace R3X.FxHost.Tests.Metering;

/// <summary>Cases 15 to 23 of EBU Tech 3341 (2016): true peaks are read within +0.2 and -0.4 dB.</summary>
public sealed class EbuTruePeakTests
{
    private const int Rate = 48_000;

    [Theory]
    [InlineData(4, 0.0, 0.50, -6)]
    [InlineData(4, 45.0, 0.50, -6)]
    [InlineData(6, 60.0, 0.50, -6)]
    [InlineData(8, 67.5, 0.50, -6)]
    [InlineData(4, 45.0, 1.41, 3)]
    public void Cases_15_to_19_a_sine_is_as_high_as_its_amplitude_wherever_it_is_sampled(
        int period, double degrees, double amplitude, double expected)
    {
        var samples = new float[2 * Rate];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (float)(amplitude * Taper(i, samples.Length) * Math.Sin(
                (2 * Math.PI * i / period) + (degrees * Math.PI / 180)));
        Assert.InRange(Tone.TruePeak(samples), expected - 0.4, expected + 0.2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Cases_20_to_23_a_single_high_period_is_found_wherever_it_is_sampled(int offset)
    {
        Assert.InRange(Tone.TruePeak(OnePeriod(offset)), -0.4, 0.2);
    }

    // At four times the rate: a sine of fs/6 at half scale and in its middle one period of fs/4 at full scale,
    // continuous in phase; low-passed, and every fourth sample taken from the offset on.
    private static float[] OnePeriod(int offset)
    {
        const int factor = 4;
        const int slow = 6 * factor;
        const int fast = 4 * factor;
        int length = Rate * factor / 8 / slow * slow;
        var samples = new double[length + fast];
        int middle = length / 2 / slow * slow;
        for (int i = 0; i < samples.Length; i++)
        {
            int slowPlace = i < middle ? i : i - fast;
            bool isFast = i >= middle && i < middle + fast;
            samples[i] = Taper(i, samples.Length) * (
                isFast ? Math.Sin(2 * Math.PI * (i - middle) / fast) : 0.5 * Math.Sin(2 * Math.PI * slowPlace / slow));
        }

        return LowPassed(samples, factor, offset);
    }

    private static float[] LowPassed(double[] samples, int factor, int offset)
    {
        const int half = 128;
        var result = new float[(samples.Length - offset) / factor];
        for (int i = 0; i < result.Length; i++)
        {
            double sum = 0;
            for (int k = -half; k <= half; k++)
            {
                int at = (i * factor) + offset + k;
                if (at < 0 || at >= samples.Length)
                    continue;
                double sinc = k == 0 ? 1.0 / factor : Math.Sin(Math.PI * k / factor) / (Math.PI * k);
                double window = 0.42 + (0.5 * Math.Cos(Math.PI * k / half)) + (0.08 * Math.Cos(2 * Math.PI * k / half));
                sum += samples[at] * sinc * window;
            }

            result[i] = (float)sum;
        }

        return result;
    }

    // The signals fade in and out over 10 ms, so that their ends are no peaks.
    private static double Taper(int place, int length) =>
        Math.Min(1, Math.Min(place, length - 1 - place) / (length / 50.0));
}
