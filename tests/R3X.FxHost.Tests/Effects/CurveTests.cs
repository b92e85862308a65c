using System;
using System.Linq;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

public sealed class CurveTests
{
    private const int Length = 65_536;

    private static readonly int[] Rates = [8_000, 16_000, 24_000, 44_100, 48_000, 96_000];

    public static TheoryData<string> Curves =>
    [
        "250:-6 1250:8",
        "1000:-6",
        "80:12 20000:-12",
        "730:-7 1270:7 1850:-5 2450:6 3300:-4 3850:5 4600:-6",
        "1000:6 1010:-6 4000:3",
        "100:24 200:-24 400:24 800:-24",
        "THIRDS:12",
        "THIRDS:-12",
        "THIRDS:zigzag12",
        "THIRDS:zigzag24",
        "THIRDS:random24",
    ];

    [Theory]
    [MemberData(nameof(Curves))]
    public void The_gain_at_every_point_is_what_is_written_at_every_rate(string curve)
    {
        var points = Read(curve);
        foreach (int rate in Rates)
        {
            var line = Line(points, rate);
            var heard = line.Run(Signals.Impulse(line.Timing.TailFrames + 1));
            foreach (var point in points.Points.Where(p => p.Frequency <= 0.49 * rate))
                Assert.Equal(point.Value, Gain(heard, point.Frequency, rate), 0.1);
        }
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.6)]
    public void The_strength_is_a_share_of_every_points_decibels(double strength)
    {
        foreach (string curve in new[] { "250:-6 1250:8", "730:-12 1270:12 1850:-5 2450:6 3300:-4", "THIRDS:-12" })
        {
            var points = Read(curve);
            var heard = Line(points, 48_000, ("strength", 100 * strength)).Run(Signals.Impulse(Length));
            foreach (var point in points.Points)
                Assert.Equal(strength * point.Value, Gain(heard, point.Frequency, 48_000), 0.3);
        }
    }

    [Fact]
    public void Between_points_the_curve_goes_from_one_to_the_next()
    {
        var heard = Line(Read("200:-6 1600:9"), 48_000).Run(Signals.Impulse(Length));
        double last = -6.3;
        for (double hertz = 200; hertz <= 1600; hertz *= 1.05)
        {
            double gain = Gain(heard, hertz, 48_000);
            Assert.InRange(gain, last - 0.1, 9.3);
            last = gain;
        }

        // And points of one height give a plateau.
        heard = Line(Read("200:6 3000:6"), 48_000).Run(Signals.Impulse(Length));
        for (double hertz = 200; hertz <= 3000; hertz *= 1.05)
            Assert.Equal(6, Gain(heard, hertz, 48_000), 0.6);
    }

    [Fact]
    public void Beyond_the_ends_the_curve_goes_back_to_nothing()
    {
        var heard = Line(Read("500:9 1000:9"), 48_000).Run(Signals.Impulse(Length));
        Assert.InRange(Gain(heard, 250, 48_000), 0.5, 4);
        Assert.InRange(Gain(heard, 2000, 48_000), 0.5, 4);
        Assert.InRange(Gain(heard, 60, 48_000), 0, 0.5);
        Assert.InRange(Gain(heard, 8000, 48_000), 0, 0.5);
    }

    [Fact]
    public void Nothing_comes_late_and_the_energy_comes_as_early_as_it_can()
    {
        // A minimum-phase response begins at once with exp(the mean of its logarithm), and no other of this
        // magnitude begins with more.
        foreach (string curve in new[] { "250:-6 1250:8", "THIRDS:12", "THIRDS:zigzag12" })
        {
            var line = Line(Read(curve), 48_000);
            Assert.Equal(0, line.Timing.LatencyFrames);
            var heard = line.Run(Signals.Impulse(Length));
            var power = Signals.PowerSpectrum(heard);
            double ends = Math.Log(power[0]) + Math.Log(power[^1]);
            double mean = (power[1..^1].Sum(Math.Log) + (ends / 2)) / (power.Length - 1);
            Assert.Equal(Math.Exp(mean / 2), heard[0], 1e-3);
        }
    }

    [Fact]
    public void All_points_at_0_dB_or_no_strength_give_the_input_back_bit_for_bit()
    {
        var sound = Signals.Noise(4000);
        Assert.Equal(sound, Line(FrequencyCurve.Flat, 44_100).Run(sound));
        Assert.Equal(sound, Line(Read("THIRDS:0"), 44_100).Run(sound));
        var line = Line(Read("THIRDS:zigzag12"), 44_100, ("strength", 0));
        Assert.Equal(sound, line.Run(sound));

        // And so does one that moved there, after the move.
        var moved = Line(Read("THIRDS:zigzag12"), 44_100);
        moved.Run(sound.AsSpan(0, 1_024));
        moved.Set("strength", 0);
        moved.Run(sound.AsSpan(0, 32));
        Assert.Equal(sound, moved.Run(sound));
        Assert.Equal(0, Line(Read("THIRDS:0"), 44_100).Timing.TailFrames);
    }

    [Fact]
    public void A_point_the_line_cannot_carry_changes_nothing_and_says_so_once()
    {
        var line = Line(Read("1000:6 5000:12"), 8_000);
        Assert.Contains("5000 Hz", Assert.Single(line.Setup.Notes), StringComparison.Ordinal);
        var sound = Signals.Noise(4000);
        Assert.Equal(Line(Read("1000:6"), 8_000).Run(sound), line.Run(sound));
        Assert.Empty(Line(Read("1000:6 5000:0"), 8_000).Setup.Notes);
        Assert.Equal(sound, Line(Read("5000:12"), 8_000).Run(sound));
    }

    [Fact]
    public void A_strength_on_its_way_is_between_the_two()
    {
        var line = Line(Read("1000:12"), 48_000, ("strength", 0));
        var tone = Signals.Sine(9600, 1000, 48_000, 0.1);
        var heard = line.Run([tone], _ => 32, at => line.Set("strength", 100 * Math.Min(1, at / 4800.0)))[0];
        Assert.InRange(Signals.Amplitude(heard.AsSpan(2304, 192), 1000, 48_000), 0.17, 0.23);
        Assert.Equal(0.398, Signals.Amplitude(heard.AsSpan(7200, 2400), 1000, 48_000), 0.002);
    }

    private static Conformance.Line Line(
        FrequencyCurve curve, int rate, params (string Parameter, double Value)[] settings) =>
        new(DiscoveredEffects.Create("curve"), curve, rate, settings: settings);

    private static double Gain(float[] response, double hertz, int rate) =>
        Signals.Decibels(Signals.Amplitude(response, hertz, rate) * response.Length / 2);

    private static FrequencyCurve Read(string text)
    {
        if (!text.StartsWith("THIRDS:", StringComparison.Ordinal))
        {
            return new(text.Split(' ').Select(p => p.Split(':'))
                .Select(p => new CurvePoint(double.Parse(p[0], null), double.Parse(p[1], null))));
        }

        string kind = text[7..];
        var random = new Random(3);
        return new(Enumerable.Range(0, 24).Select(i => new CurvePoint(80 * Math.Pow(2, i / 3.0), kind switch
        {
            "zigzag12" => i % 2 == 0 ? 12 : -12,
            "zigzag24" => i % 2 == 0 ? 24 : -24,
            "random24" => -24 + (48 * random.NextDouble()),
            _ => double.Parse(kind, null),
        })));
    }
}
