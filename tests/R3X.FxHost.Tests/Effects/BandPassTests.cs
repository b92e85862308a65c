using System;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

public sealed class BandPassTests
{
    [Theory]
    [InlineData(16_000)]
    [InlineData(24_000)]
    [InlineData(44_100)]
    [InlineData(96_000)]
    public void The_radio_ends_at_300_hertz_and_3_kilohertz(int rate)
    {
        var line = Line.At(rate, "band-pass", ("low-edge", 300), ("high-edge", 3000), ("body-gain", 0));
        Assert.Equal(-3.01, Gain(line, 300, rate), 0.02);
        Assert.Equal(-3.01, Gain(line, 3000, rate), 0.05);
        Assert.Equal(0, Gain(line, 950, rate), 0.02);

        // 24 dB per octave on both sides.
        Assert.Equal(-24.1, Gain(line, 150, rate), 0.1);
        Assert.Equal(-24.1, Gain(line, 6000, rate), rate < 20_000 ? 1 : 0.6);
        Assert.Equal(-48.2, Gain(line, 75, rate), 0.1);
    }

    [Fact]
    public void The_body_rings_by_its_gain()
    {
        var line = Line.At(
            44_100, "band-pass", ("low-edge", 20), ("high-edge", 20_000), ("body", 1800), ("body-gain", 6));
        Assert.Equal(6, Gain(line, 1800, 44_100), 0.02);
        Assert.InRange(Gain(line, 200, 44_100), -0.1, 0.3);
    }

    [Fact]
    public void What_the_line_cannot_carry_is_left_out_and_said()
    {
        var line = Line.At(8_000, "band-pass", ("high-edge", 6000), ("body", 4500));
        Assert.Equal(2, line.Setup.Notes.Count);
        Assert.Contains("6000 Hz", line.Setup.Notes[0], StringComparison.Ordinal);
        Assert.Contains("4500 Hz", line.Setup.Notes[1], StringComparison.Ordinal);
        Assert.Equal(0, Gain(line, 3500, 8_000), 0.01);
        Assert.Contains("little is left", Assert.Single(Line.Of("band-pass", ("low-edge", 1000),
            ("high-edge", 800)).Setup.Notes), StringComparison.Ordinal);
        Assert.Empty(Line.Of("band-pass").Setup.Notes);
    }

    [Fact]
    public void Sweeping_the_edges_never_rings_up()
    {
        var line = Line.Of("band-pass", ("body-gain", 0));
        var random = new Random(9);
        var heard = line.Run([Signals.Noise(44_100, 1)], _ => 32, _ =>
        {
            line.Set("low-edge", random.Next(2) == 0 ? 20 : 2000);
            line.Set("high-edge", random.Next(2) == 0 ? 500 : 20_000);
        });
        Assert.InRange(Signals.Peak(heard[0]), 0.5, 4);
    }

    private static double Gain(Line line, double hertz, int rate)
    {
        line.Reset();
        var heard = line.Run(Signals.Sine(2 * rate, hertz, rate, 0.5));
        return Signals.Decibels(Signals.Amplitude(heard.AsSpan(rate), hertz, rate) / 0.5);
    }
}
