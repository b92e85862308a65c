using System;
using System.Linq;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

public sealed class RingModTests
{
    private const int Rate = 48_000;

    [Theory]
    [InlineData(1000, 1)]
    [InlineData(1000, 30)]
    [InlineData(3000, 50)]
    [InlineData(997, 441)]
    [InlineData(7000, 5000)]
    public void A_tone_becomes_two_of_half_its_amplitude_and_the_carrier_is_not_heard(double tone, double carrier)
    {
        var heard = Line.At(Rate, "ring-mod", ("frequency", carrier), ("mix", 100)).Run(Signals.Sine(Rate, tone, Rate));
        Assert.Equal(-6.02, Level(heard, tone + carrier), 0.01);
        Assert.Equal(-6.02, Level(heard, tone - carrier), 0.01);
        Assert.InRange(Level(heard, carrier), -400, -130);
        Assert.InRange(Level(heard, tone), -400, -130);
    }

    [Fact]
    public void The_carrier_is_a_pure_cosine()
    {
        float[] ones = Enumerable.Repeat(1f, Rate).ToArray();
        var carrier = Line.At(Rate, "ring-mod", ("frequency", 441.5), ("mix", 100)).Run(ones);
        double worst = 0;
        for (int i = 0; i < carrier.Length; i++)
            worst = Math.Max(worst, Math.Abs(carrier[i] - Math.Cos(2 * Math.PI * 441.5 * i / Rate)));
        Assert.InRange(worst, 0, 4e-7);
    }

    [Fact]
    public void It_does_not_drift_in_a_quarter_of_an_hour()
    {
        const double Frequency = 1234.567;
        var line = Line.At(8_000, "ring-mod", ("frequency", Frequency), ("mix", 100));
        float[] ones = Enumerable.Repeat(1f, 8_000).ToArray();
        float[] heard = [];
        for (int second = 0; second < 900; second++)
            heard = line.Run(ones);
        for (int i = 0; i < 100; i++)
            Assert.Equal(Math.Cos(2 * Math.PI * (Frequency / 8_000 * ((899 * 8_000) + i) % 1)), heard[i], 2e-6);
    }

    [Fact]
    public void Mix_blends_in_a_straight_line()
    {
        var sound = Signals.Voice(8000, Rate);
        var full = Line.At(Rate, "ring-mod", ("mix", 100)).Run(sound);
        var quarter = Line.At(Rate, "ring-mod", ("mix", 25)).Run(sound);
        for (int i = 0; i < sound.Length; i++)
            Assert.Equal((0.75 * sound[i]) + (0.25 * full[i]), quarter[i], 1e-6);
    }

    [Fact]
    public void Without_mix_every_bit_stays_even_after_a_move()
    {
        var sound = Signals.Voice(20_000, Rate, 0.9);
        Assert.Equal(sound, Line.At(Rate, "ring-mod", ("mix", 0)).Run(sound));
        var line = Line.At(Rate, "ring-mod");
        line.Set("mix", 0);
        line.Run(new float[32]);
        Assert.Equal(sound, line.Run(sound));
    }

    [Fact]
    public void A_gliding_frequency_makes_no_step()
    {
        var line = Line.At(Rate, "ring-mod", ("frequency", 50), ("mix", 100));
        float[] ones = Enumerable.Repeat(1f, Rate).ToArray();
        var heard = line.Run([ones], _ => 32, at => line.Set("frequency", 50 + (450.0 * at / Rate)))[0];

        // No sample moves further than a cosine of the highest frequency can, and the crossings count the mean
        // frequency.
        double most = 0;
        int crossings = 0;
        for (int i = 1; i < heard.Length; i++)
        {
            most = Math.Max(most, Math.Abs(heard[i] - heard[i - 1]));
            crossings += heard[i] < 0 != heard[i - 1] < 0 ? 1 : 0;
        }

        Assert.InRange(most, 0, 2 * Math.PI * 500 / Rate);
        Assert.InRange(crossings, 548, 551);
    }

    [Fact]
    public void A_frequency_the_line_cannot_carry_changes_nothing_and_says_so()
    {
        var sound = Signals.Noise(4000);
        var line = Line.At(8_000, "ring-mod", ("frequency", 4000));
        Assert.Contains("4000 Hz", Assert.Single(line.Setup.Notes), StringComparison.Ordinal);
        Assert.Equal(sound, line.Run(sound));
        Assert.Empty(Line.At(8_000, "ring-mod", ("frequency", 3900)).Setup.Notes);
    }

    private static double Level(float[] heard, double hertz) => Signals.Decibels(Signals.Amplitude(heard, hertz, Rate));
}
