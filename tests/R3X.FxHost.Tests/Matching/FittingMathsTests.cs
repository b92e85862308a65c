using System;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Matching;
using R3X.FxHost.Metering.Likeness;
using R3X.FxHost.Tests.Hosting;
using Xunit;

namespace R3X.FxHost.Tests.Matching;

public sealed class FittingMathsTests
{
    [Fact]
    public void The_search_finds_the_bottom_of_a_bent_valley()
    {
        static double Rosenbrock(double[] x) => Enumerable.Range(0, x.Length - 1)
            .Sum(i => (100 * Math.Pow((4 * x[i + 1]) - 2 - Math.Pow((4 * x[i]) - 2, 2), 2))
                + Math.Pow(1 - ((4 * x[i]) - 2), 2));
        double[] found = new CmaEs(4, seed: 3).Minimise(
            [.. Enumerable.Repeat(0.55, 4)], 0.2, 600, Rosenbrock, TestContext.Current.CancellationToken);
        Assert.All(found, value => Assert.Equal(0.75, value, 0.005));
    }

    [Fact]
    public void The_search_stays_inside_and_the_same_seed_finds_the_same()
    {
        double[] Search(int seed) =>
            new CmaEs(4, seed).Minimise(
                [0.5, 0.5, 0.5, 0.5], 0.3, 60, x => x.Sum(v => Math.Pow(v - 1.2, 2)), TestContext.Current.CancellationToken);
        Assert.All(Search(1), value => Assert.InRange(value, 0.99, 1));
        Assert.Equal(Search(7), Search(7));
    }

    [Theory]
    [InlineData("en-us")]
    [InlineData("flite slt")]
    public void The_linear_model_agrees_with_the_effects_within_0_15_dB(string voice)
    {
        using FxHost host = TestHost.Create();
        MatchLine line = Lines.Of(voice, ..1)[0];
        ChainPlan plan = SyntheticCharacter.PlanOf(host, """
            preset: 1
            chain:
              - eq:
                  { high-pass: 150 Hz, presence: 1.6 kHz, presence-gain: 9 dB, low-shelf-gain: -8 dB }
              - comb: { delay: 0.9 ms, feedback: 55%, damping: 6 kHz, mix: 80% }
              - curve: { 250 Hz: -6 dB, 1.25 kHz: 5 dB, 3 kHz: -3 dB, 6 kHz: 4 dB }
              - limiter
            match-loudness: -32 LUFS
            """);
        PowerFrames dry = PowerFrames.All(LikenessSound.Of(line.Samples, line.SampleRate));
        double[] predicted = ToneModel.Bands.Tone(ToneModel.PartsOf(dry),
            ToneModel.Bands.Gains(LinearResponse.Of(plan, line.SampleRate)));
        double[] measured = ToneBands.Of(
            PowerFrames.OfSpeech(
            LikenessSound.Of(host.ApplyPlan([line.Samples], line.SampleRate, plan)[0], line.SampleRate)));
        // At that loudness the limiter rests. The lowest band holds one harmonic, which may lie between two parts.
        double[] errors = [.. Enumerable.Range(1, ToneBands.Count - 1)
            .Where(band => ToneBands.Centre(band) < 0.45 * line.SampleRate)
            .Select(band => predicted[band] - measured[band])];
        double common = errors.Average();
        double rms = Math.Sqrt(errors.Average(error => (error - common) * (error - common)));
        Assert.True(rms < 0.15, string.Join(' ', errors.Select(error => error.ToString("F2", null))));
    }

    [Theory]
    [InlineData(1.2)]
    [InlineData(1.45)]
    [InlineData(1.7)]
    [InlineData(2.0)]
    public void A_tube_is_found_within_0_05_ms(double delay)
    {
        using FxHost host = TestHost.Create();
        ChainPlan plan = SyntheticCharacter.PlanOf(host, FormattableString.Invariant(
            $"preset: 1\nchain:\n  - comb: {{ delay: {delay} ms, feedback: 50%, mix: 80% }}\n"));
        foreach (string voice in (string[])["en-us", "en-us+f3", "flite rms", "flite slt"])
        {
            PowerFrames[] dry = FramesOf(Lines.Of(voice, ..6));
            double? found = TubeFinder.Find(FramesOf(SyntheticCharacter.Through(host, Lines.Of(voice, 6..), plan)),
                dry);
            Assert.Null(TubeFinder.Find(FramesOf(Lines.Of(voice, 6..)), dry));
            Assert.NotNull(found);
            Assert.InRange(found.Value, delay - 0.05, delay + 0.05);
        }
    }

    private static PowerFrames[] FramesOf(MatchLine[] lines) =>
        [.. lines.Select(line => PowerFrames.OfSpeech(LikenessSound.Of(line.Samples, line.SampleRate)))];
}
