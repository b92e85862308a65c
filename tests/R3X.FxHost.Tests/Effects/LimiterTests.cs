using System;
using System.Linq;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

public sealed class LimiterTests
{
    private const int Rate = 44_100;
    private static readonly double Ceiling = Math.Pow(10, -1 / 20.0);

    // Measured, dBTP: 8k -0.98 (its noise reaches the Nyquist frequency), 16k -1.05, 24k -1.06, 44.1k -1.07, 48k -1.07.
    [Theory]
    [InlineData(16_000)]
    [InlineData(22_050)]
    [InlineData(24_000)]
    [InlineData(44_100)]
    [InlineData(48_000)]
    public void Voice_driven_12_decibels_over_stays_under_the_ceiling_between_samples_too(int rate)
    {
        var heard = Line.At(rate, "limiter").Run(Signals.Voice(2 * rate, rate, Math.Pow(10, 11 / 20.0)));
        Assert.InRange(Signals.Decibels(TruePeak(heard)), -1.3, -1.0);
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(11_025)]
    [InlineData(44_100)]
    public void No_sample_passes_the_ceiling_whatever_comes(int rate)
    {
        foreach (double ceiling in new[] { -24.0, -1, 0 })
        {
            foreach (var quality in Enum.GetValues<RenderQuality>())
            {
                var line = new Line("limiter", rate, 1, quality, ("ceiling", ceiling), ("release", 10));
                float[] wild = [.. Signals.Noise(4000, 4), .. Signals.Impulse(3000, 1500, 20),
                    .. Signals.Voice(8000, rate, 3)];
                Assert.InRange(Signals.Peak(line.Run(wild)), 0, Math.Pow(10, ceiling / 20) + 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(44_100)]
    public void What_stays_a_tenth_of_a_decibel_below_passes_bit_for_bit(int rate)
    {
        var sound = Signals.Sine(rate, 440, rate, Math.Pow(10, -1.1 / 20));
        var line = Line.At(rate, "limiter");
        int latency = line.Timing.LatencyFrames;
        Assert.Equal(sound[..^latency], line.Run(sound)[latency..]);

        // After a peak it comes back to that.
        line.Run([.. Signals.Noise(1000, 4), .. new float[4 * rate]]);
        Assert.Equal(sound[..^latency], line.Run(sound)[latency..]);
    }

    [Fact]
    public void An_impulse_comes_out_where_the_latency_says()
    {
        foreach (int rate in new[] { 8_000, 16_000, 44_100, 96_000 })
        {
            foreach (float height in new[] { 0.5f, 8f })
            {
                var line = Line.At(rate, "limiter");
                var heard = line.Run(Signals.Impulse(2000, 500, height));
                Assert.Equal(500 + line.Timing.LatencyFrames, Array.IndexOf(heard, heard.Max()));
            }
        }
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(11_025)]
    [InlineData(16_000)]
    [InlineData(24_000)]
    [InlineData(32_000)]
    [InlineData(48_000)]
    [InlineData(96_000)]
    public void The_latency_is_within_two_milliseconds(int rate)
    {
        var line = Line.At(rate, "limiter");
        Assert.InRange(line.Timing.LatencyFrames * 1000.0 / rate, 0, 2);
        Assert.Equal(
            rate < 32_000 ? 1 : 0, line.Setup.Notes.Count(n => n.Contains("shortened", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(60, 108)]
    [InlineData(100, 108)]
    [InlineData(1000, 108)]
    public void A_steady_tone_is_not_distorted(double hertz, double bar)
    {
        // 6 dB over. Measured: better than -120 dB.
        var heard = Line.Of("limiter").Run(Signals.Sine(4 * Rate, hertz, Rate, 2 * Ceiling)).AsSpan(
            2 * Rate, Rate).ToArray();
        double tone = Math.Pow(Signals.Amplitude(heard, hertz, Rate), 2) / 2;
        double rest = heard.Average(s => (double)s * s) - tone;
        Assert.True(10 * Math.Log10(Math.Max(rest, 1e-20) / tone) <= -bar, $"{10 * Math.Log10(rest / tone):0.0} dB");
    }

    [Theory]
    [InlineData(24_000)]
    [InlineData(44_100)]
    public void A_gain_change_cannot_be_heard_as_a_click(int rate)
    {
        // The other channel's peak turns this one down; whatever is above 8 kHz then is the change itself.
        const int Length = 65_536;
        var tone = Signals.Sine(Length, 100, rate, Math.Pow(10, -12 / 20.0));
        var peak = new float[Length];
        for (int i = 0; i < 100; i++)
            peak[(Length / 2) + i] = 4 * (float)Math.Sin(i * Math.PI / 100);
        var heard = new Line("limiter", rate, 2).Run([tone, peak], _ => 1024)[0];
        for (int i = 0; i < Length; i++)
            heard[i] *= (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * i / Length)));
        double above = Signals.PowerSpectrum(heard).Skip(8000 * Length / rate).Sum() * 2 / Length;

        // All the energy of the change, as if it were packed into one sample. Measured: below -100 dBFS.
        Assert.InRange(10 * Math.Log10(above), -300, -60);
    }

    [Fact]
    public void All_channels_get_the_same_gain()
    {
        var loud = Signals.Voice(Rate, Rate, 3);
        var quiet = loud.Select(s => s * 0.125f).ToArray();
        var heard = new Line("limiter", Rate, 2).Run([quiet, loud], _ => 512);
        for (int i = 0; i < Rate; i++)
            Assert.Equal(heard[1][i] * 0.125f, heard[0][i], 1e-7f);
    }

    [Fact]
    public void It_comes_back_in_the_time_it_says()
    {
        var input = Enumerable.Range(0, 2 * Rate).Select(i => i < Rate ? 2f : 0.1f).ToArray();
        var line = Line.Of("limiter", ("release", 100));
        var heard = line.Run(input);
        int from = Rate + line.Timing.LatencyFrames;
        double start = heard[from + 10] / 0.1;
        int reached = Enumerable.Range(0, Rate).First(
            i => heard[from + i] / 0.1 >= start + ((1 - start) * (1 - Math.Exp(-1))));

        // The hold of 8 ms comes first, and the fade's own length.
        Assert.InRange(reached * 1000.0 / Rate, 100, 112);
    }

    [Fact]
    public void A_ceiling_that_is_lowered_on_the_way_is_kept()
    {
        var line = Line.Of("limiter", ("ceiling", 0));
        var heard = line.Run([Signals.Voice(Rate, Rate, 3)], _ => 32, at =>
        {
            if (at == 16_000)
                line.Set("ceiling", -12);
        })[0];
        Assert.InRange(Signals.Peak(heard.AsSpan(0, 16_000)), 0.9, 1);
        Assert.InRange(
            Signals.Peak(heard.AsSpan(16_032 + line.Timing.LatencyFrames)), 0.2, Math.Pow(10, -12 / 20.0) + 1e-6);
    }

    // Far finer than the limiter's own detector: 32 points per sample from 96 samples around.
    private static double TruePeak(float[] samples)
    {
        const int Points = 32;
        const int Reach = 48;
        float floor = Signals.Peak(samples) * 0.6f;
        double highest = 0;
        var taps = new double[Points][];
        for (int point = 0; point < Points; point++)
        {
            taps[point] = [.. Enumerable.Range(0, 2 * Reach).Select(k =>
            {
                double distance = k - (Reach - 1) - ((double)point / Points);
                double window = 0.42 + (0.5 * Math.Cos(Math.PI * distance / Reach)) + (
                    0.08 * Math.Cos(2 * Math.PI * distance / Reach));
                return distance == 0 ? 1
                    : Math.Abs(distance) >= Reach ? 0 : window * Math.Sin(Math.PI * distance) / (Math.PI * distance);
            })];
        }

        for (int i = Reach; i < samples.Length - Reach; i++)
        {
            if (Math.Max(Math.Abs(samples[i]), Math.Abs(samples[i + 1])) < floor)
                continue;
            foreach (var weights in taps)
            {
                double sum = 0;
                for (int k = 0; k < weights.Length; k++)
                    sum += weights[k] * samples[i - (Reach - 1) + k];
                highest = Math.Max(highest, Math.Abs(sum));
            }
        }

        return highest;
    }
}
