using System;
using System.Linq;
using R3X.FxHost.Metering;
using R3X.FxHost.Tests.Effects;
using Xunit;

namespace R3X.FxHost.Tests.Metering;

public sealed class AliasRatioTests
{
    // What is known of a plain tanh and of its first-order antiderivative form, measured apart from this code.
    [Theory]
    [InlineData(44_100, 2_000, 10, 28, 38)]
    [InlineData(44_100, 5_000, 5, 22, 37)]
    [InlineData(44_100, 5_000, 10, 16, 31)]
    [InlineData(16_000, 1_000, 5, 33, 43)]
    [InlineData(16_000, 2_000, 5, 16, 25)]
    [InlineData(16_000, 5_000, 5, 10, 22)]
    public void Known_distortions_have_their_known_ratios(int sampleRate, double frequency, double drive, double plain, double antiderivative)
    {
        double measured = AliasRatio.Of(Plain, frequency, drive, sampleRate);
        double last = 0;
        double measuredAntiderivative = AliasRatio.Of(samples => last = Antiderivative(samples, last), frequency, drive, sampleRate);
        TestContext.Current.TestOutputHelper?.WriteLine($"{measured:F1} {measuredAntiderivative:F1}");
        Assert.Equal(plain, measured, 1.0);
        Assert.Equal(antiderivative, measuredAntiderivative, 1.0);
    }

    [Fact]
    public void What_is_known_of_two_tones_is_measured()
    {
        // Fundamental 1, a third harmonic of 0.1, and one bin that is no harmonic at 0.001; above 0.4 fs nothing counts.
        float[] tones = [.. Signals.Sine(8_192, 101, 8_192)
            .Zip(Signals.Sine(8_192, 303, 8_192, 0.1), Signals.Sine(8_192, 1_000, 8_192, 0.001))
            .Zip(Signals.Sine(8_192, 3_900, 8_192, 0.5), (sum, high) => sum.First + sum.Second + sum.Third + high)];
        Assert.Equal(10 * Math.Log10(1.01 / 1e-6), AliasRatio.OfOutput(tones, 101), 0.01);
    }

    [Fact]
    public void A_sine_that_is_not_touched_is_clean_to_the_precision_of_its_samples()
    {
        Assert.InRange(AliasRatio.Of(_ => { }, 5_000, 0.9, 44_100), 140, 200);
    }

    [Theory]
    [InlineData(5_000, 44_100, 929)]
    [InlineData(1_000, 16_000, 513)]
    public void The_sine_has_an_odd_number_of_periods_near_the_frequency_asked_for(double frequency, int sampleRate, int periods)
    {
        Assert.Equal(periods, AliasRatio.Periods(frequency, sampleRate));
    }

    private static void Plain(Span<float> samples)
    {
        for (int i = 0; i < samples.Length; i++)
            samples[i] = MathF.Tanh(samples[i]);
    }

    // J. Parker, V. Zavalishin, E. Le Bivic (2016): the difference of ln cosh over the difference of the input.
    private static double Antiderivative(Span<float> samples, double last)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            double x = samples[i];
            samples[i] = (float)(Math.Abs(x - last) < 1e-6 ? Math.Tanh((x + last) / 2) : (LogCosh(x) - LogCosh(last)) / (x - last));
            last = x;
        }

        return last;
    }

    private static double LogCosh(double x) => Math.Abs(x) + Math.Log((1 + Math.Exp(-2 * Math.Abs(x))) / 2);
}
