using System;
using System.Linq;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

public sealed class ChorusFlangerTests
{
    private const int Rate = 44_100;

    [Theory]
    [InlineData(8_000)]
    [InlineData(16_000)]
    [InlineData(44_100)]
    public void The_copy_is_flat_wherever_between_two_frames_it_is_read(int rate)
    {
        for (double fraction = 0; fraction < 1; fraction += 0.13)
        {
            double delay = 1000 * (40 + fraction) / rate;
            var line = Line.At(rate, "chorus-flanger", ("delay", delay), ("depth", 0), ("feedback", 0), ("mix", 100));
            foreach (double share in new[] { 0.01, 0.1, 0.25, 0.36 })
            {
                double hertz = Math.Round(share * rate);
                line.Reset();
                var heard = line.Run(Signals.Sine(2 * rate, hertz, rate, 0.5));
                Assert.Equal(0, Signals.Decibels(Signals.Amplitude(heard.AsSpan(rate), hertz, rate) / 0.5), 0.1);
            }
        }
    }

    [Fact]
    public void Half_and_half_cuts_notches_where_the_delay_says()
    {
        var line = Line.Of("chorus-flanger", ("delay", 2), ("depth", 0), ("feedback", 0), ("mix", 50));
        Assert.Equal(0, Gain(line, 500), 0.05);
        Assert.InRange(Gain(line, 250), -400, -60);
        Assert.InRange(Gain(line, 1250), -400, -50);
    }

    [Theory]
    [InlineData(50, 6.0206, -3.5218)]
    [InlineData(-70, -4.6090, 10.4576)]
    public void Feedback_rings_as_a_loop_does(double feedback, double onTheTooth, double between)
    {
        var line = Line.Of("chorus-flanger", ("delay", 2), ("depth", 0), ("feedback", feedback), ("mix", 100));
        Assert.Equal(onTheTooth, Gain(line, 500), 0.03);
        Assert.Equal(between, Gain(line, 750), 0.03);
    }

    [Fact]
    public void The_delay_swings_as_a_cosine_from_its_shortest()
    {
        // The copy of a straight line is that line, late by the delay.
        var line = Line.Of("chorus-flanger", ("delay", 10), ("depth", 50), ("rate", 2), ("feedback", 0), ("mix", 100));
        float[] ramp = [.. Enumerable.Range(0, 2 * Rate).Select(i => i / 8192f)];
        var heard = line.Run(ramp);
        for (int i = 2000; i < ramp.Length; i += 101)
        {
            double delay = (ramp[i] - heard[i]) * 8192;
            double expected = 441 - ((441 - 8) * 0.5 * Math.Cos(2 * Math.PI * 2 * i / Rate));
            Assert.Equal(expected, delay, 0.05);
        }
    }

    [Fact]
    public void The_swing_bends_a_tone_without_zipper()
    {
        // Frequency modulation of a 3 kHz tone stays near it; steps of the delay would spread over the whole spectrum.
        var line = Line.Of("chorus-flanger", ("delay", 5), ("depth", 80), ("rate", 1), ("feedback", 0), ("mix", 100));
        const int Length = 32_768;
        var heard = line.Run(Signals.Sine(Rate, 3000, Rate, 0.5)).AsSpan(8000, Length).ToArray();
        for (int i = 0; i < Length; i++)
            heard[i] *= (float)Math.Pow(Math.Sin(Math.PI * i / Length), 4);
        var power = Signals.PowerSpectrum(heard);
        double Band(double low, double high) => power[(int)(low * Length / Rate)..(int)(high * Length / Rate)].Sum();
        double all = power.Sum();
        Assert.InRange(10 * Math.Log10(Band(2800, 3200) / all), -0.001, 0);
        Assert.InRange(10 * Math.Log10((Band(100, 2500) + Band(3500, 20_000)) / all), -400, -80);
    }

    [Fact]
    public void Moving_the_delay_glides()
    {
        var line = Line.Of("chorus-flanger", ("depth", 0), ("feedback", 0), ("mix", 100));
        var heard = line.Run([Signals.Sine(Rate, 200, Rate, 0.5)], _ => 32,
            at => line.Set("delay", 3 + (0.02 * Math.Sin(2 * Math.PI * 2 * at / Rate))))[0];
        float jump = 0;
        for (int i = 4000; i < heard.Length - 1; i++)
            jump = Math.Max(jump, Math.Abs(heard[i + 1] - (2 * heard[i]) + heard[i - 1]));

        // Twice the curvature of the sine itself.
        Assert.InRange(jump, 0, 2 * 0.5 * Math.Pow(2 * Math.PI * 200 / Rate, 2));
    }

    [Fact]
    public void Without_mix_every_bit_stays_even_after_a_move()
    {
        var sound = Signals.Voice(20_000, Rate, 0.9);
        Assert.Equal(sound, Line.Of("chorus-flanger", ("mix", 0)).Run(sound));
        var line = Line.Of("chorus-flanger");
        line.Run(sound);
        line.Set("mix", 0);
        line.Run(new float[32]);
        Assert.Equal(sound, line.Run(sound));
    }

    [Fact]
    public void The_tail_is_that_of_the_settings()
    {
        int Tail(double delay, double feedback, double mix) =>
            Line.Of("chorus-flanger", ("delay", delay), ("feedback", feedback), ("mix", mix)).Timing.TailFrames;
        Assert.Equal(0, Tail(3, 30, 0));
        Assert.InRange(Tail(3, 0, 100), 0.003 * Rate, 0.007 * Rate);
        Assert.InRange(Tail(30, 90, 100), 4 * Rate, 6 * Rate);
    }

    private static double Gain(Line line, double hertz)
    {
        line.Reset();
        var heard = line.Run(Signals.Sine(2 * Rate, hertz, Rate, 0.05));
        return Signals.Decibels(Signals.Amplitude(heard.AsSpan(Rate), hertz, Rate) / 0.05);
    }
}
