using System;
using System.Linq;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

public sealed class SaturationTests
{
    private const int Bins = 8192;

    // tanh(D sin) at full drive; bars and, behind them, what is measured.
    [Theory]
    [InlineData(44_100, 2000, 10, 112)] // 116.8
    [InlineData(44_100, 5000, 5, 100)] // 115.7
    [InlineData(44_100, 5000, 10, 72)] // 77.1
    [InlineData(16_000, 1000, 5, 100)] // 124.8
    [InlineData(16_000, 2000, 5, 95)] // 101.8
    [InlineData(16_000, 5000, 5, 60)] // 71.8
    public void Harmonics_do_not_fold_back(int rate, double frequency, double drive, double bar)
    {
        int bin = ((int)Math.Round(frequency / rate * Bins)) | 1;
        var input = Signals.Sine(3 * Bins, (double)bin * rate / Bins, rate, drive / Math.Pow(10, 24 / 20.0));
        var output = Line.At(rate, "saturation", ("drive", 100)).Run(input);
        var power = Signals.PowerSpectrum(output.AsSpan(2 * Bins));
        double harmonics = 0;
        double aliases = 0;
        for (int k = 1; k < 0.4 * Bins; k++)
        {
            if (k % bin == 0)
                harmonics += power[k];
            else
                aliases += power[k];
        }

        Assert.True(10 * Math.Log10(harmonics / aliases) >= bar, $"{10 * Math.Log10(harmonics / aliases):0.0} dB");
    }

    [Fact]
    public void Full_drive_is_24_decibels_into_tanh()
    {
        float Settled(float x) => Line.Of("saturation", ("drive", 100)).Run(Enumerable.Repeat(x, 4000).ToArray())[^1];
        double top = Settled(1);
        foreach (float x in new[] { 0.01f, 0.05f, 0.2f })
            Assert.Equal(Math.Tanh(Math.Pow(10, 24 / 20.0) * x), Settled(x) / top, 1e-4);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(15)]
    [InlineData(50)]
    [InlineData(100)]
    public void Speech_levels_keep_their_loudness(double drive)
    {
        // Amplitudes spread like those of speech at -20 dBFS, low-passed little enough to keep that spread.
        var random = new Random(2);
        var sound = Enumerable.Range(0, 44_100)
            .Select(_ => (float)(
                -0.1 / Math.Sqrt(2) * Math.Log(1 - random.NextDouble()) * (random.Next(2) == 0 ? -1 : 1))).ToArray();
        for (int i = 0; i < sound.Length; i++)
            sound[i] = sound[i - (i % 16)];
        static double Level(float[] x) => 10 * Math.Log10(x.Average(s => (double)s * s));
        Assert.Equal(Level(sound), Level(Line.Of("saturation", ("drive", drive)).Run(sound)), 0.6);
    }

    [Theory]
    [InlineData(16_000)]
    [InlineData(44_100)]
    public void What_is_quiet_keeps_a_flat_response(int rate)
    {
        var line = Line.At(rate, "saturation", ("mix", 50));
        double Gain(double hertz)
        {
            line.Reset();
            return Signals.Decibels(Signals.Amplitude(
                line.Run(Signals.Sine(2 * rate, hertz, rate, 0.001)).AsSpan(rate), hertz, rate) / 0.001);
        }

        // A blend at the line's own rate would comb here. Measured: within 0.02 dB.
        double reference = Gain(100);
        foreach (double part in new[] { 0.05, 0.1, 0.2, 0.3, 0.4, 0.44 })
            Assert.Equal(reference, Gain(Math.Round(part * rate)), 0.03);
    }

    [Fact]
    public void Leaving_zero_drive_makes_no_step()
    {
        var line = Line.Of("saturation", ("drive", 0));
        var sound = Signals.Sine(8192, 300, 44_100, 0.5);
        var heard = line.Run([sound], _ => 32, at =>
        {
            if (at == 4096)
                line.Set("drive", 1);
        })[0];
        float step = 0;
        for (int i = 4000; i < 4300; i++)
            step = Math.Max(step, Math.Abs(heard[i + 1] - (2 * heard[i]) + heard[i - 1]));

        // The sine's own curvature is 0.5 (2 pi 300 / 44100)^2 = 0.0009.
        Assert.InRange(step, 0, 0.0015);
    }
}
