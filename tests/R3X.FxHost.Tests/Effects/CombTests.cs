using System;
using System.Linq;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

public sealed class CombTests
{
    private const int Rate = 48_000;

    [Theory]
    [InlineData(50, 6.0206, -3.5218)]
    [InlineData(70, 10.4576, -4.6090)]
    [InlineData(-70, -4.6090, 10.4576)]
    public void A_bare_loop_peaks_and_dips_as_computed(double feedback, double onTheTooth, double between)
    {
        var line = Line.At(Rate, "comb", ("feedback", feedback), ("damping", 20_000), ("mix", 100));
        foreach (int tooth in new[] { 1, 8, 64 })
        {
            Assert.Equal(onTheTooth, Gain(line, tooth * 125), 0.01);
            Assert.Equal(between, Gain(line, (tooth + 0.5) * 125), 0.01);
        }
    }

    [Fact]
    public void Feedforward_alone_is_the_static_notch()
    {
        var line = Line.At(Rate, "comb", ("feedback", 0), ("feedforward", 100), ("mix", 100));
        Assert.Equal(6.0206, Gain(line, 125), 0.01);
        Assert.InRange(Gain(line, 187.5), -400, -80);
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(24_000)]
    [InlineData(44_100)]
    public void Noise_through_the_defaults_has_a_tooth_every_125_hertz(int rate)
    {
        const int Length = 16_384;
        var before = new double[(Length / 2) + 1];
        var after = new double[(Length / 2) + 1];
        var line = Line.At(rate, "comb");
        for (int seed = 0; seed < 12; seed++)
        {
            var noise = Signals.Noise(Length, 0.5, seed);
            var (dry, heard) = (Signals.PowerSpectrum(noise), Signals.PowerSpectrum(line.Run(noise)));
            for (int k = 0; k < before.Length; k++)
            {
                before[k] += dry[k];
                after[k] += heard[k];
            }
        }

        double At(double hertz)
        {
            int centre = (int)Math.Round(hertz * Length / rate);
            var bins = Enumerable.Range(centre - 3, 7);
            return bins.Sum(k => after[k]) / bins.Sum(k => before[k]);
        }

        for (int tooth = 2; tooth <= 12; tooth++)
            Assert.InRange(10 * Math.Log10(At(tooth * 125) / At((tooth + 0.5) * 125)), 0.8, 2);
    }

    [Fact]
    public void Damping_keeps_the_tuning()
    {
        // Without compensation the filter's own delay would pull the first tooth down to 119 Hz.
        var line = Line.At(Rate, "comb", ("feedback", 90), ("damping", 500), ("mix", 100));
        double best = Enumerable.Range(110, 30).MaxBy(hertz => Gain(line, hertz));
        Assert.InRange(best, 123, 127);
    }

    [Fact]
    public void Fractions_of_a_frame_tune_it()
    {
        var line = Line.At(44_100, "comb", ("delay", 1.0), ("feedback", 90), ("damping", 20_000), ("mix", 100));
        double best = Enumerable.Range(-20, 41).Select(i => 3000.0 + i).MaxBy(hertz => Gain(line, hertz, 44_100));
        Assert.InRange(best, 2998, 3002);
    }

    [Fact]
    public void A_moving_delay_glides()
    {
        var line = Line.At(Rate, "comb", ("feedback", 50), ("mix", 100));
        var sound = Signals.Sine(Rate, 200, Rate, 0.5);
        var heard = line.Run(
            [sound], _ => 32, at => line.Set("delay", 8 + (0.02 * Math.Sin(2 * Math.PI * 2 * at / Rate))))[0];
        float jump = 0;
        for (int i = 4000; i < heard.Length - 1; i++)
            jump = Math.Max(jump, Math.Abs(heard[i + 1] - (2 * heard[i]) + heard[i - 1]));

        // Twice the curvature of the loudest sine that the loop can make of this one, 2 * 1 * (2 pi 200 / 48000)^2.
        Assert.InRange(jump, 0, 0.0014);
    }

    [Fact]
    public void The_tail_is_that_of_the_settings()
    {
        int Tail(double delay, double feedback, double mix) =>
            Line.At(Rate, "comb", ("delay", delay), ("feedback", feedback), ("mix", mix)).Timing.TailFrames;
        Assert.Equal(0, Tail(8, 30, 0));
        Assert.Equal(0, Tail(8, 0, 100));
        Assert.InRange(Tail(8, 30, 25), 0.03 * Rate, 0.1 * Rate);
        Assert.InRange(Tail(30, 90, 100), 2.5 * Rate, 3.5 * Rate);
    }

    private static double Gain(Line line, double hertz, int rate = Rate)
    {
        line.Reset();
        var heard = line.Run(Signals.Sine(4 * rate, hertz, rate, 0.05));
        return Signals.Decibels(Signals.Amplitude(heard.AsSpan(2 * rate), hertz, rate) / 0.05);
    }
}
