using System;
using System.Linq;
using R3X.FxHost.Metering;
using Xunit;

namespace R3X.FxHost.Tests.Metering;

/// <summary>The minimum requirements of EBU Tech 3341 (2016), table 1, and of EBU Tech 3342.</summary>
public sealed class EbuLoudnessTests
{
    private const int Rate = 48_000;
    private const double Tolerance = 0.1;

    [Theory]
    [InlineData(-23.0)]
    [InlineData(-33.0)]
    public void Cases_1_and_2_a_steady_tone_reads_its_level_on_every_scale(double level)
    {
        float[] tone = Tone.Stretches(Rate, (20, level));
        LoudnessMeter meter = Tone.Measured(Rate, [tone, tone]);
        Assert.Equal(level, meter.Momentary, Tolerance);
        Assert.Equal(level, meter.ShortTerm, Tolerance);
        Assert.Equal(level, meter.Integrated, Tolerance);
    }

    [Fact]
    public void Case_3_the_relative_gate_leaves_quiet_parts_out()
    {
        float[] tone = Tone.Stretches(Rate, (10, -36), (60, -23), (10, -36));
        Assert.Equal(-23, Tone.Measured(Rate, [tone, tone]).Integrated, Tolerance);
    }

    [Fact]
    public void Case_4_the_absolute_gate_leaves_silence_out()
    {
        float[] tone = Tone.Stretches(Rate, (10, -72), (10, -36), (60, -23), (10, -36), (10, -72));
        Assert.Equal(-23, Tone.Measured(Rate, [tone, tone]).Integrated, Tolerance);
    }

    [Fact]
    public void Case_5_parts_within_the_gate_are_averaged_by_energy()
    {
        float[] tone = Tone.Stretches(Rate, (20, -26), (20.1, -20), (20, -26));
        Assert.Equal(-23, Tone.Measured(Rate, [tone, tone]).Integrated, Tolerance);
    }

    [Fact]
    public void Case_6_five_channels_are_weighted()
    {
        double[] levels = [-28, -28, -24, -30, -30];
        float[][] channels = [.. levels.Select(level => Tone.Stretches(Rate, (20, level)))];
        Assert.Equal(-23, Tone.Measured(Rate, channels).Integrated, Tolerance);
    }

    [Fact]
    public void Case_9_short_term_loudness_stands_still_over_a_pattern_of_three_seconds()
    {
        float[] tone = Tone.Stretches(Rate, Tone.Repeat(5, (1.34, -20), (1.66, -30)));
        var (lowest, highest) = Extremes(tone, after: 3, meter => meter.ShortTerm);
        Assert.Equal(-23, lowest, Tolerance);
        Assert.Equal(-23, highest, Tolerance);
    }

    [Fact]
    public void Case_10_short_term_loudness_finds_a_tone_of_three_seconds_wherever_it_starts()
    {
        for (int i = 0; i < 20; i++)
        {
            float[] tone = Tone.Stretches(Rate, (i * 0.15, -200), (3, -23), (1, -200));
            Assert.Equal(-23, Tone.Measured(Rate, [tone, tone]).MaximumShortTerm, Tolerance);
        }
    }

    [Fact]
    public void Case_12_momentary_loudness_stands_still_over_a_pattern_of_400_ms()
    {
        float[] tone = Tone.Stretches(Rate, Tone.Repeat(25, (0.18, -20), (0.22, -30)));
        var (lowest, highest) = Extremes(tone, after: 1, meter => meter.Momentary);
        Assert.Equal(-23, lowest, Tolerance);
        Assert.Equal(-23, highest, Tolerance);
    }

    [Fact]
    public void Case_13_momentary_loudness_finds_a_tone_of_400_ms_wherever_it_starts()
    {
        for (int i = 0; i < 20; i++)
        {
            float[] tone = Tone.Stretches(Rate, (i * 0.02, -200), (0.4, -23), (1, -200));
            Assert.Equal(-23, Tone.Measured(Rate, [tone, tone]).MaximumMomentary, Tolerance);
        }
    }

    [Theory]
    [InlineData(10, -20.0, -30.0)]
    [InlineData(5, -20.0, -15.0)]
    [InlineData(20, -40.0, -20.0)]
    [InlineData(15, -50.0, -35.0, -20.0, -35.0, -50.0)]
    public void The_loudness_range_is_that_of_tech_3342(double range, params double[] levels)
    {
        float[] tone = Tone.Stretches(Rate, [.. levels.Select(level => (20.0, level))]);
        Assert.Equal(range, Tone.Measured(Rate, [tone, tone]).Range, 1.0);
    }

    private static (double Lowest, double Highest) Extremes(
        float[] tone, double after, Func<LoudnessMeter, double> reading)
    {
        double lowest = double.PositiveInfinity;
        double highest = double.NegativeInfinity;
        Tone.Measured(Rate, [tone, tone], meter =>
        {
            if (meter.Frames < after * Rate)
                return;
            lowest = Math.Min(lowest, reading(meter));
            highest = Math.Max(highest, reading(meter));
        });
        return (lowest, highest);
    }
}
