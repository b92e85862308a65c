using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Metering;
using Xunit;

namespace R3X.FxHost.Tests.Metering;

/// <summary>Each stage by its definition in Taal et al. 2011, and the whole by what the paper reports.</summary>
public sealed class StoiTests
{
    [Theory]
    [InlineData(8_000)]
    [InlineData(22_050)]
    [InlineData(44_100)]
    public void Speech_that_was_not_touched_or_only_made_softer_is_fully_intelligible(int sampleRate)
    {
        float[] line = Spoken.Line(sampleRate);
        Assert.Equal(1, Stoi.Of(line, line, sampleRate), 1e-9);
        Assert.Equal(1, Stoi.Of(line, [.. line.Select(sample => sample * -0.1f)], sampleRate), 1e-6);
    }

    [Fact]
    public void The_more_noise_the_less_is_intelligible()
    {
        // White noise up to 5 kHz, which is all that the measure hears. What implementations report for it: near 1 at
        // 30 dB, above 0.9 at 10 dB, about 0.8 at 0 dB, where one still understands sentences, 0.6 at -10 dB, where one
        // no longer does, and a floor below 0.5.
        float[] line = Spoken.Line(10_000);
        double[] scores =
            [.. new[] { 30.0, 20, 10, 0, -10, -30 }.Select(ratio => Stoi.Of(line, Noisy(line, ratio), 10_000))];
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(" ", scores.Select(score => $"{score:F3}")));
        Assert.Equal(scores.OrderDescending(), scores);
        Assert.InRange(scores[0], 0.97, 1);
        Assert.InRange(scores[2], 0.88, 0.98);
        Assert.InRange(scores[3], 0.70, 0.88);
        Assert.InRange(scores[4], 0.45, 0.70);
        Assert.InRange(scores[5], 0, 0.5);
    }

    [Fact]
    public void Other_speech_is_not_intelligible_as_this_speech()
    {
        float[] line = Spoken.Line(22_050);
        float[] backwards = [.. Enumerable.Reverse(line)];
        Assert.InRange(Stoi.Of(line, backwards, 22_050), -0.1, 0.35);
        Assert.Equal(0, Stoi.Of(line, new float[line.Length], 22_050), 1e-9);
    }

    [Fact]
    public void Less_than_384_ms_of_speech_has_no_measure()
    {
        float[] line = Spoken.Line(22_050);
        Assert.Equal(double.NaN, Stoi.Of(line.AsSpan(5_000, 7_000), line.AsSpan(5_000, 7_000), 22_050));
        Assert.Equal(double.NaN, Stoi.Of([], [], 22_050));
        Assert.Equal(double.NaN, Stoi.Of(new float[50_000], new float[50_000], 22_050));
        Assert.Equal(1, Stoi.Of(line.AsSpan(5_000, 22_050), line.AsSpan(5_000, 22_050), 22_050), 1e-9);
    }

    [Fact]
    public void The_fifteen_bands_lie_where_the_paper_puts_them()
    {
        // 150 Hz and every third of an octave up to 3.8 kHz, edges at the nearest of the bins 19.53 Hz apart.
        Assert.Equal((7, 9), OctaveEnvelopes.BinsOf(0));
        Assert.Equal((69, 87), OctaveEnvelopes.BinsOf(10));
        Assert.Equal((174, 219), OctaveEnvelopes.BinsOf(14));
        for (int band = 1; band < OctaveEnvelopes.Bands; band++)
            Assert.Equal(OctaveEnvelopes.BinsOf(band - 1).End, OctaveEnvelopes.BinsOf(band).First);
    }

    [Fact]
    public void A_tone_is_heard_in_its_own_band()
    {
        float[] tone = Signals.Sine(10_000, 150 * Math.Pow(2, 7 / 3.0), 10_000);
        foreach (double[] frame in OctaveEnvelopes.Of(tone))
            Assert.Equal(7, Array.IndexOf(frame, frame.Max()));
    }

    [Fact]
    public void Frames_more_than_40_dB_below_the_loudest_are_dropped_from_both_signals()
    {
        float[] speech = Signals.Noise(12_800, amplitude: 0.5);
        float[] clean = [.. speech[..6_400], .. speech[6_400..].Select(sample => sample * 0.001f), .. speech];
        float[] processed = [.. Enumerable.Range(0, clean.Length).Select(i => (float)i)];
        var (x, y) = SpeechParts.Keep(clean, processed, 40);
        Assert.Equal(x.Length, y.Length);
        Assert.InRange(x.Length, 12_800 + 6_400 - 512, 12_800 + 6_400 + 512);

        // Overlapping Hann windows add up to about 1: what is kept is what it was.
        Assert.Equal(clean[3_000], x[3_000], 0.01f);
        Assert.Equal(3_000, y[3_000], 30f);

        var (all, _) = SpeechParts.Keep(speech, speech, 40);
        Assert.Equal(speech.Length, all.Length, 256.0);
    }

    [Fact]
    public void A_band_counts_as_lost_where_distortion_is_more_than_15_dB_above_the_speech()
    {
        // A clean envelope of 1, and one frame of 100 in the processed one: clipped to 1 + 10^(15/20) of the clean one,
        // both then compared.
        List<double[]> clean = [.. Enumerable.Range(0, 30).Select(i => new double[] { 1 + (i % 2) })];
        List<double[]> processed = [.. clean.Select(frame => (double[])frame.Clone())];
        processed[4][0] = 1_000;
        double gain = Math.Sqrt(clean.Sum(frame => frame[0] * frame[0]) / processed.Sum(frame => frame[0] * frame[0]));
        double[] expected =
            [.. processed.Select((frame, i) => Math.Min(frame[0] * gain, clean[i][0] * (1 + Math.Pow(10, 0.75))))];
        double meanX = clean.Average(frame => frame[0]);
        double meanY = expected.Average();
        double xy = expected.Select((y, i) => (y - meanY) * (clean[i][0] - meanX)).Sum();
        double xx = clean.Sum(frame => Math.Pow(frame[0] - meanX, 2));
        double yy = expected.Sum(y => Math.Pow(y - meanY, 2));
        Assert.Equal(1 + Math.Pow(10, 0.75), expected[4], 1e-9);
        Assert.Equal(xy / Math.Sqrt(xx * yy), Stoi.Similarity(clean, processed, 0, 0), 1e-9);
    }

    private static float[] Noisy(float[] speech, double ratio)
    {
        float[] noise = Signals.Noise(speech.Length, amplitude: 1, seed: 9);
        double gain = Math.Sqrt(
            speech.Sum(s => (double)s * s) / noise.Sum(n => (double)n * n) / Math.Pow(10, ratio / 10));
        return [.. speech.Select((sample, i) => (float)(sample + (gain * noise[i])))];
    }
}
