using System;
using System.Linq;
using System.Numerics;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;
using R3X.FxHost.Tests.Effects;
using Xunit;

namespace R3X.FxHost.Tests.Sdk;

public sealed class FilterTests
{
    [Theory]
    [InlineData(1000, 0.437)]
    [InlineData(2000, 1.915)]
    [InlineData(4000, 6.000)]
    [InlineData(6000, 3.704)]
    [InlineData(7000, 2.975)]
    public void A_matched_peak_has_the_published_response(double hertz, double decibels) =>
        Assert.Equal(decibels, Signals.Decibels(MatchedFilters.Peak(4000 / 16_000.0, 1, 6).MagnitudeAt(hertz / 16_000)), 0.001);

    [Theory]
    [InlineData(16_000, 0.51)]
    [InlineData(22_050, 0.34)]
    [InlineData(24_000, 0.30)]
    [InlineData(44_100, 0.10)]
    [InlineData(48_000, 0.08)]
    public void A_matched_peak_follows_its_prototype_to_the_top(int rate, double error)
    {
        var design = MatchedFilters.Peak(4000.0 / rate, 1, 6);
        double worst = 0;
        for (double hertz = 20; hertz < 0.45 * rate; hertz += 10)
        {
            var s = new Complex(0, hertz / 4000);
            double a = Math.Pow(10, 6 / 40.0);
            double analogue = (((s * s) + (s * a) + 1) / ((s * s) + (s / a) + 1)).Magnitude;
            worst = Math.Max(worst, Math.Abs(Signals.Decibels(design.MagnitudeAt(hertz / rate) / analogue)));
        }

        Assert.InRange(worst, 0, error + 0.01);
    }

    [Fact]
    public void Every_design_in_reach_is_stable_and_runs_as_designed()
    {
        for (double frequency = 0.0002; frequency <= MatchedFilters.HighestFrequency; frequency *= 1.4)
        {
            foreach (double octaves in new[] { 0.3, 2, 4.0 })
            {
                foreach (double gain in new[] { -12, -3, 0, 3, 12.0 })
                    RunsAsDesigned(MatchedFilters.Peak(frequency, MatchedFilters.QFromOctaves(octaves), gain));
            }

            RunsAsDesigned(MatchedFilters.HighPass(frequency, MatchedFilters.ButterworthQ));
        }
    }

    [Theory]
    [InlineData(80, 48_000)]
    [InlineData(20, 96_000)]
    public void A_low_corner_costs_no_precision(double hertz, int rate)
    {
        // The same filter in a direct form of doubles, which is exact enough to compare with.
        var design = MatchedFilters.HighPass(hertz / rate, MatchedFilters.ButterworthQ);
        var sound = Signals.Noise(rate, 0.5);
        double x1 = 0, x2 = 0, y1 = 0, y2 = 0, error = 0, power = 0;
        var heard = sound.ToArray();
        var filter = new StateVariableFilter(1);
        filter.JumpTo(new StateVariableCoefficients(design));
        filter.Process(new AudioBlock(heard));
        for (int i = 0; i < sound.Length; i++)
        {
            double x = sound[i];
            double y = (design.B0 * x) + (design.B1 * x1) + (design.B2 * x2) - (design.A1 * y1) - (design.A2 * y2);
            (x2, x1, y2, y1) = (x1, x, y1, y);
            error += (heard[i] - y) * (heard[i] - y);
            power += y * y;
        }

        // Measured: -152 dB, which is the rounding of the output to single precision.
        Assert.InRange(10 * Math.Log10(error / power), -200, -140);
    }

    [Fact]
    public void Jumping_every_sample_does_not_ring_up()
    {
        var filter = new StateVariableFilter(1);
        var random = new Random(4);
        var sound = Signals.Noise(48_000, 1);
        for (int i = 0; i < sound.Length; i++)
        {
            filter.JumpTo(new StateVariableCoefficients(MatchedFilters.HighPass(random.Next(2) == 0 ? 20 / 48_000.0 : 0.4, MatchedFilters.ButterworthQ)));
            filter.Process(new AudioBlock(sound.AsSpan(i, 1)));
        }

        Assert.InRange(Signals.Peak(sound), 0.5, 4);
    }

    [Fact]
    public void A_peak_of_zero_decibels_is_no_filter()
    {
        var filter = new StateVariableFilter(1);
        filter.JumpTo(new StateVariableCoefficients(MatchedFilters.Peak(0.1, 0.7, 0)));
        var sound = Signals.Noise(4000);
        var heard = sound.ToArray();
        filter.Process(new AudioBlock(heard));
        Assert.Equal(sound, heard);
    }

    private static void RunsAsDesigned(Biquad design)
    {
        Assert.InRange(design.A2, -1, 1);
        Assert.True(Math.Abs(design.A1) < 1 + design.A2);
        var c = new StateVariableCoefficients(design);

        // The state-space response at a few frequencies against the biquad's own.
        foreach (double f in new[] { 0.001, 0.03, 0.2, 0.45 })
        {
            var z = Complex.FromPolarCoordinates(1, 2 * Math.PI * f);
            var determinant = ((z - c.A11) * (z - c.A22)) - (c.A12 * c.A21);
            var s1 = (((z - c.A22) * c.B1) + (c.A12 * c.B2)) / determinant;
            var s2 = ((c.A21 * c.B1) + ((z - c.A11) * c.B2)) / determinant;
            var h = c.D + (c.C1 * s1) + (c.C2 * s2);
            Assert.Equal(design.MagnitudeAt(f), h.Magnitude, 1e-6 * Math.Max(1, design.MagnitudeAt(f)));
        }
    }
}
