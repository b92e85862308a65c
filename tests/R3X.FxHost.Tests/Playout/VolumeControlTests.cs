using System;
using R3X.FxHost.Metering;
using R3X.FxHost.Playout;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Playout;

public sealed class VolumeControlTests
{
    [Fact]
    public void At_0_dB_samples_pass_bit_for_bit()
    {
        float[] samples = [0.1f, -0.2f, 0.3f];
        new VolumeControl().Apply(new AudioBlock(samples), 48_000);
        Assert.Equal([0.1f, -0.2f, 0.3f], samples);
    }

    [Fact]
    public void Mute_fades_to_silence_within_10_ms_in_steps_too_small_to_click()
    {
        var volume = new VolumeControl();
        volume.Apply(new AudioBlock([1f]), 48_000);
        volume.Muted = true;
        var samples = new float[481];
        Array.Fill(samples, 1f);
        volume.Apply(new AudioBlock(samples), 48_000);
        Assert.Equal(0, samples[^1]);
        for (int i = 1; i < samples.Length; i++)
            Assert.InRange(samples[i - 1] - samples[i], 0, 0.0021f);
    }

    [Fact]
    public void The_first_line_starts_at_the_volume_set_before_it()
    {
        float[] samples = [1, 1];
        new VolumeControl { Muted = true }.Apply(new AudioBlock(samples), 48_000);
        Assert.Equal([0, 0], samples);
    }

    [Fact]
    public void Minus_6_dB_halves_every_channel_alike()
    {
        var volume = new VolumeControl { VolumeDb = -6.0206 };
        var buffer = new AudioBuffer(2, 1000);
        buffer[0].Fill(1);
        buffer[1].Fill(1);
        volume.Apply(buffer.Block(1000), 48_000);
        Assert.Equal(0.5f, buffer[0][999], 1e-4f);
        Assert.Equal(buffer[0].ToArray(), buffer[1].ToArray());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    public void Turned_up_a_line_stays_below_full_scale_and_a_soft_one_is_as_much_louder(double volumeDb)
    {
        var volume = new VolumeControl { VolumeDb = volumeDb };
        var meter = new TruePeakMeter(1);
        float gain = (float)Math.Pow(10, volumeDb / 20);
        for (int block = 0; block < 200; block++)
        {
            bool isLoud = block is >= 50 and < 100;
            float[] samples = new float[480];
            for (int i = 0; i < samples.Length; i++)
                samples[i] = (isLoud ? 0.9f : 0.05f) * MathF.Sin(((block * 480) + i) * 0.11f);
            float[] before = [.. samples];
            volume.Apply(new AudioBlock(samples), 48_000);
            meter.Process(new AudioBlock(samples));
            for (int i = 0; i < samples.Length && (block is < 50 or >= 160); i++)
                Assert.Equal(before[i] * gain, samples[i], 1e-5f);
        }

        meter.Finish();
        Assert.InRange(meter.Level, -3, -0.99);
    }

    [Theory]
    [InlineData(12.1)]
    [InlineData(60)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void More_than_12_dB_are_refused(double volumeDb)
    {
        var volume = new VolumeControl();
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => volume.VolumeDb = volumeDb);
        Assert.Contains("12 dB at most", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, volume.VolumeDb);
    }
}
