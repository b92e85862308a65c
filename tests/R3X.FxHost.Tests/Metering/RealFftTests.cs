using System;
using System.Linq;
using R3X.FxHost.Metering;
using Xunit;

namespace R3X.FxHost.Tests.Metering;

public sealed class RealFftTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(64)]
    [InlineData(512)]
    public void The_transform_is_the_sum_that_defines_it(int size)
    {
        double[] samples = [.. Signals.Noise(size, seed: size).Select(sample => (double)sample)];
        var transform = new RealFft(size);
        var power = new double[transform.Bins];
        transform.Power(samples, power);
        for (int k = 0; k < power.Length; k++)
        {
            double re = 0;
            double im = 0;
            for (int i = 0; i < size; i++)
            {
                re += samples[i] * Math.Cos(2 * Math.PI * k * i / size);
                im -= samples[i] * Math.Sin(2 * Math.PI * k * i / size);
            }

            Assert.Equal((re * re) + (im * im), power[k], 1e-10 * size);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(100)]
    public void A_length_that_is_no_power_of_two_is_refused(int size)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RealFft(size));
    }
}
