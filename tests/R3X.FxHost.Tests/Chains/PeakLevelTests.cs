using System;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Listening;
using Xunit;

namespace R3X.FxHost.Tests.Chains;

public sealed class PeakLevelTests
{
    [Fact]
    public void The_peak_is_found_wherever_it_lies_in_a_block_of_any_length()
    {
        float[] noise = TestSignal.WhiteNoise(-30, 150);
        for (int length = 1; length <= noise.Length; length++)
        {
            for (int at = 0; at < length; at++)
            {
                float[] samples = noise[..length];
                samples[at] = at % 2 == 0 ? 0.9f : -0.9f;
                Assert.Equal(0.9f, PeakLevel.Of(new AudioBlock(samples)));
            }
        }
    }

    [Fact]
    public void A_scan_that_copies_finds_the_same_peak_and_copies_the_block_and_nothing_more()
    {
        float[] noise = TestSignal.WhiteNoise(-30, 150);
        for (int length = 1; length <= noise.Length; length++)
        {
            var copy = new float[noise.Length + 1];
            var block = new AudioBlock(noise.AsSpan(0, length));
            Assert.Equal(PeakLevel.Of(block), PeakLevel.Of(block, new AudioBlock(copy.AsSpan(0, length))));
            Assert.Equal([.. noise[..length], .. new float[copy.Length - length]], copy);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void What_is_not_a_number_is_found_wherever_it_lies(float poison)
    {
        for (int at = 0; at < 100; at++)
        {
            float[] samples = new float[100];
            samples[at] = poison;
            samples[99 - at] += 1e30f;
            Assert.Equal(float.PositiveInfinity, PeakLevel.Of(new AudioBlock(samples)));
            samples[at] = float.MaxValue;
            Assert.Equal(float.MaxValue, PeakLevel.Of(new AudioBlock(samples)));
        }
    }

    [Fact]
    public void The_loudest_channel_counts()
    {
        float[] planar = [.. Enumerable.Repeat(0.1f, 20), .. Enumerable.Repeat(-0.7f, 20)];
        Assert.Equal(0.7f, PeakLevel.Of(new AudioBlock(planar, 2, 20, 20)));
        Assert.Equal(0, PeakLevel.Of(new AudioBlock(new float[40], 2, 20, 20)));
    }
}
