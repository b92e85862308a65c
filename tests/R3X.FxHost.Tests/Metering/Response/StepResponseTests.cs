using System;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Threading.Tasks;
using R3X.FxHost.Chains;
using R3X.FxHost.Metering.Response;
using R3X.FxHost.Presets;
using R3X.FxHost.Tests.Chains;
using Xunit;

namespace R3X.FxHost.Tests.Metering.Response;

/// <summary>Measured against what textbooks say of such filters.</summary>
public sealed class StepResponseTests
{
    [Fact]
    public async Task An_equaliser_is_what_its_analogue_filters_are()
    {
        StepResponse? response = await StepResponse.MeasureAsync(
            Step("eq: { high-pass: 105 Hz, presence: 1.54 kHz, presence-gain: 11.5 dB, presence-width: 0.95 oct }"));
        double gain = Math.Pow(10, 11.5 / 20);
        double q = 1 / (2 * Math.Sinh(Math.Log(2) / 2 * 0.95));
        foreach (ResponsePoint point in response!.Points.Where(point => point.Frequency < 15_000))
        {
            var high = new Complex(0, point.Frequency / 105);
            var peak = new Complex(0, point.Frequency / 1540);
            Complex expected = high * high / ((high * high) + (high * Math.Sqrt(2)) + 1)
                * ((peak * peak) + (peak * Math.Sqrt(gain) / q) + 1)
                / ((peak * peak) + (peak / (Math.Sqrt(gain) * q)) + 1);
            Assert.Equal(20 * Math.Log10(expected.Magnitude), point.Decibels, 0.1);
        }
    }

    [Theory]
    [InlineData(0.5, 60)]
    [InlineData(8, -70)]
    [InlineData(30, 30)]
    public async Task A_comb_is_an_echo_that_comes_back_into_itself(double delay, double feedback)
    {
        StepResponse? response = await StepResponse.MeasureAsync(Step(string.Create(
            CultureInfo.InvariantCulture,
            $"comb: {{ delay: {delay} ms, feedback: {feedback}%, damping: 20 kHz, mix: 80% }}")));
        foreach (ResponsePoint point in response!.Points)
        {
            Complex echo = feedback / 100
                * Complex.FromPolarCoordinates(1, -2 * Math.PI * point.Frequency * delay / 1000);
            double expected = 20 * Math.Log10((1 + (0.8 * echo / (1 - echo))).Magnitude);
            Assert.Equal(expected, point.Decibels, 0.1);
            Assert.InRange(point.Decibels, point.Lowest, point.Highest);
        }
    }

    [Fact]
    public async Task A_setting_that_moves_widens_the_response_to_all_of_its_way()
    {
        StepResponse? response = await StepResponse.MeasureAsync(
            Step("eq: { high-pass: 20 Hz, presence: 2 kHz, presence-gain: wobble -6 dB to 10 dB at 3 Hz }"));
        ResponsePoint centre = response!.Points.MinBy(point => Math.Abs(point.Frequency - 2000));
        Assert.Equal(2, centre.Decibels, 0.1);
        Assert.Equal(-6, centre.Lowest, 0.1);
        Assert.Equal(10, centre.Highest, 0.1);
        Assert.Equal(16, response.Movement, 0.1);
        Assert.Equal(0, response.Points[0].Highest - response.Points[0].Lowest, 0.05);
    }

    [Theory]
    [InlineData("curve: { 250 Hz: -6 dB, 2 kHz: 4 dB }", 250, -6)]
    [InlineData("band-pass: { low-edge: 300 Hz, high-edge: 20 kHz, body-gain: 0 dB }", 300, -3)]
    [InlineData("gain: { level: -7 dB }", 1000, -7)]
    public async Task A_step_that_filters_has_what_its_settings_say(string step, double hertz, double decibels)
    {
        StepResponse? response = await StepResponse.MeasureAsync(Step(step));
        Assert.Equal(decibels, response!.Points.MinBy(point => Math.Abs(point.Frequency - hertz)).Decibels, 0.3);
    }

    [Theory]
    [InlineData("compressor")]
    [InlineData("saturation")]
    [InlineData("chorus-flanger")]
    [InlineData("room: { decay: 2 s, mix: 40% }")]
    [InlineData("delay: { time: 500 ms, feedback: 60% }")]
    public async Task A_step_that_does_more_than_filter_has_none(string step) =>
        Assert.Null(await StepResponse.MeasureAsync(Step(step)));

    [Fact]
    public async Task An_effect_that_calls_itself_a_filter_and_goes_by_the_level_has_none() =>
        Assert.Null(await StepResponse.MeasureAsync(TestEffect.Slot((block, _) =>
        {
            foreach (ref float sample in block[0])
                sample *= Math.Abs(sample);
        })));

    [Fact]
    public async Task An_effect_that_does_not_return_or_throws_has_none()
    {
        using var let = new System.Threading.ManualResetEventSlim();
        Assert.Null(await StepResponse.MeasureAsync(
            TestEffect.Slot((_, _) => let.Wait(TestContext.Current.CancellationToken))));
        let.Set();
        Assert.Null(await StepResponse.MeasureAsync(
            TestEffect.Slot((_, _) => throw new InvalidOperationException("broken"))));
        Assert.Null(await StepResponse.MeasureAsync(TestEffect.Slot(() => throw new NotSupportedException("broken"))));
    }

    private static SlotPlan Step(string step)
    {
        using FxHost host = FxHost.Create(new FxHostOptions { PresetFolder = Repository.PathOf("presets") });
        PresetReading reading = host.Presets.Read($"preset: 1\nname: X\nchain:\n  - {step}\n", "x.yaml");
        Assert.Empty(reading.Diagnostics);
        return reading.Preset!.Plan.Slots[0];
    }
}
