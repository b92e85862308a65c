using System;
using System.Linq;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

public sealed class StutterTests
{
    private const int Rate = 48_000;
    private const int Fade = 192;

    [Fact]
    public void The_last_moment_is_repeated_and_then_the_line_goes_on_where_it_would_be()
    {
        var sound = Signals.Noise(40_000);
        var line = Line.At(Rate, "stutter", ("chance", 100), ("interval", 500), ("length", 50), ("repeats", 4));
        var heard = line.Run(sound);
        Assert.Equal(sound[..24_000], heard[..24_000]);
        for (int repeat = 0; repeat < 4; repeat++)
        {
            int start = 24_000 + (repeat * 2400);
            Assert.Equal(sound[(24_000 - 2400 + Fade)..24_000], heard[(start + Fade)..(start + 2400)]);
        }

        Assert.Equal(sound[(24_000 + 9600 + Fade)..], heard[(24_000 + 9600 + Fade)..]);
    }

    [Fact]
    public void Seams_keep_the_power_and_do_not_click()
    {
        // Every seam of noise, all of them together: as loud as what is between.
        var random = new Random(3);
        double seams = 0;
        double between = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            var heard = Line.At(Rate, "stutter", ("chance", 100), ("interval", 50), ("length", 20), ("repeats", 2)).Run(
                Signals.Noise(2400 + 1920 + Fade, 0.25, random.Next()));
            for (int seam = 2400; seam <= 2400 + 1920; seam += 960)
                seams += heard.Skip(seam).Take(Fade).Sum(s => (double)s * s) / 3;
            between += heard.Skip(2400 + Fade).Take(Fade).Sum(s => (double)s * s);
        }

        Assert.Equal(0, 10 * Math.Log10(seams / between), 0.2);

        // A low tone: cut hard, the seams would step by up to 1.
        var tone = Line.At(Rate, "stutter", ("chance", 100), ("interval", 50), ("length", 23), ("repeats", 3)).Run(
            Signals.Sine(Rate, 90, Rate, 0.5));
        float step = 0;
        for (int i = 1; i < tone.Length; i++)
            step = Math.Max(step, Math.Abs(tone[i] - tone[i - 1]));
        Assert.InRange(step, 0, 0.02);
    }

    [Fact]
    public void Chance_is_how_many_moments_are_taken()
    {
        var sound = Signals.Noise(100 * 480 * 50);
        int Taken(double chance)
        {
            // Pieces so short that every skip is over before the next moment.
            var heard = Line.At(
                Rate, "stutter", ("chance", chance), ("interval", 50), ("length", 10), ("repeats", 1)).Run(sound);
            return Enumerable.Range(1, 998).Count(i => heard[(i * 2400) + 240] != sound[(i * 2400) + 240]);
        }

        Assert.Equal(0, Taken(0));
        Assert.InRange(Taken(30), 255, 345);
        Assert.Equal(998, Taken(100));
    }

    [Fact]
    public void Another_seed_stutters_elsewhere_and_the_same_seed_alike()
    {
        var sound = Signals.Noise(2 * Rate);
        float[] Run(ulong seed)
        {
            var effect = DiscoveredEffects.Create("stutter");
            effect.Prepare(new EffectSetup(new AudioFormat(Rate, 1), sound.Length, RenderQuality.Full, seed,
                effect.Parameters, [.. effect.Parameters.Select(p => p.Default)]));
            var samples = sound.ToArray();
            effect.Process(new AudioBlock(samples));
            return samples;
        }

        Assert.Equal(Run(5), Run(5));
        Assert.Equal(10, Enumerable.Range(0, 10).Select(seed =>
            string.Join(' ', Run((ulong)seed).Select((s, i) => s == sound[i] ? 0 : 1))).Distinct().Count());
    }

    [Fact]
    public void The_tail_is_that_of_the_settings()
    {
        int Tail(double chance, double repeats) =>
            Line.At(Rate, "stutter", ("chance", chance), ("length", 50), ("repeats", repeats)).Timing.TailFrames;
        Assert.Equal(0, Tail(0, 8));
        Assert.Equal((2 * 2400) + Fade, Tail(50, 1));
        Assert.Equal((9 * 2400) + Fade, Tail(50, 8));
    }
}
