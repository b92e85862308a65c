using System;
using System.Linq;
using R3X.FxHost.Metering;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Listening;
using Xunit;

namespace R3X.FxHost.Tests.Auditioning;

public sealed class BandSpectrumTests
{
    [Theory]
    [InlineData(8_000, 12)]
    [InlineData(44_100, 24)]
    [InlineData(48_000, 45)]
    public void A_sine_shows_in_its_band_as_loud_as_it_is(int rate, int band)
    {
        var spectrum = new BandSpectrum(new AudioFormat(rate, 1));
        spectrum.Hear(new AudioBlock(TestSignal.Sine(BandSpectrum.MiddleOf(band), 0, rate, rate)));
        double[] levels = [.. spectrum.Read()];
        Assert.Equal(band, Array.IndexOf(levels, levels.Max()));
        // Of a band that is narrower than the window resolves, the neighbours get some.
        Assert.InRange(10 * Math.Log10(levels.Sum(level => Math.Pow(10, level / 10))), -3.1, -2.9);
        Assert.InRange(levels[band], band < 20 ? -8 : -3.2, -2.9);
    }

    [Fact]
    public void Silence_and_what_is_above_half_the_rate_are_no_level()
    {
        var spectrum = new BandSpectrum(new AudioFormat(8_000, 2));
        Assert.All(spectrum.Read(), level => Assert.Equal(double.NegativeInfinity, level));
        var noise = new AudioBuffer(2, 8_000);
        TestSignal.WhiteNoise(-20, 8_000).CopyTo(noise[0]);
        spectrum.Hear(noise.Block(8_000));
        Assert.All(spectrum.Read().Skip(39), level => Assert.Equal(double.NegativeInfinity, level));
        Assert.All(spectrum.Read().Take(37), level => Assert.InRange(level, -80, -20));
    }
}
