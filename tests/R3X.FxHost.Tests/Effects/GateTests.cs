using System;
using System.Linq;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

public sealed class GateTests
{
    private const int Rate = 48_000;

    [Fact]
    public void An_open_gate_returns_every_bit()
    {
        var line = Line.At(Rate, "gate");
        var sound = Signals.Sine(Rate, 200, Rate, 0.1);
        Assert.Equal(sound[4000..], line.Run(sound)[4000..]);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(40)]
    [InlineData(80)]
    public void A_closed_gate_is_quieter_by_its_range(double range)
    {
        var line = Line.At(Rate, "gate", ("range", range), ("threshold", -20));
        var heard = line.Run(Signals.Sine(Rate, 1000, Rate, 0.05));
        Assert.Equal(-range, Signals.Decibels(Signals.Amplitude(heard, 1000, Rate) / 0.05), 0.01);
    }

    [Fact]
    public void It_opens_at_the_threshold_and_lets_go_six_decibels_below()
    {
        bool IsOpen(double before, double now)
        {
            var line = Line.At(Rate, "gate", ("threshold", -30), ("hold", 0), ("release", 5));
            line.Run(Signals.Sine(Rate, 1000, Rate, Math.Pow(10, before / 20)));
            var heard = line.Run(Signals.Sine(Rate, 1000, Rate, Math.Pow(10, now / 20)));
            return Signals.Peak(heard.AsSpan(Rate / 2)) > 0.9 * Math.Pow(10, now / 20);
        }

        Assert.False(IsOpen(-80, -30.2));
        Assert.True(IsOpen(-80, -29.8));
        Assert.True(IsOpen(-20, -35.5));
        Assert.False(IsOpen(-20, -36.6));
    }

    [Fact]
    public void Attack_hold_and_release_take_their_time()
    {
        const int On = 10_000;
        const int Length = 40_000;
        float[] sound = [.. Enumerable.Range(0, Length).Select(i => i < On ? 1 : 1e-4f)];
        var heard = Line.At(
            Rate, "gate", ("threshold", -20), ("range", 80), ("attack", 10), ("hold", 100), ("release", 50)).Run(sound);
        double Factor(int i) => heard[i] / sound[i];

        // 63 % after the attack.
        Assert.Equal(1 - (1 / Math.E), Factor((int)(0.010 * Rate) - 1), 0.002);

        // The level falls by 26 dB with 20 ms; then the hold; then a fall to 37 % in the release's time.
        int closes = On + (int)(Rate * ((0.020 * Math.Log(20)) + 0.100));
        Assert.Equal(1, Factor(closes - 10));
        Assert.Equal(1 / Math.E, Factor(closes + (int)(0.050 * Rate)), 0.002);
    }

    [Fact]
    public void A_level_that_hovers_at_the_threshold_does_not_chatter()
    {
        // An 80 Hz voice whose loudness wanders by 5 dB around the threshold, without any hold to help.
        var line = Line.At(
            Rate, "gate", ("threshold", -30), ("hold", 0), ("attack", 0.1), ("release", 5), ("range", 60));
        float[] sound = [.. Enumerable.Range(0, 4 * Rate).Select(i => (float)(
            Math.Pow(10, (-29 + (2.5 * Math.Sin(2 * Math.PI * 7.3 * i / Rate))) / 20) * Math.Sin(
                2 * Math.PI * 80 * i / Rate)))];
        var heard = line.Run(sound);
        int closed = Enumerable.Range(Rate, 3 * Rate).Count(
            i => Math.Abs(sound[i]) > 1e-4 && Math.Abs(heard[i]) < 0.9 * Math.Abs(sound[i]));
        Assert.Equal(0, closed);
    }

    [Fact]
    public void Without_range_every_bit_stays_even_after_a_move()
    {
        var sound = Signals.Voice(20_000, Rate, 0.01);
        Assert.Equal(sound, Line.At(Rate, "gate", ("range", 0)).Run(sound));
        var line = Line.At(Rate, "gate");
        line.Set("range", 0);
        line.Run(new float[32]);
        Assert.Equal(sound, line.Run(sound));
    }

    [Fact]
    public void All_channels_open_together()
    {
        var (quiet, loud) = (Signals.Sine(Rate, 500, Rate, 0.001), Signals.Sine(Rate, 300, Rate, 0.5));
        Assert.Equal(quiet[4000..], new Line("gate", Rate, 2).Run([quiet, loud], _ => 1024)[0][4000..]);
    }
}
