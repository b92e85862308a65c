using System;
using System.Linq;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

public sealed class ExciterTests
{
    [Theory]
    [InlineData(8_000, 2500)]
    [InlineData(16_000, 3300)]
    [InlineData(44_100, 4000)]
    public void Loud_highs_get_overtones(int rate, double hertz)
    {
        var line = Line.At(rate, "exciter", ("frequency", 2000), ("drive", 60), ("mix", 50));
        var heard = line.Run(Signals.Sine(2 * rate, hertz, rate, 0.1));
        double second = Signals.Amplitude(heard.AsSpan(rate), 2 * hertz, rate) / 0.1;

        // At 8 kHz the second harmonic has no room, and must not fold back into the band either.
        if (2 * hertz < 0.45 * rate)
            Assert.InRange(Signals.Decibels(second), -30, -6);
        else
            Assert.InRange(
                Signals.Decibels(Signals.Amplitude(heard.AsSpan(rate), rate - (2 * hertz), rate) / 0.1), -200, -60);
    }

    [Fact]
    public void Lows_are_left_alone()
    {
        var line = Line.Of("exciter", ("frequency", 4000), ("drive", 100), ("mix", 100));
        var heard = line.Run(Signals.Sine(88_200, 150, 44_100, 0.3));
        foreach (int harmonic in new[] { 2, 3, 4, 5 })
            Assert.InRange(
                Signals.Decibels(Signals.Amplitude(heard.AsSpan(44_100), harmonic * 150, 44_100) / 0.3), -200, -60);
    }

    [Fact]
    public void Two_high_tones_make_no_difference_tone_below()
    {
        float[] tones =
            [.. Signals.Sine(88_200, 5000, 44_100, 0.1).Zip(Signals.Sine(88_200, 5300, 44_100, 0.1), (a, b) => a + b)];
        var heard = Line.Of("exciter").Run(tones);

        // Measured: -53.6 dB.
        Assert.InRange(Signals.Decibels(Signals.Amplitude(heard.AsSpan(44_100), 300, 44_100) / 0.1), -200, -52);
    }

    [Theory]
    [InlineData(16_000)]
    [InlineData(44_100)]
    public void What_is_quiet_keeps_a_flat_response(int rate)
    {
        var line = Line.At(rate, "exciter");
        foreach (double part in new[] { 0.01, 0.1, 0.2, 0.3, 0.4, 0.48 })
        {
            line.Reset();
            double hertz = Math.Round(part * rate);
            var heard = line.Run(Signals.Sine(2 * rate, hertz, rate, 0.001));
            Assert.Equal(0, Signals.Decibels(Signals.Amplitude(heard.AsSpan(rate), hertz, rate) / 0.001), 0.01);
        }
    }

    // The bars of a tanh at the same drive and, behind them, what is measured.
    [Theory]
    [InlineData(44_100, 2000, 10, 112)] // 120.6
    [InlineData(44_100, 5000, 5, 100)] // 113.1
    [InlineData(44_100, 5000, 10, 72)] // 80.2
    [InlineData(16_000, 1000, 5, 100)] // 120.4
    [InlineData(16_000, 2000, 5, 95)] // 103.8
    [InlineData(16_000, 5000, 5, 60)] // 62.7
    public void Overtones_do_not_fold_back(int rate, double frequency, double drive, double bar)
    {
        const int Bins = 8192;
        int bin = ((int)Math.Round(frequency / rate * Bins)) | 1;

        // At full drive the curve is given 126 times the band, which is all of the tone here.
        var input = Signals.Sine(3 * Bins, (double)bin * rate / Bins, rate, drive / 126);
        var output = Line.At(rate, "exciter", ("frequency", 1000), ("drive", 100), ("mix", 100)).Run(input);
        var power = Signals.PowerSpectrum(output.AsSpan(2 * Bins));
        double harmonics = Enumerable.Range(1, (int)(0.4 * Bins) - 1).Where(k => k % bin == 0).Sum(k => power[k]);
        double aliases = Enumerable.Range(1, (int)(0.4 * Bins) - 1).Where(k => k % bin != 0).Sum(k => power[k]);
        Assert.True(10 * Math.Log10(harmonics / aliases) >= bar, $"{10 * Math.Log10(harmonics / aliases):0.0} dB");
    }

    [Fact]
    public void A_frequency_the_line_cannot_carry_adds_nothing_and_says_so()
    {
        var line = Line.At(8_000, "exciter", ("frequency", 6000), ("drive", 100), ("mix", 100));
        Assert.Contains("6000 Hz", Assert.Single(line.Setup.Notes), StringComparison.Ordinal);
        var sound = Signals.Noise(4000);
        Assert.Equal(sound[..3900], line.Run(sound)[line.Timing.LatencyFrames..][..3900]);
    }
}
