using System;
using System.Collections.Generic;
using CsCheck;
using R3X.FxHost.Resampling;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Resampling;

public sealed class ResamplerTests
{
    public static TheoryData<int, int> Pairs { get; } = new()
    {
        { 44_100, 48_000 }, { 48_000, 44_100 }, { 24_000, 48_000 }, { 22_050, 48_000 }, { 8_000, 48_000 },
            { 16_000, 44_100 },
        { 48_000, 8_000 }, { 96_000, 44_100 }, { 192_000, 96_000 }, { 11_025, 192_000 }, { 192_000, 8_000 },
            { 44_100, 47_951 }, { 48_000, 44_101 },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Tones_up_to_the_pass_edge_keep_their_level_and_place(int from, int to)
    {
        int lower = Math.Min(from, to);
        foreach (double part in (double[])[0.01, 0.1, 0.2, 0.3, 0.37, 0.41, 0.425, 0.43])
        {
            float[] output = Resample(Tone(from, part * lower, from / 4), from, to);
            (double inPhase, double quadrature) = Fit(output, to, part * lower);
            Assert.InRange(
                20 * Math.Log10(Math.Sqrt((inPhase * inPhase) + (quadrature * quadrature)) / 0.5), -0.01, 0.01);
            // A sine from phase 0 stays one: the filter's delay is taken out exactly.
            Assert.InRange(Math.Abs(quadrature / inPhase), 0, 2e-3);
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void What_is_not_the_tone_is_90_dB_below_it(int from, int to)
    {
        int lower = Math.Min(from, to);
        foreach (double part in (double[])[0.05, 0.25, 0.4, 0.43, 0.46])
        {
            float[] output = Resample(Tone(from, part * lower, from / 4), from, to);
            Assert.InRange(Residual(output, to, part * lower), double.NegativeInfinity, -90);
        }
    }

    [Theory]
    [InlineData(48_000, 44_100)]
    [InlineData(96_000, 48_000)]
    [InlineData(48_000, 8_000)]
    [InlineData(44_100, 16_000)]
    public void Tones_above_half_the_lower_rate_vanish(int from, int to)
    {
        for (double frequency = to * 0.5001; frequency < from * 0.49; frequency += from * 0.011)
        {
            float[] output = Resample(Tone(from, frequency, from / 4), from, to);
            Assert.InRange(Level(output) - Level(Tone(from, frequency, from / 4)), double.NegativeInfinity, -90);
        }
    }

    [Fact]
    public void The_length_is_the_inputs_length_times_the_ratio()
    {
        Gen.Select(Gen.Int[8_000, 192_000], Gen.Int[8_000, 192_000], Gen.Int[0, 3_000]).Sample(
            (from, to, frames) =>
                Resample(new float[frames], from, to).Length == (int)Math.Floor(((double)frames * to / from) + 0.5),
            iter: 30);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_output_is_the_same_however_the_input_was_cut(int from, int to)
    {
        float[] input = Noise(3_000, 5);
        float[] whole = Resample(input, from, to);
        Gen.Select(Gen.Int[1, 700].Array[1, 8], Gen.Int[1, 900]).Sample(
            (cuts, room) => Resample(input, from, to, cuts, room).AsSpan().SequenceEqual(whole), iter: 15);
    }

    [Fact]
    public void Equal_rates_pass_bit_for_bit()
    {
        float[] input = Noise(5_000, 6);
        Assert.Equal(input, Resample(input, 44_100, 44_100, [17], 100));
    }

    [Fact]
    public void Each_channel_is_resampled_by_itself()
    {
        float[] left = Noise(2_000, 1);
        float[] right = Noise(2_000, 2);
        var resampler = new Resampler(22_050, 48_000, 2);
        var input = new AudioBuffer(2, 2_000);
        left.CopyTo(input[0]);
        right.CopyTo(input[1]);
        var output = new AudioBuffer(2, 6_000);
        int frames = resampler.Process(input.Block(2_000), output.Block(6_000)).FramesProduced;
        frames += resampler.Flush(output.Block(frames, 6_000 - frames));
        Assert.Equal(Resample(left, 22_050, 48_000), output[0][..frames]);
        Assert.Equal(Resample(right, 22_050, 48_000), output[1][..frames]);
    }

    [Fact]
    public void Reset_is_as_good_as_new_and_a_constant_stays_constant()
    {
        float[] ones = new float[2_000];
        Array.Fill(ones, 0.25f);
        var resampler = new Resampler(44_100, 48_000, 1);
        float[] first = Run(resampler, ones, [100], 1_000);
        resampler.Reset();
        float[] second = Run(resampler, ones, [33], 77);
        Assert.Equal(first, second);
        foreach (float sample in first.AsSpan(100, 1_900))
            Assert.InRange(sample, 0.249999, 0.250001);
    }

    [Fact]
    public void An_output_sample_comes_as_soon_as_the_look_ahead_has()
    {
        var resampler = new Resampler(44_100, 48_000, 1);
        float[] one = [1];
        float[] room = new float[16];
        int fed = 0;
        int produced = 0;
        while (produced == 0)
        {
            produced = resampler.Process(new AudioBlock(one), new AudioBlock(room)).FramesProduced;
            fed++;
        }

        Assert.Equal(resampler.LookAhead + 1, fed);
        // 1 ms at 44.1 kHz: this is part of what a line waits for.
        Assert.InRange(resampler.LookAhead, 1, 44);
    }

    [Fact]
    public void Nothing_is_allocated_while_it_runs()
    {
        var resampler = new Resampler(44_100, 48_000, 2);
        var input = new AudioBuffer(2, 1_024);
        var output = new AudioBuffer(2, 1_024);
        Run();
        Assert.Equal(0, Allocations.Fewest(Run));

        void Run()
        {
            for (int i = 0; i < 10; i++)
                _ = resampler.Process(input.Block(700), output.Block(1_024));
        }
    }

    [Fact]
    public void What_it_cannot_do_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Resampler(7_999, 48_000, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Resampler(48_000, 192_001, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Resampler(48_000, 44_100, 0));
        var resampler = new Resampler(48_000, 44_100, 2);
        Assert.Throws<ArgumentException>(
            () => resampler.Process(new AudioBlock(new float[4]), new AudioBlock(new float[4])));
        _ = resampler.Flush(new AudioBuffer(2, 4).Block(4));
        Assert.Throws<InvalidOperationException>(
            () => resampler.Process(new AudioBuffer(2, 4).Block(4), new AudioBuffer(2, 4).Block(4)));
    }

    private static float[] Resample(float[] input, int from, int to, int[]? cuts = null, int room = 1_024)
        => Run(new Resampler(from, to, 1), input, cuts ?? [1_024], room);

    private static float[] Run(Resampler resampler, float[] input, int[] cuts, int room)
    {
        var output = new List<float>();
        float[] block = new float[room];
        int start = 0;
        for (int i = 0; start < input.Length; i++)
        {
            int end = Math.Min(input.Length, start + cuts[i % cuts.Length]);
            ResampleStep step;
            do
            {
                step = resampler.Process(new AudioBlock(input.AsSpan(start..end)), new AudioBlock(block));
                start += step.FramesConsumed;
                output.AddRange(block.AsSpan(0, step.FramesProduced));
            }
            while (start < end || step.FramesProduced == room);
        }

        while (resampler.Flush(new AudioBlock(block)) is var frames && frames > 0)
            output.AddRange(block.AsSpan(0, frames));
        return [.. output];
    }

    private static float[] Tone(int rate, double frequency, int frames)
    {
        float[] tone = new float[frames];
        for (int i = 0; i < frames; i++)
            tone[i] = (float)(0.5 * Math.Sin(2 * Math.PI * frequency * i / rate));
        return tone;
    }

    private static float[] Noise(int frames, int seed)
    {
        var random = new Random(seed);
        float[] noise = new float[frames];
        for (int i = 0; i < frames; i++)
            noise[i] = random.NextSingle() - 0.5f;
        return noise;
    }

    // The middle, where the filter does not see the tone's ends.
    private static (int Start, int End) Middle(int frames) => (frames / 4, frames * 3 / 4);

    // Sine and cosine that fit best, solved from the two normal equations.
    private static (double Sine, double Cosine) Fit(float[] samples, int rate, double frequency)
    {
        double ss = 0, sc = 0, cc = 0, sy = 0, cy = 0;
        (int start, int end) = Middle(samples.Length);
        for (int i = start; i < end; i++)
        {
            (double s, double c) = Math.SinCos(2 * Math.PI * frequency * i / rate);
            ss += s * s;
            sc += s * c;
            cc += c * c;
            sy += s * samples[i];
            cy += c * samples[i];
        }

        double determinant = (ss * cc) - (sc * sc);
        return (((sy * cc) - (cy * sc)) / determinant, ((cy * ss) - (sy * sc)) / determinant);
    }

    private static double Residual(float[] samples, int rate, double frequency)
    {
        (double sine, double cosine) = Fit(samples, rate, frequency);
        double tone = 0, rest = 0;
        (int start, int end) = Middle(samples.Length);
        for (int i = start; i < end; i++)
        {
            (double s, double c) = Math.SinCos(2 * Math.PI * frequency * i / rate);
            double fitted = (sine * s) + (cosine * c);
            tone += fitted * fitted;
            rest += (samples[i] - fitted) * (samples[i] - fitted);
        }

        return 10 * Math.Log10(rest / tone);
    }

    private static double Level(float[] samples)
    {
        double power = 1e-30;
        (int start, int end) = Middle(samples.Length);
        for (int i = start; i < end; i++)
            power += (double)samples[i] * samples[i];
        return 10 * Math.Log10(power / (end - start));
    }
}
