using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets;
using R3X.FxHost.Tests.Listening;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

/// <summary>Real plugins that never return, or say what is not so, in a real host. The line goes on without
/// them.</summary>
public sealed class StuckPluginTests
{
    private const int Rate = 44_100;

    private static readonly SpeechSelection AsItIs = SpeechSelection.Default with { KeepsLevel = true };

    [Theory]
    [InlineData("never-returns", "did not return from Process in block 4")]
    [InlineData("waits-for-ever", "did not return from Process in block 4")]
    [InlineData("prepares-for-ever", "did not return from Prepare")]
    public async Task A_line_goes_on_dry_from_the_block_that_an_effect_did_not_return(string plugin, string what)
    {
        using FxHost host = HostOf(plugin);
        float[] sine = TestSignal.Sine(100, -12, Rate, Rate);

        (SpeechReport report, float[] heard) = await RenderAsync(host, sine);

        string fault = Assert.Single(report.Faults);
        Assert.StartsWith($"Step \"{plugin}\" ({plugin} ", fault, StringComparison.Ordinal);
        Assert.EndsWith($"{what}; the rest of the line goes on without it.", fault, StringComparison.Ordinal);
        Assert.True(report.Effects.Single().Bypassed);
        Same(sine, heard);
    }

    [Fact]
    public async Task An_effect_that_has_not_returned_is_left_out_of_later_lines_and_named_there()
    {
        using FxHost host = HostOf("waits-for-ever");
        float[] sine = TestSignal.Sine(100, -12, Rate, Rate);
        await RenderAsync(host, sine);

        (SpeechReport report, float[] heard) = await RenderAsync(host, sine);

        Assert.Contains("has not returned from Process since an earlier line", Assert.Single(report.Faults),
            StringComparison.Ordinal);
        Same(sine, heard);
    }

    [Fact]
    public async Task The_other_effects_of_the_chain_go_on()
    {
        using FxHost host = HostOf("waits-for-ever", "  - test-gain:\n      gain: -6 dB\n");
        float[] sine = TestSignal.Sine(100, -12, Rate, Rate);

        (SpeechReport report, float[] heard) = await RenderAsync(host, sine);

        Assert.Equal([true, false], report.Effects.Select(effect => effect.Bypassed));
        Assert.Equal(sine[^100] * MathF.Pow(10, -6 / 20f), heard[^100], 1e-4f);
    }

    [Theory]
    [InlineData("never-made", "did not return")]
    [InlineData("throws-when-made", "The table of windows is missing.")]
    public async Task An_effect_that_cannot_be_made_costs_the_effect_and_not_the_line(string plugin, string why)
    {
        using FxHost host = HostOf(plugin);
        Assert.DoesNotContain(
            host.Check(SpeechSelection.Default), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        float[] sine = TestSignal.Sine(100, -12, Rate, Rate);

        (SpeechReport report, float[] heard) = await RenderAsync(host, sine);

        string fault = Assert.Single(report.Faults);
        Assert.Contains($"\"{plugin}\"", fault, StringComparison.Ordinal);
        Assert.Contains(why, fault, StringComparison.Ordinal);
        Same(sine, heard);
    }

    [Fact]
    public async Task A_tail_without_end_is_waited_for_for_two_minutes_and_that_is_said()
    {
        using FxHost host = HostOf("endless-tail");
        (SpeechReport report, float[] heard) = await RenderAsync(host, TestSignal.Sine(100, -12, Rate, Rate));
        Assert.Equal(Rate, heard.Length);
        Assert.Contains(report.Notes, note => note.Contains("120 s of it are waited for", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_latency_that_is_not_so_cuts_nothing_off()
    {
        using FxHost host = HostOf("false-latency");
        float[] sine = TestSignal.Sine(100, -12, Rate, Rate);

        (SpeechReport report, float[] heard) = await RenderAsync(host, sine);

        Assert.Contains("declared a latency of 22050 frames", Assert.Single(report.Faults), StringComparison.Ordinal);
        Same(sine, heard);
    }

    [Fact]
    public async Task A_fault_carries_the_exception_and_where_it_came_from()
    {
        using FxHost host = HostOf("throws-on-block-5");
        (SpeechReport report, _) = await RenderAsync(host, TestSignal.Sine(100, -12, Rate, Rate));
        string exception = report.Effects.Single().Exception!;
        Assert.StartsWith("System.InvalidOperationException: This is block 5.", exception, StringComparison.Ordinal);
        Assert.Contains("ThrowsOnBlock5.Misbehave", exception, StringComparison.Ordinal);
    }

    private static FxHost HostOf(string plugin, string more = "") => TestHost.Create(
        presets: TestHost.PresetFolder(("neutral", $"preset: 1\nchain:\n  - {plugin}\n{more}")),
        plugins: Repository.PathOf("artifacts", "test-plugins"));

    private static async Task<(SpeechReport Report, float[] Heard)> RenderAsync(FxHost host, float[] samples)
    {
        var bytes = new byte[samples.Length * 2];
        for (int i = 0; i < samples.Length; i++)
            BitConverter.TryWriteBytes(bytes.AsSpan(i * 2), (short)Math.Round(samples[i] * 32768));
        using var output = new MemoryStream();
        SpeechReport report = await host.RenderAsync(
            SpeechAudio.FromBytes(bytes, "pcm_44100"), output, TestHost.Float, AsItIs,
                TestContext.Current.CancellationToken);
        return (report, TestHost.Samples(output.ToArray()));
    }

    private static void Same(float[] sine, float[] heard)
    {
        Assert.Equal(sine.Length, heard.Length);
        for (int i = 0; i < heard.Length; i++)
            Assert.Equal(sine[i], heard[i], 1e-4f);
    }
}
