using System;
using R3X.FxHost.Metering;
using Xunit;

namespace R3X.FxHost.Tests.Metering;

public sealed class KWeightingTests
{
    [Theory]
    [InlineData(8_000)]
    [InlineData(44_100)]
    [InlineData(96_000)]
    public void Eight_samples_at_once_weigh_as_much_as_one_by_one(int sampleRate)
    {
        float[] line = Signals.Noise(sampleRate);
        line[100] = float.NaN;
        line[101] = 1e30f;
        var wide = new KWeighting(sampleRate, isWide: true);
        var single = new KWeighting(sampleRate, isWide: false);
        for (int start = 0; start + 443 < line.Length; start += 443)
        {
            wide.Measure(line.AsSpan(start, 443));
            single.Measure(line.AsSpan(start, 443));
            double energy = single.TakeEnergy();
            Assert.Equal(energy, wide.TakeEnergy(), energy * 1e-9);
        }
    }

    [Fact]
    public void A_sliding_sum_is_that_of_the_last_values_and_keeps_nothing_of_what_was_loud()
    {
        var sum = new SlidingSum(7);
        for (int i = 1; i <= 50; i++)
        {
            double expected = 0;
            for (int j = Math.Max(1, i - 6); j <= i; j++)
                expected += j;
            Assert.Equal(expected, sum.Add(i));
        }

        sum.Add(1e30);
        for (int i = 0; i < 6; i++)
            sum.Add(0.1);
        Assert.Equal(0.7, sum.Add(0.1), 1e-15);
    }
}
