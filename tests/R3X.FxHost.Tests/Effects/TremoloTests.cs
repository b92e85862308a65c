using System;
using System.Linq;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

public sealed class TremoloTests
{
    private const int Rate = 44_100;

    [Theory]
    [InlineData(6, 40)]
    [InlineData(0.5, 100)]
    [InlineData(120, 80)]
    public void Loudness_swings_as_a_sine_from_full_to_one_minus_depth(double rate, double depth)
    {
        float[] ones = Enumerable.Repeat(1f, 2 * Rate).ToArray();
        var heard = Line.Of("tremolo", ("rate", rate), ("depth", depth)).Run(ones);
        for (int i = 0; i < heard.Length; i++)
        {
            double expected = 1 - (depth / 100 * (0.5 - (0.5 * Math.Cos(2 * Math.PI * rate * i / Rate))));
            Assert.Equal(expected, heard[i], 1e-6);
        }
    }

    [Fact]
    public void At_120_hertz_a_tone_gets_the_battle_droids_sidebands()
    {
        // A depth of 100 % leaves half of the tone and puts a quarter on either side.
        var heard = Line.Of("tremolo", ("rate", 120), ("depth", 100)).Run(Signals.Sine(Rate, 1000, Rate));
        double Level(double hertz) => Signals.Decibels(Signals.Amplitude(heard, hertz, Rate));
        Assert.Equal(-6.02, Level(1000), 0.01);
        Assert.Equal(-12.04, Level(880), 0.01);
        Assert.Equal(-12.04, Level(1120), 0.01);
        Assert.InRange(Level(1240), -400, -120);
    }

    [Fact]
    public void Without_depth_every_bit_stays_even_after_a_move()
    {
        var sound = Signals.Voice(20_000, Rate, 0.9);
        Assert.Equal(sound, Line.Of("tremolo", ("depth", 0)).Run(sound));
        var line = Line.Of("tremolo");
        line.Set("depth", 0);
        line.Run(new float[32]);
        Assert.Equal(sound, line.Run(sound));
    }
}
