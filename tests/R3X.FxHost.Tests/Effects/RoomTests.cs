using System;
using System.Linq;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

public sealed class RoomTests
{
    private const int Rate = 48_000;

    [Theory]
    [InlineData(35, 450)]
    [InlineData(0, 300)]
    [InlineData(100, 2000)]
    public void It_rings_as_long_as_it_says_at_every_pitch_without_damping(double size, double decay)
    {
        var answer = Alone(Rate, ("size", size), ("decay", decay), ("damping", 20_000));
        foreach (double hertz in new[] { 250.0, 1000, 4000, 12_000 })
            Assert.Equal(1, FallTime(answer, hertz, Rate) / decay, 0.1);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(3800)]
    public void At_the_damping_it_rings_half_as_long(double damping)
    {
        var answer = Alone(Rate, ("decay", 1500), ("damping", damping));
        Assert.InRange(FallTime(answer, 100, Rate), 1350, 1650);
        Assert.InRange(FallTime(answer, damping, Rate), 660, 840);
    }

    [Theory]
    [InlineData(16_000)]
    [InlineData(48_000)]
    public void No_tone_rings_out_of_the_default_room(int rate)
    {
        // Ringing is what comes back unchanged a moment later. Of 300 ms from the 60th on, made as loud at the end as
        // at the start, no shift by 0.5 to 60 ms looks like the sound itself (measured: 17 %); in a tube that dies as
        // fast one does, to 90 %.
        Assert.InRange(Repetition(Alone(rate, ("damping", 20_000)), rate), 0, 0.2);
        var tube = Line.At(rate, "comb", ("delay", 28), ("feedback", 65), ("damping", 20_000), ("mix", 100)).Run(
            Signals.Impulse(rate));
        Assert.InRange(Repetition(tube, rate), 0.8, 1);
    }

    [Fact]
    public void Reflections_are_as_dense_as_noise_within_a_twentieth_of_a_second()
    {
        // J. Abel and P. Huang, "A Simple, Robust Measure of Reverberation Echo Density" (2006): the share of samples
        // beyond one standard deviation, over the 0.3173 of noise, in windows of 20 ms.
        var answer = Alone(Rate);
        double Density(double milliseconds)
        {
            var window = answer.Skip((int)(milliseconds / 1000 * Rate)).Take(960).Select(s => (double)s).ToArray();
            double deviation = Math.Sqrt(window.Average(s => s * s));
            return window.Count(s => Math.Abs(s) > deviation) / (0.3173 * window.Length);
        }

        Assert.InRange(Density(40), 0.8, 1.2);
        Assert.InRange(Density(100), 0.85, 1.15);
    }

    [Fact]
    public void Two_loudspeakers_have_rooms_of_their_own_unless_the_width_is_zero()
    {
        var voice = Signals.Voice(Rate, Rate);
        double Likeness(double width)
        {
            var heard = new Line("room", Rate, 2, settings: [("width", width), ("mix", 100)]).Run(
                [voice, voice], _ => 480);
            double both = heard[0].Zip(heard[1], (a, b) => (double)a * b).Sum();
            return both / Math.Sqrt(heard[0].Sum(a => (double)a * a) * heard[1].Sum(b => (double)b * b));
        }

        Assert.Equal(1, Likeness(0), 1e-12);
        Assert.InRange(Likeness(50), 0.5, 0.9);
        Assert.InRange(Likeness(100), -0.35, 0.35);
    }

    [Fact]
    public void A_voice_on_one_side_is_heard_in_the_whole_room()
    {
        var voice = Signals.Voice(Rate, Rate);
        var heard = new Line("room", Rate, 2, settings: ("mix", 100)).Run([voice, new float[Rate]], _ => 480);
        double near = heard[0].Sum(a => (double)a * a);
        Assert.InRange(10 * Math.Log10(heard[1].Sum(a => (double)a * a) / near), -15, -5);
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(35, 450)]
    [InlineData(100, 4000)]
    public void The_room_is_as_loud_as_what_went_in(double size, double decay)
    {
        var noise = Signals.Noise(4 * Rate);
        var heard = Line.At(
            Rate, "room", ("size", size), ("decay", decay), ("damping", 20_000), ("mix", 100)).Run(noise);
        static double Power(float[] x) => x.Skip(3 * Rate).Average(s => (double)s * s);
        Assert.Equal(0, 10 * Math.Log10(Power(heard) / Power(noise)), 1.5);
    }

    [Fact]
    public void Nothing_answers_before_the_pre_delay_and_the_tail_counts_it()
    {
        var answer = Alone(Rate, ("pre-delay", 80));
        Assert.All(answer[..3840], s => Assert.Equal(0, s));
        Assert.Contains(answer[3840..4800], s => s != 0);
        int Tail(double preDelay, double decay, double mix) =>
            Line.At(Rate, "room", ("pre-delay", preDelay), ("decay", decay), ("mix", mix)).Timing.TailFrames;
        Assert.Equal(0, Tail(50, 4000, 0));
        Assert.Equal(Tail(0, 500, 50) + 4800, Tail(100, 500, 50));
        Assert.InRange(Tail(0, 3000, 25), 4 * Rate, 4.2 * Rate);
    }

    [Fact]
    public void Without_mix_the_voice_is_untouched()
    {
        var sound = Signals.Voice(20_000, Rate, 0.9);
        Assert.Equal(sound, Line.At(Rate, "room", ("mix", 0)).Run(sound));
    }

    private static float[] Alone(int rate, params (string, double)[] settings) =>
        Line.At(rate, "room", [("mix", 100), .. settings]).Run(Signals.Impulse(3 * rate));

    // Milliseconds to fall by 60 dB: the slope between -5 and -35 dB of the backward integral (M. Schroeder 1965) of
    // what four resonances let through.
    private static double FallTime(float[] answer, double hertz, double rate)
    {
        double radius = Math.Exp(-Math.PI * hertz / 3 / rate);
        double a1 = 2 * radius * Math.Cos(2 * Math.PI * hertz / rate);
        var left = answer.Append(0).Select(s => (double)s).ToArray();
        for (int pass = 0; pass < 4; pass++)
        {
            double y1 = 0;
            double y2 = 0;
            for (int i = 0; i < left.Length; i++)
            {
                (y1, y2) = (left[i] + (a1 * y1) - (radius * radius * y2), y1);
                left[i] = y1;
            }
        }

        for (int i = left.Length - 1; i >= 0; i--)
            left[i] = (left[i] * left[i]) + (i + 1 < left.Length ? left[i + 1] : 0);
        int At(double decibels) => Array.FindIndex(left, e => e <= left[0] * Math.Pow(10, decibels / 10));
        return (At(-35) - At(-5)) * 2 / rate * 1000;
    }

    // The highest correlation with itself, later.
    private static double Repetition(float[] answer, int rate)
    {
        var rest = answer.Skip(rate * 6 / 100).Take(rate * 3 / 10).Select(
            (s, i) => s * Math.Pow(10, 3.0 * i / rate / 0.45)).ToArray();
        double At(int lag) => rest.Skip(lag).Zip(rest, (a, b) => a * b).Sum();
        return Enumerable.Range(rate / 2000, rate * 6 / 100).Max(lag => Math.Abs(At(lag))) / At(0);
    }
}
