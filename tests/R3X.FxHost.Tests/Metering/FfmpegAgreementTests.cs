using System;
using System.Linq;
using R3X.FxHost.Metering;
using Xunit;

namespace R3X.FxHost.Tests.Metering;

/// <summary>Other people's meter and ours, on the same samples.</summary>
public sealed class FfmpegAgreementTests
{
    [Theory]
    [InlineData(8_000, 1)]
    [InlineData(11_025, 1)]
    [InlineData(16_000, 2)]
    [InlineData(22_050, 1)]
    [InlineData(24_000, 2)]
    [InlineData(44_100, 1)]
    [InlineData(48_000, 2)]
    [InlineData(96_000, 1)]
    public void Loudness_and_true_peak_of_speech_agree_with_ffmpeg(int sampleRate, int channels)
    {
        Agree(Spoken.Line(sampleRate, channels), sampleRate, channels);
    }

    [Theory]
    [InlineData(8_000, 1)]
    [InlineData(16_000, 1)]
    [InlineData(22_050, 2)]
    [InlineData(44_100, 1)]
    [InlineData(48_000, 2)]
    [InlineData(96_000, 1)]
    public void Loudness_and_true_peak_of_noise_agree_with_ffmpeg(int sampleRate, int channels)
    {
        float[] noise = BandLimited(Signals.Noise(3 * sampleRate * channels, amplitude: 0.4), channels);
        Agree(noise, sampleRate, channels);
    }

    [Fact]
    public void The_loudness_range_of_speech_agrees_with_ffmpeg()
    {
        float[] line = Spoken.Line(48_000);
        Assert.Equal(Spoken.MeasuredByFfmpeg(line, 48_000, 1).Range, Measure(line, 48_000, 1).Range, 0.3);
    }

    private static void Agree(float[] interleaved, int sampleRate, int channels)
    {
        // The standard's filters are for 48 kHz. At 8 kHz ffmpeg's own redesign of them reads 0.3 LU too high, so below
        // 22 kHz it measures at 48 kHz. True peaks it finds at the sound's own rate: on the way to another, a filter
        // would change the peaks.
        var (integrated, truePeak, _) = Spoken.MeasuredByFfmpeg(interleaved, sampleRate, channels);
        if (sampleRate < 22_050)
            integrated = Spoken.MeasuredByFfmpeg(interleaved, sampleRate, channels, at: 48_000).Integrated;
        LoudnessMeter meter = Measure(interleaved, sampleRate, channels);
        Assert.Equal(integrated, meter.Integrated, 0.1);
        double ours = Enumerable.Range(0, channels).Max(
            channel => Tone.TruePeak(Channel(interleaved, channels, channel)));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"loudness {integrated:F2} {meter.Integrated:F2}, true peak {truePeak:F2} {ours:F2}");
        Assert.Equal(truePeak, ours, 0.3);
    }

    // Below 0.42 of the sample rate: above, the steepness of each meter's filter decides what it calls a peak.
    private static float[] BandLimited(float[] interleaved, int channels)
    {
        const int half = 40;
        const double edge = 0.4;
        double[] taps = [.. Enumerable.Range(-half, (2 * half) + 1)
            .Select(k => (k == 0 ? 2 * edge : Math.Sin(2 * Math.PI * edge * k) / (Math.PI * k)) * (
                0.5 + (0.5 * Math.Cos(Math.PI * k / half))))];
        var result = new float[interleaved.Length];
        for (int i = half * channels; i < interleaved.Length - (half * channels); i++)
        {
            double sum = 0;
            for (int k = -half; k <= half; k++)
                sum += interleaved[i + (k * channels)] * taps[half + k];
            result[i] = (float)sum;
        }

        return result;
    }

    private static LoudnessMeter Measure(float[] interleaved, int sampleRate, int channels) =>
        Tone.Measured(
            sampleRate, [.. Enumerable.Range(0, channels).Select(channel => Channel(interleaved, channels, channel))]);

    private static float[] Channel(float[] interleaved, int channels, int channel) =>
        [.. Enumerable.Range(0, interleaved.Length / channels).Select(
            frame => interleaved[(frame * channels) + channel])];
}
