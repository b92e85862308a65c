using System;
using System.Linq;
using System.Numerics;
using CsCheck;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;
using R3X.FxHost.Sdk.Dsp.Kernels;
using Xunit;

namespace R3X.FxHost.Tests.Sdk;

public sealed class ToolboxTests
{
    [Fact]
    public void Tanh_is_tanh()
    {
        // Measured: 2.5e-7.
        for (float x = -20; x < 20; x += 0.0007f)
            Assert.Equal(Math.Tanh(x), Tanh(x), 4e-7);
        foreach (float tiny in new[] { 1e-3f, 1e-6f, 1e-12f })
            Assert.Equal(1, Tanh(tiny) / Math.Tanh(tiny), 1e-6);

        static double Tanh(float x)
        {
            var top = Curve.Tanh(Lanes4.All(x), out var bottom);
            return (top / bottom).Last;
        }
    }

    [Fact]
    public void Logarithm_and_power_undo_each_other()
    {
        for (double x = 1e-10; x < 1e7; x *= 1.0137)
        {
            float log = Exponential.Log2(new Vector<float>((float)x))[0];
            Assert.Equal(Math.Log2((float)x), log, 2e-6);
            Assert.Equal(1, Exponential.Exp2(new Vector<float>(log))[0] / (float)x, 3e-6);
        }

        Assert.Equal(1f, Exponential.Exp2(Vector<float>.Zero)[0]);
    }

    [Fact]
    public void Oversampling_there_and_back_is_flat_and_leaves_no_images()
    {
        const int Length = 4096;
        var many = new float[Oversampler.Factor * Length];
        foreach (int bin in new[] { 41, 811, 1229, 1801 })
        {
            var oversampler = new Oversampler(1);
            var sound = Signals.Sine(Length * 2, bin, Length);
            var back = new float[sound.Length];
            for (int start = 0; start < sound.Length; start += SegmentedEffect.SegmentFrames)
            {
                // The second half of the sound is the one that has settled.
                var up = many.AsSpan(
                    Oversampler.Factor * (start % Length), Oversampler.Factor * SegmentedEffect.SegmentFrames);
                oversampler.Up(0, sound.AsSpan(start, SegmentedEffect.SegmentFrames), up);
                oversampler.Down(0, up, back.AsSpan(start, SegmentedEffect.SegmentFrames));
            }

            Assert.Equal(1, Signals.Amplitude(back.AsSpan(Length), bin, Length), 0.001);
            var power = Signals.PowerSpectrum(many);
            double images = power.Where((_, k) => k != bin).Sum() / power[bin];
            Assert.InRange(10 * Math.Log10(images), -400, -104);
        }
    }

    [Fact]
    public void A_fixed_delay_delays_whatever_the_blocks()
    {
        Gen.Select(Gen.Int[0, 40], Gen.Int[1, 60].Array[1, 20]).Sample((delay, blocks) =>
        {
            var fixedDelay = new FixedDelay(1, delay);
            float[] sound = [.. Enumerable.Range(1, blocks.Sum()).Select(i => (float)i)];
            var heard = new float[sound.Length];
            int start = 0;
            foreach (int block in blocks)
            {
                fixedDelay.Process(0, sound.AsSpan(start, block), heard.AsSpan(start, block));
                start += block;
            }

            return heard.Select((s, i) => s == (i < delay ? 0 : sound[i - delay])).All(right => right);
        });
    }

    [Fact]
    public void Only_what_is_no_sound_is_cleaned()
    {
        Gen.Single.Array[1, 70].Sample(samples =>
        {
            var cleaned = samples.ToArray();
            FiniteSamples.Clean(cleaned);
            return samples.Zip(cleaned).All(p => Math.Abs(p.First) <= FiniteSamples.Limit
                ? BitConverter.SingleToInt32Bits(p.First) == BitConverter.SingleToInt32Bits(p.Second)
                : p.Second == 0);
        });
    }

    [Fact]
    public void A_follower_goes_63_percent_of_the_way_in_its_time()
    {
        var follower = new EnvelopeFollower(48_000);
        follower.JumpTo(10, 100);
        var level = Enumerable.Repeat(1f, 4800).ToArray();
        follower.Process(level);
        Assert.Equal(1 - Math.Exp(-1), level[479], 1e-4);
    }

    [Fact]
    public void Decayed_memory_becomes_zero()
    {
        float[] memory = [1, 1e-21f, -1e-30f, -1e-19f, 0, 1e-21f, 1e-21f, 1e-21f, 1e-21f, 1e-21f, 1e-21f, 2];
        Denormal.Flush(memory);
        Assert.Equal([1, 0, 0, -1e-19f, 0, 0, 0, 0, 0, 0, 0, 2], memory);
    }
}
