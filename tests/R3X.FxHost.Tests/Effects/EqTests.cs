using System;
using System.Numerics;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

public sealed class EqTests
{
    [Theory]
    [InlineData(8_000)]
    [InlineData(16_000)]
    [InlineData(44_100)]
    [InlineData(96_000)]
    public void The_high_pass_is_at_minus_three_decibels_at_its_frequency(int rate)
    {
        foreach (double frequency in new[] { 100.0, 1000 })
        {
            var line = Line.At(rate, "eq", ("high-pass", frequency), ("presence-gain", 0));
            Assert.Equal(-3.0103, Gain(line, frequency, rate), 0.01);
        }
    }

    [Theory]
    [InlineData(16_000, 0.25)]
    [InlineData(24_000, 0.12)]
    [InlineData(44_100, 0.05)]
    public void The_default_follows_the_analogue_curve_to_the_top(int rate, double tolerance)
    {
        var line = Line.At(rate, "eq");
        for (double frequency = 50; frequency < 0.45 * rate; frequency += frequency / 3)
        {
            double hertz = Math.Round(frequency);
            double q = 1 / (2 * Math.Sinh(Math.Log(2)));
            double expected = Signals.Decibels(AnalogHighPass(hertz / 100)) + Signals.Decibels(
                AnalogPeak(hertz / 4000, q, 3));
            Assert.Equal(expected, Gain(line, hertz, rate), tolerance);
        }
    }

    // dsp.md's table: a peak at 4 kHz of Q 1 and 6 dB, largest error against the analogue curve from 20 Hz to 0.45 of
    // the rate.
    [Theory]
    [InlineData(16_000, 0.51)]
    [InlineData(22_050, 0.34)]
    [InlineData(24_000, 0.30)]
    [InlineData(44_100, 0.10)]
    [InlineData(48_000, 0.08)]
    public void The_peak_is_as_right_as_the_best_design_allows(int rate, double error)
    {
        const int Length = 8192;
        double octaves = 2 / Math.Log(2) * Math.Asinh(0.5);
        var line = Line.At(
            rate, "eq", ("high-pass", 20), ("presence", 4000), ("presence-gain", 6), ("presence-width", octaves));
        var power = Signals.PowerSpectrum(line.Run(Signals.Impulse(Length)));
        double worst = 0;
        for (int k = (int)Math.Ceiling(20.0 * Length / rate); k <= 0.45 * Length; k++)
            worst = Math.Max(worst, Math.Abs(
                (10 * Math.Log10(power[k])) - Signals.Decibels(AnalogPeak(k * (double)rate / Length / 4000, 1, 6))));
        Assert.InRange(worst, 0, error + 0.005);
    }

    [Theory]
    [InlineData(16_000, 0.9)]
    [InlineData(44_100, 0.15)]
    public void Shelves_and_low_pass_add_up_to_their_analogue_curves(int rate, double tolerance)
    {
        var line = Line.At(
            rate, "eq", ("high-pass", 20), ("presence-gain", 0), ("low-shelf-gain", 9), ("high-shelf-gain", -6),
                ("high-shelf", 3000), ("low-pass", 5000));
        foreach (double hertz in new[] { 60.0, 200, 500, 1000, 2000, 3000, 5000, 7000 })
        {
            double expected = Signals.Decibels(
                AnalogShelf(200 / hertz, 9) * AnalogShelf(hertz / 3000, -6) * AnalogHighPass(5000 / hertz));
            Assert.Equal(expected, Gain(line, hertz, rate), tolerance);
        }
    }

    [Fact]
    public void With_everything_off_it_is_a_wire_bit_for_bit()
    {
        var sound = Signals.Noise(4000);
        var line = Line.Of("eq", ("high-pass", 20), ("presence-gain", 0));
        Assert.Equal(sound, line.Run(sound));
        Assert.Equal(0, line.Timing.TailFrames);
    }

    [Fact]
    public void Boost_and_cut_undo_each_other()
    {
        foreach (double hertz in new[] { 1000.0, 4000, 7000 })
        {
            double up = Gain(Line.At(16_000, "eq", ("presence-gain", 9), ("high-pass", 20)), hertz, 16_000);
            double down = Gain(Line.At(16_000, "eq", ("presence-gain", -9), ("high-pass", 20)), hertz, 16_000);
            Assert.Equal(0, up + down, 0.005);
        }
    }

    [Fact]
    public void A_presence_the_line_cannot_carry_changes_nothing_and_says_so()
    {
        var line = Line.At(8_000, "eq", ("presence", 4000), ("presence-gain", 12));
        Assert.Contains("4000 Hz", Assert.Single(line.Setup.Notes), StringComparison.Ordinal);
        var sound = Signals.Noise(4000);
        Assert.Equal(Line.At(8_000, "eq", ("presence-gain", 0)).Run(sound), line.Run(sound));
        Assert.Empty(Line.At(8_000, "eq", ("presence", 3900)).Setup.Notes);
    }

    [Fact]
    public void Movement_over_the_whole_range_never_rings_up()
    {
        var line = Line.Of("eq");
        var random = new Random(9);
        var heard = line.Run([Signals.Noise(44_100, 1)], _ => 32, _ =>
        {
            line.Set("high-pass", random.Next(2) == 0 ? 20 : 1000);
            line.Set("presence", random.Next(2) == 0 ? 1000 : 8000);
            line.Set("presence-width", random.Next(2) == 0 ? 0.3 : 4);
            line.Set("presence-gain", random.Next(2) == 0 ? 12 : -12);
            line.Set("low-pass", random.Next(2) == 0 ? 200 : 20_000);
            line.Set("low-shelf", random.Next(2) == 0 ? 40 : 1000);
            line.Set("high-shelf", random.Next(2) == 0 ? 1000 : 16_000);
        });

        // 12 dB of boost are a factor of 4; noise through a wide boost peaks a little higher.
        Assert.InRange(Signals.Peak(heard[0]), 1, 6);
    }

    private static double Gain(Line line, double hertz, int rate)
    {
        line.Reset();
        var heard = line.Run(Signals.Sine(2 * rate, hertz, rate, 0.5));
        return Signals.Decibels(Signals.Amplitude(heard.AsSpan(rate), hertz, rate) / 0.5);
    }

    private static double AnalogHighPass(double f)
    {
        var s = new Complex(0, f);
        return (s * s / ((s * s) + (Math.Sqrt(2) * s) + 1)).Magnitude;
    }

    private static double AnalogShelf(double f, double decibels)
    {
        var s = new Complex(0, f);
        double a = Math.Pow(10, decibels / 40);
        return (a * ((a * s * s) + (Math.Sqrt(2 * a) * s) + 1) / ((s * s) + (Math.Sqrt(2 * a) * s) + a)).Magnitude;
    }

    private static double AnalogPeak(double f, double q, double decibels)
    {
        var s = new Complex(0, f);
        double a = Math.Pow(10, decibels / 40);
        return (((s * s) + (s * a / q) + 1) / ((s * s) + (s / (a * q)) + 1)).Magnitude;
    }
}
