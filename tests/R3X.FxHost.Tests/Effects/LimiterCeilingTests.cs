using System;
using System.Linq;
using R3X.FxHost.Sdk.Dsp;
using R3X.FxHost.Tests.Metering;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

/// <summary>The ceiling of -1 dBTP by other people's meter.</summary>
public sealed class LimiterCeilingTests
{
    private const double DrivenTo = 11;

    [Theory]
    [InlineData(16_000)]
    [InlineData(22_050)]
    [InlineData(24_000)]
    [InlineData(44_100)]
    [InlineData(48_000)]
    public void Speech_driven_12_decibels_over_stays_under_it_by_ffmpegs_meter(int rate)
    {
        float[] line = Spoken.Line(rate);
        StaysUnder(line, DrivenTo - Signals.Decibels(Signals.Peak(line)), rate);
    }

    // Cases 15 to 19 of EBU Tech 3341: a sine whose peaks lie between the samples.
    [Theory]
    [InlineData(4, 0.0)]
    [InlineData(4, 45.0)]
    [InlineData(6, 60.0)]
    [InlineData(8, 67.5)]
    public void Sines_whose_peaks_lie_between_the_samples_stay_under_it(int period, double degrees)
    {
        foreach (int rate in new[] { 16_000, 48_000 })
        {
            float[] sine = [.. Enumerable.Range(0, 2 * rate).Select(i =>
                (float)(Fade(i, 2 * rate, rate) * Math.Sin((2 * Math.PI * i / period) + (degrees * Math.PI / 180))))];
            StaysUnder(sine, DrivenTo, rate);
        }
    }

    // Cases 3 and 5: levels that jump.
    [Fact]
    public void A_tone_whose_level_jumps_stays_under_it() =>
        StaysUnder(
            Tone.Stretches(48_000, (1, -36), (2, -23), (1, -36), (1, -26), (1, 0), (1, -40), (1, 0)), DrivenTo, 48_000);

    private static double Fade(int i, int frames, int rate) => Math.Min(1, Math.Min(i, frames - 1 - i) / (0.05 * rate));

    private static void StaysUnder(float[] sound, double gain, int rate)
    {
        var driven = sound.Select(s => s * (float)Decibels.ToGain(gain)).ToArray();
        double peak = Spoken.MeasuredByFfmpeg(Line.At(rate, "limiter").Run(driven), rate, 1).TruePeak;
        TestContext.Current.TestOutputHelper?.WriteLine($"{rate} Hz: {peak:F3} dBTP");
        Assert.InRange(peak, -1.6, -1.0);
    }
}
