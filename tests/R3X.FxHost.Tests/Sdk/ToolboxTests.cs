using System;
using System.Linq;
using System.Numerics;
using CsCheck;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;
using R3X.FxHost.Tests.Effects;
using Xunit;

namespace R3X.FxHost.Tests.Sdk;

public sealed class ToolboxTests
{
    [Fact]
    public void Tanh_is_tanh()
    {
        // Measured: 2.5e-7.
        for (float x = -20; x < 20; x += 0.0007f)
            Assert.Equal(Math.Tanh(x), Curve.Tanh(new Vector<float>(x))[0], 4e-7);
        foreach (float tiny in new[] { 1e-3f, 1e-6f, 1e-12f })
            Assert.Equal(1, Curve.Tanh(new Vector<float>(tiny))[0] / Math.Tanh(tiny), 1e-6);
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
                var up = many.AsSpan(Oversampler.Factor * (start % Length), Oversampler.Factor * SegmentedEffect.SegmentFrames);
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
    public void Segments_end_at_the_same_frames_however_a_line_is_cut()
    {
        Gen.Int[1, 1024].Array[1, 40].Sample(blocks =>
        {
            var clock = default(SegmentClock);
            long at = 0;
            foreach (int block in blocks)
            {
                for (int left = block; left > 0;)
                {
                    int frames = clock.Take(left, moving: false);
                    if (frames < 1 || frames > left || (at / SegmentedEffect.SegmentFrames) != ((at + frames - 1) / SegmentedEffect.SegmentFrames))
                        return false;
                    at += frames;
                    left -= frames;
                    if (clock.IsAtEdge != (at % SegmentedEffect.SegmentFrames == 0))
                        return false;
                }
            }

            return true;
        });
    }

    [Fact]
    public void Whole_cells_are_taken_off_the_grid_and_its_lines_met_again_when_something_moves()
    {
        const int Cell = 16;
        Gen.Select(Gen.Int[1, 1024], Gen.Bool).Array[1, 20].Sample(blocks =>
        {
            var clock = default(SegmentClock);
            int at = 0;
            foreach ((int block, bool moving) in blocks)
            {
                for (int left = block; left > 0;)
                {
                    int frames = clock.TakeCells(left, moving);
                    int most = moving ? ParameterGrid.Frames - (at % ParameterGrid.Frames) : SegmentedEffect.SegmentFrames - (at % Cell);
                    if (frames != Math.Min(left, most))
                        return false;
                    at += frames;
                    left -= frames;
                    if (clock.Position != at % SegmentedEffect.SegmentFrames)
                        return false;
                }
            }

            return true;
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
