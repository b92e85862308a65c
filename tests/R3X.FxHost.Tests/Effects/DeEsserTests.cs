using System;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

public sealed class DeEsserTests
{
    private const int Rate = 44_100;

    [Fact]
    public void Below_the_threshold_every_bit_stays()
    {
        // Loud, but low; and high, but quiet.
        foreach (var sound in new[] { Signals.Sine(Rate, 300, Rate, 0.9), Signals.Sine(Rate, 8000, Rate, 0.03),
            Signals.Noise(Rate, 0.01) })
            Assert.Equal(sound, Line.Of("de-esser").Run(sound));
    }

    [Theory]
    [InlineData(0.5, 8)]
    [InlineData(0.5, 24)]
    [InlineData(0.1, 24)]
    public void A_loud_hiss_is_turned_down_by_three_quarters_of_its_excess_at_most_by_the_amount(
        double amplitude, double amount)
    {
        var line = Line.Of("de-esser", ("amount", amount));
        var heard = line.Run(Signals.Sine(Rate, 12_000, Rate, amplitude));
        double excess = Signals.Decibels(amplitude) + 30;
        double cut = Math.Pow(10, -Math.Min(amount, 0.75 * (excess - 3)) / 20);

        // 12 kHz is not infinitely far above the shelf at 5 kHz, and what is measured there is a little less.
        double w = Math.Pow(Math.Tan(Math.PI * 12_000 / Rate) / Math.Tan(Math.PI * 5000 / Rate), 4);
        double expected = 10 * Math.Log10((1 + (cut * cut * w)) / (1 + w));
        Assert.Equal(expected, Gain(heard, 12_000, amplitude), 0.15);
    }

    [Fact]
    public void A_vowel_under_a_hiss_is_left_alone()
    {
        var sound = Signals.Sine(Rate, 500, Rate, 0.3);
        var hiss = Signals.Sine(Rate, 9000, Rate, 0.3);
        for (int i = 0; i < sound.Length; i++)
            sound[i] += hiss[i];
        var heard = Line.Of("de-esser", ("amount", 12)).Run(sound);
        Assert.Equal(0, Gain(heard, 500, 0.3), 0.1);
        Assert.InRange(Gain(heard, 9000, 0.3), -12, -9);
    }

    [Fact]
    public void The_shelf_has_no_bump()
    {
        // Held down by a steady 15 kHz, the quiet tone beside it is never louder than it came.
        for (double tone = 500; tone < 14_000; tone *= 1.3)
        {
            var sound = Signals.Sine(2 * Rate, 15_000, Rate, 0.5);
            var probe = Signals.Sine(2 * Rate, Math.Round(tone), Rate, 0.001);
            for (int i = 0; i < sound.Length; i++)
                sound[i] += probe[i];
            var heard = Line.Of("de-esser", ("amount", 12)).Run(sound);
            Assert.InRange(Gain(heard, Math.Round(tone), 0.001), -12.1, 0.05);
        }
    }

    [Fact]
    public void Without_amount_every_bit_stays_even_right_after_a_hiss()
    {
        var hiss = Signals.Noise(20_000, 0.9);
        Assert.Equal(hiss, Line.Of("de-esser", ("amount", 0)).Run(hiss));
        var line = Line.Of("de-esser");
        line.Run(hiss.AsSpan(0, 9600));
        line.Set("amount", 0);
        line.Run(hiss.AsSpan(0, 32));
        Assert.Equal(hiss, line.Run(hiss));
    }

    [Fact]
    public void A_frequency_the_line_cannot_carry_changes_nothing_and_says_so()
    {
        var sound = Signals.Noise(4000, 0.9);
        var line = Line.At(8_000, "de-esser");
        Assert.Contains("5000 Hz", Assert.Single(line.Setup.Notes), StringComparison.Ordinal);
        Assert.Equal(sound, line.Run(sound));
        Assert.Equal(0, line.Timing.TailFrames);
        Assert.Empty(Line.At(16_000, "de-esser").Setup.Notes);
    }

    private static double Gain(float[] heard, double hertz, double amplitude) =>
        Signals.Decibels(Signals.Amplitude(heard.AsSpan(heard.Length - (Rate / 2)), hertz, Rate) / amplitude);
}
