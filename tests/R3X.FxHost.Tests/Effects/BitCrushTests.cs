using System;
using System.Linq;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

public sealed class BitCrushTests
{
    private const int Rate = 48_000;
    private const double Off = 48_000;

    [Theory]
    [InlineData(4, 25.5)]
    [InlineData(8, 48.5)]
    [InlineData(10, 61)]
    [InlineData(12, 73.1)]
    [InlineData(16, 97.2)]
    public void The_noise_is_that_of_the_bits(double bits, double expected)
    {
        const int Length = 16_384;
        var sound = Signals.Sine(Length, 997 * (double)Rate / Length, Rate, 0.9);
        var heard = Line.At(Rate, "bit-crush", ("bits", bits), ("rate", Off), ("mix", 100)).Run(sound);
        double power = sound.Sum(s => (double)s * s);
        double noise = sound.Zip(heard, (s, h) => (double)(h - s) * (h - s)).Sum();
        Assert.Equal(expected, 10 * Math.Log10(power / noise), 1.0);
    }

    [Fact]
    public void Three_bits_are_steps_of_a_quarter_with_one_at_zero_and_an_end_at_full_scale()
    {
        float[] sound = [0, 0.1f, -0.1f, 0.13f, -0.13f, 0.3f, 0.9f, -0.9f, 1.5f, -7];
        var heard = Line.At(Rate, "bit-crush", ("bits", 3), ("rate", Off), ("mix", 100)).Run(sound);
        Assert.Equal([0, 0, 0, 0.25f, -0.25f, 0.25f, 1, -1, 1, -1], heard);
    }

    [Fact]
    public void A_tone_above_half_the_lower_rate_does_not_fold_back_unless_grit_lets_it()
    {
        // 5 kHz would come back at 8 - 5 = 3 kHz; 7 kHz at 1 kHz.
        foreach (double tone in new[] { 5000.0, 7000 })
        {
            Assert.InRange(Heard(tone, 8000 - tone, grit: 0), -400, -58);
            Assert.InRange(Heard(tone, 8000 - tone, grit: 100), -10, 0);
        }
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(7_300)]
    public void What_is_heard_are_the_images_of_the_lower_rate_and_nothing_else(double rate)
    {
        // A hold of 1/rate is a sinc: the tone loses a little, its images at k rate +- tone come out as loud as that
        // says. The triangle over two frames is another, squared.
        const int Tone = 900;
        double Sinc(double x) => Signals.Decibels(Math.Sin(Math.PI * x) / (Math.PI * x));
        double Hold(double f) => Sinc(f / rate) + (2 * Sinc(f / Rate));
        foreach (double heard in new[] { Tone, rate - Tone, rate + Tone })
            Assert.Equal(Hold(heard), Heard(Tone, heard, rate: rate), 0.1);

        // A sampler that can only hit whole frames makes a jitter of -30 dB at 7.3 kHz.
        double[] images = [Tone, rate - Tone, rate + Tone, (2 * rate) - Tone, (2 * rate) + Tone];
        foreach (double elsewhere in new[] { 300.0, 1500, 2500, 3100, 5000, 9500 })
        {
            if (images.All(i => Math.Abs(i - elsewhere) > 1))
                Assert.InRange(Heard(Tone, elsewhere, rate: rate), -400, -65);
        }
    }

    [Fact]
    public void A_blend_does_not_comb()
    {
        // The plain voice waits for the crushed one, so the passband stays within what the hold takes.
        foreach (double tone in new[] { 200.0, 500, 1000, 1500, 2000, 2500 })
        {
            double half = Heard(tone, tone, mix: 50);
            Assert.InRange(half, -3, 0.2);
        }
    }

    [Fact]
    public void Above_half_the_lines_rate_only_the_bits_count_and_there_is_no_latency()
    {
        var sound = Signals.Voice(8000, 16_000, 0.9);
        var line = Line.At(16_000, "bit-crush", ("rate", 8001), ("mix", 100));
        Assert.Equal(0, line.Timing.LatencyFrames);
        Assert.Contains("8001 Hz", Assert.Single(line.Setup.Notes), StringComparison.Ordinal);
        Assert.Equal(Line.At(16_000, "bit-crush", ("rate", Off), ("mix", 100)).Run(sound), line.Run(sound));
        Assert.Empty(Line.At(16_000, "bit-crush", ("rate", 8000)).Setup.Notes);
    }

    [Fact]
    public void Without_mix_every_bit_comes_out_late_by_the_latency()
    {
        var sound = Signals.Voice(20_000, 44_100, 0.9);
        foreach (double rate in new[] { 1000.0, 8000, 48_000 })
        {
            var line = Line.Of("bit-crush", ("rate", rate), ("mix", 0));
            int latency = line.Timing.LatencyFrames;
            Assert.Equal(sound[..^latency], line.Run(sound)[latency..]);
            var moved = Line.Of("bit-crush", ("rate", rate));
            moved.Set("mix", 0);
            moved.Run(new float[4096]);
            Assert.Equal(sound[..^latency], moved.Run(sound)[latency..]);
        }
    }

    private static double Heard(double tone, double at, double rate = 8000, double grit = 0, double mix = 100)
    {
        var line = Line.At(Rate, "bit-crush", ("bits", 16), ("rate", rate), ("grit", grit), ("mix", mix));
        var heard = line.Run(Signals.Sine(2 * Rate, tone, Rate, 0.5));
        return Signals.Decibels(Signals.Amplitude(heard.AsSpan(Rate), at, Rate) / 0.5);
    }
}
