using System;
using System.Linq;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

public sealed class CompressorTests
{
    private const int Rate = 44_100;

    [Theory]
    [InlineData(-60, 0)]
    [InlineData(-23, 0)]
    [InlineData(-20, -0.5625)]
    [InlineData(-17, -2.25)]
    [InlineData(-14, -4.5)]
    [InlineData(0, -15)]
    public void The_static_curve_is_the_published_one(double level, double gain)
    {
        // Measured: exact to four digits.
        var input = Enumerable.Repeat((float)Math.Pow(10, level / 20), Rate).ToArray();
        var output = Line.Of("compressor", ("threshold", -20), ("ratio", 4), ("knee", 6)).Run(input);
        Assert.Equal(gain, Signals.Decibels(output[^1] / input[^1]), 0.001);
    }

    [Fact]
    public void Attack_and_release_take_exactly_as_long_as_they_say()
    {
        var input = Enumerable.Range(0, 4 * Rate)
            .Select(i => (float)Math.Pow(10, (i >= Rate && i < 2 * Rate ? -6 : -40) / 20.0)).ToArray();
        var output = Line.Of("compressor", ("ratio", 4), ("attack", 10), ("release", 100)).Run(input);
        double Gain(int i) => Signals.Decibels(output[i] / input[i]);
        double full = Gain((2 * Rate) - 1);
        int attack = Enumerable.Range(0, Rate).First(i => Gain(Rate + i) <= full * (1 - Math.Exp(-1)));
        int release = Enumerable.Range(0, Rate).First(i => Gain((2 * Rate) + i) >= full * Math.Exp(-1));
        Assert.InRange(attack, 439, 441);
        Assert.InRange(release * 1000.0 / Rate, 110.5 - 0.03, 110.5 + 0.03);
    }

    [Fact]
    public void A_low_tone_is_not_shaped_within_its_period()
    {
        var input = Signals.Sine(2 * Rate, 100, Rate, Math.Pow(10, -6 / 20.0));
        var output = Line.Of("compressor", ("ratio", 4), ("attack", 10), ("release", 100)).Run(input);
        var gains = Enumerable.Range(Rate, Rate).Where(i => Math.Abs(input[i]) > 0.05).Select(
            i => Signals.Decibels(output[i] / input[i])).ToArray();

        // Measured: 0.017 dB.
        Assert.InRange(gains.Max() - gains.Min(), 0, 0.05);
    }

    [Fact]
    public void All_channels_get_the_gain_of_the_loudest()
    {
        var loud = Signals.Voice(Rate, Rate, 0.9);
        var quiet = loud.Select(s => s * 0.125f).ToArray();
        var heard = new Line("compressor", Rate, 3).Run([quiet, loud, quiet], _ => 512);
        Assert.Equal(heard[1].Select(s => s * 0.125f), heard[0]);
        Assert.Equal(heard[0], heard[2]);
    }

    [Fact]
    public void Make_up_is_plain_gain()
    {
        var sound = Signals.Voice(8000, Rate, 0.05);
        var heard = Line.Of("compressor", ("threshold", 0), ("make-up", 6)).Run(sound);
        for (int i = 0; i < sound.Length; i++)
            Assert.Equal(sound[i] * Math.Pow(10, 6 / 20.0), heard[i], 1e-6);
    }
}
