using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Metering;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;
using Xunit;

namespace R3X.FxHost.Tests.Metering;

public sealed class SpeechMeterTests
{
    public static TheoryData<int, int> RatesAndBands
    {
        get
        {
            var rows = new TheoryData<int, int>();
            foreach (int rate in (int[])[8_000, 16_000, 22_050, 44_100, 48_000, 96_000])
            {
                for (int band = 0; band < SpeechBands.Count; band++)
                {
                    if (SpeechBands.Edge(band + 1) < rate / 2.0)
                        rows.Add(rate, band);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(RatesAndBands))]
    public void A_sine_in_the_middle_of_a_band_has_its_level_in_that_band_and_little_in_all_others(int rate, int band)
    {
        float[] sine = Signals.Sine(rate, SpeechBands.Centre(band), rate, amplitude: 0.5);
        SpeechLevel level = Levels(rate, 100, 1_000, sine)[^1];
        Assert.Equal(0.5 / Math.Sqrt(2), level.Rms, 0.002);
        Assert.Equal(level.Rms, level.Bands[band], 0.02 * level.Rms);
        for (int other = 0; other < SpeechBands.Count; other++)
        {
            // A band that ends at half the sample rate has no room to fall as steeply.
            double most = other == band ? 0.2 : (rate > 16_000 ? -10 : -8) * Math.Abs(other - band);
            Assert.True(Decibels.FromGain(level.Bands[other] / level.Rms) < most, $"{other}: {level.Bands}");
        }
    }

    [Fact]
    public void At_an_edge_two_bands_are_3_dB_down()
    {
        for (int edge = 1; edge < SpeechBands.Count; edge++)
        {
            float[] sine = Signals.Sine(48_000, SpeechBands.Edge(edge), 48_000);
            SpeechLevel level = Levels(48_000, 100, 1_000, sine)[^1];
            Assert.Equal(-3.01, Decibels.FromGain(level.Bands[edge - 1] / level.Rms), 0.15);
            Assert.Equal(-3.01, Decibels.FromGain(level.Bands[edge] / level.Rms), 0.15);
        }
    }

    [Fact]
    public void RMS_and_peak_are_those_of_each_stretch_alone()
    {
        float[] line = [.. Signals.Sine(4_800, 1_000, 48_000, amplitude: 0.5), .. new float[4_800],
            .. Enumerable.Repeat(-0.25f, 4_800)];
        List<SpeechLevel> levels = Levels(48_000, 20, 480, line);
        Assert.Equal(15, levels.Count);
        for (int i = 0; i < levels.Count; i++)
        {
            Assert.Equal(960 * i, levels[i].Start);
            Assert.Equal(960, levels[i].Frames);
            Assert.Equal(i < 5 ? 0.35355 : i < 10 ? 0 : 0.25, levels[i].Rms, 1e-5);
            Assert.Equal(i < 5 ? 0.5 : i < 10 ? 0 : 0.25, levels[i].Peak, 1e-5);
        }

        Assert.Equal(-9.03, levels[0].RmsDb, 0.01);
        Assert.Equal(-6.02, levels[0].PeakDb, 0.01);
        Assert.Equal(double.NegativeInfinity, levels[7].RmsDb);
        Assert.Equal(TimeSpan.FromMilliseconds(20), levels[0].Duration);
        Assert.Equal(480, levels[0].Middle);
    }

    [Fact]
    public void The_channels_count_alike_even_upside_down()
    {
        float[] sine = Signals.Sine(48_000, 400, 48_000, amplitude: 0.5);
        SpeechLevel mono = Levels(48_000, 20, 480, sine)[^1];
        SpeechLevel both = Levels(48_000, 20, 480, sine, [.. sine.Select(sample => -sample)])[^1];
        SpeechLevel left = Levels(48_000, 20, 480, sine, new float[48_000])[^1];
        Assert.Equal(mono, both);
        Assert.Equal(mono.Peak, left.Peak);
        Assert.Equal(mono.Rms / Math.Sqrt(2), left.Rms, 1e-6);
        Assert.Equal(mono.Bands[2] / Math.Sqrt(2), left.Bands[2], 1e-6);
    }

    [Theory]
    [InlineData(44_100, 20)]
    [InlineData(48_000, 5)]
    [InlineData(11_025, 100)]
    [InlineData(22_050, 33.3333)]
    public void However_the_stream_is_cut_the_levels_are_the_same_to_the_last_bit(int rate, double milliseconds)
    {
        float[] left = Signals.Voice(rate, rate), right = Signals.Noise(rate);
        List<SpeechLevel> whole = Levels(rate, milliseconds, 1_024, left, right);
        var random = new Random(7);
        foreach (int most in (int[])[1, 10, 17, 256, 2_027, rate])
        {
            Assert.Equal(whole, Levels(rate, milliseconds, most, left, right));
            Assert.Equal(whole, Levels(rate, milliseconds, () => random.Next(1, most + 1), left, right));
        }
    }

    [Theory]
    [InlineData(44_100, 33.3333)]
    [InlineData(11_025, 5)]
    [InlineData(48_000, 7.77)]
    public void Stretches_follow_each_other_without_a_gap_and_do_not_drift(int rate, double milliseconds)
    {
        List<SpeechLevel> levels = Levels(rate, milliseconds, 999, new float[10 * rate]);
        for (int i = 0; i < levels.Count; i++)
        {
            Assert.Equal(Math.Round(i * milliseconds * rate / 1_000), levels[i].Start);
            Assert.Equal(i + 1 < levels.Count ? levels[i + 1].Start : 10 * rate, levels[i].Start + levels[i].Frames);
        }
    }

    [Fact]
    public void A_burst_shows_in_the_lowest_band_at_once_and_is_gone_in_20_milliseconds()
    {
        float[] line = new float[48_000];
        Signals.Sine(9_600, SpeechBands.Centre(0), 48_000).CopyTo(line, 9_600);
        List<SpeechLevel> levels = Levels(48_000, 10, 480, line);
        Assert.True(levels[19].Bands[0] == 0);
        Assert.True(levels[21].Bands[0] > 0.4 * 0.707, $"{levels[21].Bands}");
        Assert.True(levels[42].Bands[0] < 0.1 * 0.707, $"{levels[42].Bands}");
    }

    [Fact]
    public void What_is_loud_elsewhere_does_not_show_in_the_lowest_band()
    {
        foreach (int rate in (int[])[8_000, 48_000, 96_000])
        {
            float[] sine = Signals.Sine(rate, 3_000, rate);
            Assert.True(Decibels.FromGain(Levels(rate, 100, 1_000, sine)[^1].Bands[0]) < -60);
        }
    }

    [Fact]
    public void Bands_above_half_the_sample_rate_hold_nothing()
    {
        SpeechLevel level = Levels(8_000, 20, 100, Signals.Noise(8_000))[^1];
        Assert.True(level.Bands[6] > 0);
        Assert.Equal(0, level.Bands[7]);
    }

    [Fact]
    public void Poison_counts_as_silence_and_leaves_nothing_behind()
    {
        float[] clean = Signals.Voice(48_000, 16_000), poisoned = [.. clean];
        clean[1_000] = clean[1_001] = clean[1_002] = 0;
        (poisoned[1_000], poisoned[1_001], poisoned[1_002]) = (float.NaN, float.NegativeInfinity, 1e30f);
        Assert.Equal(Levels(16_000, 20, 1_000, clean), Levels(16_000, 20, 1_000, poisoned));
    }

    [Fact]
    public void What_is_left_at_the_end_is_a_shorter_stretch_and_the_next_begins_behind_it()
    {
        var meter = new SpeechMeter(new AudioFormat(48_000, 1));
        var block = new AudioBlock(Signals.Sine(1_000, 1_000, 48_000));
        Assert.True(meter.Measure(ref block, out _));
        Assert.False(meter.Measure(ref block, out _));
        Assert.True(meter.Finish(out SpeechLevel rest));
        Assert.Equal((960, 40), (rest.Start, rest.Frames));
        Assert.False(meter.Finish(out _));
        block = new AudioBlock(new float[960]);
        Assert.True(meter.Measure(ref block, out SpeechLevel next));
        Assert.Equal((1_000, 960), (next.Start, next.Frames));
    }

    [Fact]
    public void After_a_restart_a_meter_is_as_new_but_counts_from_where_it_was_told()
    {
        float[] line = Signals.Voice(9_600, 48_000);
        var meter = new SpeechMeter(new AudioFormat(48_000, 1));
        Feed(meter, Signals.Noise(1_234));
        meter.Restart(700);
        List<SpeechLevel> levels = Feed(meter, line);
        Assert.Equal(Levels(48_000, 20, 1_000, line).Select(level => level with { Start = level.Start + 700 }), levels);
    }

    [Fact]
    public void Measuring_allocates_nothing()
    {
        var meter = new SpeechMeter(new AudioFormat(44_100, 2), 5);
        var buffer = new AudioBuffer(2, 1_000);
        Signals.Noise(1_000).CopyTo(buffer[0]);
        float sum = Sum(meter, buffer, 3);
        Assert.Equal(0, Allocations.Fewest(() => { sum += Sum(meter, buffer, 300); }));
        Assert.True(sum > 0);
    }

    [Theory]
    [InlineData(4.99)]
    [InlineData(100.1)]
    [InlineData(double.NaN)]
    public void Levels_come_every_5_to_100_milliseconds(double milliseconds)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpeechMeter(new AudioFormat(48_000, 2), milliseconds));
    }

    private static float Sum(SpeechMeter meter, AudioBuffer buffer, int times)
    {
        float sum = 0;
        for (int i = 0; i < times; i++)
        {
            AudioBlock block = buffer.Block(1_000);
            while (meter.Measure(ref block, out SpeechLevel level))
                sum += level.Bands[3] + level.Peak;
        }

        return sum;
    }

    private static List<SpeechLevel> Levels(
        int rate, double milliseconds, int blockFrames, params float[][] channels) =>
        Levels(rate, milliseconds, () => blockFrames, channels);

    private static List<SpeechLevel> Levels(
        int rate, double milliseconds, Func<int> blockFrames, params float[][] channels)
    {
        var meter = new SpeechMeter(new AudioFormat(rate, channels.Length), milliseconds);
        var levels = new List<SpeechLevel>();
        float[] planar = [.. channels.SelectMany(channel => channel)];
        var all = new AudioBlock(planar, channels.Length, channels[0].Length, channels[0].Length);
        for (int start = 0; start < all.Frames;)
        {
            AudioBlock block = all.Slice(start, Math.Min(blockFrames(), all.Frames - start));
            start += block.Frames;
            while (meter.Measure(ref block, out SpeechLevel level))
                levels.Add(level);
        }

        if (meter.Finish(out SpeechLevel last))
            levels.Add(last);
        return levels;
    }

    private static List<SpeechLevel> Feed(SpeechMeter meter, float[] samples)
    {
        var levels = new List<SpeechLevel>();
        var block = new AudioBlock(samples);
        while (meter.Measure(ref block, out SpeechLevel level))
            levels.Add(level);
        return levels;
    }
}
