using System;
using System.Linq;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("eq", "high-pass 20..1000 Hertz 100, presence 1000..8000 Hertz 4000, presence-gain -12..12 "
        + "Decibels 3, presence-width 0.3..4 Octaves 2, low-pass 200..20000 Hertz 20000, low-shelf 40..1000 Hertz 200, "
        + "low-shelf-gain -12..12 Decibels 0, high-shelf 1000..16000 Hertz 6000, high-shelf-gain -12..12 Decibels 0")]
    [InlineData("compressor", "threshold -60..0 Decibels -20, ratio 1..20 Ratio 3, attack 0.1..200 Milliseconds 5, "
        + "release 5..2000 Milliseconds 50, knee 0..24 Decibels 6, make-up 0..24 Decibels 0")]
    [InlineData("exciter", "frequency 1000..8000 Hertz 3000, drive 0..100 Percent 30, mix 0..100 Percent 20")]
    [InlineData("saturation", "drive 0..100 Percent 15, mix 0..100 Percent 100")]
    [InlineData("comb", "delay 0.5..30 Milliseconds 8, feedback -90..90 Percent 30, feedforward -100..100 Percent 0, "
        + "damping 500..20000 Hertz 8000, mix 0..100 Percent 25")]
    [InlineData("limiter",
        "ceiling -24..0 Decibels -1, release 10..1000 Milliseconds 80, look-ahead 0.2..5 Milliseconds 1.5 structural")]
    public void The_settings_are_those_that_presets_are_written_for(string id, string settings)
    {
        var actual = Line.Of(id).Parameters
            .Select(p => FormattableString.Invariant(
                $"{p.Id} {p.Minimum}..{p.Maximum} {p.Unit} {p.Default}{(p.IsStructural ? " structural" : "")}"));
        Assert.Equal(settings, string.Join(", ", actual));
    }

    [Theory]
    [InlineData("eq", EffectRole.Tone)]
    [InlineData("compressor", EffectRole.Dynamics)]
    [InlineData("exciter", EffectRole.Drive)]
    [InlineData("saturation", EffectRole.Drive)]
    [InlineData("comb", EffectRole.Space)]
    [InlineData("limiter", EffectRole.Limiter)]
    public void The_roles_are_those_that_chains_ask_for(string id, EffectRole role) =>
        Assert.Equal(role, DiscoveredEffects.Describe(id).Role);

    [Fact]
    public void All_six_together_are_late_by_less_than_two_and_a_half_milliseconds()
    {
        // Measured: 91 frames, 2.06 ms.
        int frames = new[] { "eq", "compressor", "exciter", "saturation", "comb", "limiter" }.Sum(
            id => Line.Of(id).Timing.LatencyFrames);
        Assert.InRange(frames / 44.1, 0, 2.3);
    }

    [Theory]
    [InlineData("exciter", "drive")]
    [InlineData("exciter", "mix")]
    [InlineData("saturation", "drive")]
    [InlineData("saturation", "mix")]
    [InlineData("comb", "mix")]
    [InlineData("compressor", "ratio", 1)]
    public void A_neutral_setting_gives_the_input_back_bit_for_bit(string id, string parameter, double neutral = 0)
    {
        var sound = Signals.Voice(20_000, 44_100, 0.9);
        foreach (int rate in new[] { 8_000, 16_000, 44_100 })
        {
            var line = Line.At(rate, id, (parameter, neutral));
            Assert.Equal(sound[..^100], line.Run(sound)[line.Timing.LatencyFrames..][..(sound.Length - 100)]);

            // And so does one that moved there, after the move.
            var moved = Line.At(rate, id);
            moved.Run(new float[1024]);
            moved.Set(parameter, neutral);
            moved.Run(new float[1024]);
            Assert.Equal(sound[..^100], moved.Run(sound)[line.Timing.LatencyFrames..][..(sound.Length - 100)]);
        }
    }

    [Theory]
    [InlineData("exciter")]
    [InlineData("saturation")]
    public void Draft_quality_has_no_latency_and_still_does_its_work(string id)
    {
        var sound = Signals.Voice(8000, 44_100, 0.9);
        var line = new Line(id, quality: RenderQuality.Draft);
        Assert.Equal(0, line.Timing.LatencyFrames);
        Assert.NotEqual(sound, line.Run(sound));
    }
}
