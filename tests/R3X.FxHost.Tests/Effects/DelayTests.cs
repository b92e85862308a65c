using System;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

public sealed class DelayTests
{
    private const int Rate = 48_000;

    [Theory]
    [InlineData(8_000)]
    [InlineData(44_100)]
    [InlineData(96_000)]
    public void Echoes_come_when_and_as_loud_as_the_settings_say(int rate)
    {
        var line = Line.At(rate, "delay", ("time", 50), ("feedback", 40), ("damping", 20_000), ("mix", 60));
        var heard = line.Run(Signals.Impulse(rate));
        int time = (int)Math.Round(0.05 * rate);
        Assert.Equal(1, heard[0]);
        for (int echo = 1; echo <= 8; echo++)
            Assert.Equal(0.6 * Math.Pow(0.4, echo - 1), heard[echo * time], 1e-6);
    }

    [Fact]
    public void Every_echo_loses_three_decibels_more_at_the_damping()
    {
        var line = Line.At(Rate, "delay", ("time", 100), ("feedback", 80), ("damping", 2000), ("mix", 100));
        var heard = line.Run(Signals.Impulse(Rate));
        for (int echo = 1; echo <= 4; echo++)
        {
            float[] one = heard[(echo * Rate / 10)..][..4096];
            double Gain(double hertz) => Signals.Decibels(Signals.Amplitude(one, hertz, Rate) * one.Length / 2);
            Assert.Equal(-3.0103 * echo, Gain(2000) - Gain(10), 0.05);
        }
    }

    [Fact]
    public void The_voice_itself_stays_as_it_is_until_its_first_echo()
    {
        var sound = Signals.Voice(20_000, Rate, 0.9);
        Assert.Equal(sound[..5760], Line.At(Rate, "delay", ("mix", 100)).Run(sound)[..5760]);
        Assert.Equal(sound, Line.At(Rate, "delay", ("mix", 0), ("feedback", 80)).Run(sound));
    }

    [Fact]
    public void The_tail_is_that_of_the_settings()
    {
        int Tail(double time, double feedback, double mix) =>
            Line.At(Rate, "delay", ("time", time), ("feedback", feedback), ("mix", mix)).Timing.TailFrames;
        Assert.Equal(0, Tail(500, 80, 0));
        Assert.InRange(Tail(500, 0, 100), 0.5 * Rate, 0.51 * Rate);
        Assert.InRange(Tail(120, 25, 25), 0.6 * Rate, 0.9 * Rate);
        Assert.InRange(Tail(1000, 80, 100), 48 * Rate, 50 * Rate);
    }

    [Fact]
    public void Damping_that_a_telephone_cannot_carry_is_noted_and_off()
    {
        var line = Line.At(8000, "delay", ("damping", 4000));
        Assert.Contains("4000 Hz", Assert.Single(line.Setup.Notes), StringComparison.Ordinal);
        Assert.Empty(Line.At(16_000, "delay", ("damping", 4000)).Setup.Notes);
        Assert.Empty(Line.At(8000, "delay").Setup.Notes);
    }
}
