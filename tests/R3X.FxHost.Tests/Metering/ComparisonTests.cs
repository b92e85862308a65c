using System;
using System.Linq;
using R3X.FxHost.Metering;
using R3X.FxHost.Tests.Effects;
using Xunit;

namespace R3X.FxHost.Tests.Metering;

public sealed class ComparisonTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(123)]
    [InlineData(9_000)]
    [InlineData(-47)]
    [InlineData(-4_001)]
    public void A_delay_is_found_to_the_sample_and_taken_out(int frames)
    {
        float[] line = Spoken.Line(22_050);
        float[] moved = frames >= 0
            ? [.. new float[frames], .. line.Select(sample => -0.5f * sample)] : line[-frames..];
        Comparison comparison = Comparison.Of(line, 22_050, moved, 22_050);
        Assert.Equal(frames / 22_050.0, comparison.Delay, 1e-9);
        Assert.InRange(comparison.Intelligibility, 0.9999, 1.0000001);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    [InlineData(-0.15)]
    public void A_voice_of_another_pitch_is_found_by_its_syllables(double seconds)
    {
        const int Rate = 22_050;
        float[] line = Spoken.Line(Rate);
        Line pitch = Line.At(Rate, "pitch", ("shift", 3));
        float[] higher = pitch.Run([.. line, .. new float[pitch.Timing.LatencyFrames]])[pitch.Timing.LatencyFrames..];
        int frames = (int)(seconds * Rate);
        Comparison comparison = Comparison.Of(
            line, Rate, frames >= 0 ? [.. new float[frames], .. higher] : higher[-frames..], Rate);
        Assert.Equal(seconds, comparison.Delay, 0.005);
        Assert.InRange(comparison.Intelligibility, 0.8, 1);
    }

    [Fact]
    public void Nothing_can_be_found_in_silence_and_nothing_breaks()
    {
        Comparison comparison = Comparison.Of(Spoken.Line(22_050), 22_050, new float[30_000], 44_100);
        Assert.Equal(0, comparison.Delay);
        Assert.Equal(0, comparison.Intelligibility, 1e-9);
        Assert.Equal(double.NaN, Comparison.Of([], 8_000, [], 96_000).Intelligibility);
    }

    [Fact]
    public void A_spectrogram_shows_a_tone_at_its_time_and_pitch()
    {
        // A second of silence, then a second of a full-scale tone in the fourth band.
        float[] sound = [.. new float[16_000], .. Signals.Sine(16_000, 1_000, 16_000)];
        Spectrogram spectrogram = Spectrogram.Of(sound, 16_000, 20, [100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800]);
        Assert.Equal((20, 7), (spectrogram.Columns, spectrogram.Rows));
        Assert.Equal(Spectrogram.Floor, spectrogram[3, 3]);
        Assert.Equal(0, spectrogram[15, 3], 0.2);
        Assert.InRange(spectrogram[15, 5], -200, -50);
    }

    [Fact]
    public void A_spectrum_is_a_curve_that_adds_up_to_the_whole()
    {
        VoiceSpectrum? noise = VoiceSpectrum.Of(Signals.Noise(44_100), 44_100);
        Assert.NotNull(noise);

        // White noise: a band of a third of an octave around f holds 0.2316 f of 22,050 Hz.
        double[] frequencies = [300, 1_000, 5_000];
        double[] curve = noise.Curve(frequencies);
        for (int i = 0; i < curve.Length; i++)
            Assert.Equal(10 * Math.Log10(0.2316 * frequencies[i] / 22_050), curve[i], 1.0);
        Assert.Equal([double.NaN], noise.Curve([30_000]));
    }
}
