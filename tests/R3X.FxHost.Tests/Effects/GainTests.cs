using Xunit;

namespace R3X.FxHost.Tests.Effects;

public sealed class GainTests
{
    [Theory]
    [InlineData(-60)]
    [InlineData(-6.5)]
    [InlineData(24)]
    public void A_level_is_that_many_decibels(double level)
    {
        var heard = Line.Of("gain", ("level", level)).Run(Signals.Sine(44_100, 1000, 44_100, 0.5));
        Assert.Equal(level, Signals.Decibels(Signals.Amplitude(heard, 1000, 44_100) / 0.5), 1e-4);
    }

    [Fact]
    public void At_zero_decibels_every_bit_stays()
    {
        var sound = Signals.Voice(20_000, 44_100, 0.9);
        Assert.Equal(sound, Line.Of("gain").Run(sound));
        var line = Line.Of("gain", ("level", 12));
        line.Set("level", 0);
        line.Run(new float[32]);
        Assert.Equal(sound, line.Run(sound));
    }

    [Fact]
    public void A_move_is_a_straight_line_over_one_grid_cell()
    {
        var line = Line.Of("gain", ("level", 0));
        line.Set("level", Signals.Decibels(0.5));
        float[] ones = new float[40];
        System.Array.Fill(ones, 1);
        var heard = line.Run(ones);
        for (int i = 0; i < 40; i++)
            Assert.Equal(i < 32 ? 1 - (0.5 * (i + 1) / 32) : 0.5, heard[i], 1e-6);
    }
}
