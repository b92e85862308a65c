using System;
using System.IO;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Plugins;
using R3X.FxHost.Tests.Hosting;
using R3X.FxHost.Tests.Listening;
using Xunit;

namespace R3X.FxHost.Tests.Isolation;

/// <summary>Lines whose effects run in processes of their own sound as they do in the host's.</summary>
public sealed class IsolatedLineTests
{
    [Theory]
    [InlineData("dj-r3x")]
    [InlineData("neutral")]
    public async Task A_preset_gives_the_same_bytes_and_the_same_report(string preset)
    {
        (byte[] here, SpeechReport report) = await RenderAsync(EffectIsolation.None, preset);
        (byte[] there, SpeechReport other) = await RenderAsync(EffectIsolation.All, preset);

        Assert.Empty(other.Faults);
        Assert.Equal(here, there);
        Assert.Equal(report.Notes, other.Notes);
        Assert.Equal(report.EffectLatency, other.EffectLatency);
        for (int i = 0; i < report.Effects.Count; i++)
            Assert.Equal(report.Effects[i].Reduction, other.Effects[i].Reduction);
    }

    [Fact]
    public void An_effect_has_the_settings_it_has_in_the_host()
    {
        using FxHost here = TestHost.Create(EffectIsolation.None);
        using FxHost there = TestHost.Create(EffectIsolation.All);
        foreach (string id in new[] { "eq", "limiter" })
        {
            Assert.True(here.Effects.TryLoad(id, out LoadedEffect? own, out _));
            Assert.True(there.Effects.TryLoad(id, out LoadedEffect? isolated, out _));
            Assert.Null(own.OwnProcess);
            Assert.Equal("the program says so for all effects", isolated.OwnProcess);
            Assert.Equal(own.Parameters.Count, isolated.Parameters.Count);
            for (int i = 0; i < own.Parameters.Count; i++)
            {
                (R3X.FxHost.Sdk.Parameter a, R3X.FxHost.Sdk.Parameter b) = (own.Parameters[i], isolated.Parameters[i]);
                Assert.Equal(
                    (a.Id, a.Unit, a.Minimum, a.Maximum, a.Default, a.Help, a.IsStructural, a.Neutral, a.Points),
                    (b.Id, b.Unit, b.Minimum, b.Maximum, b.Default, b.Help, b.IsStructural, b.Neutral, b.Points));
            }
        }
    }

    [Theory]
    [InlineData("throws-when-made", "could not be prepared (")]
    [InlineData("throws-on-block-5", "threw ")]
    [InlineData("prepares-for-ever", "did not return from Prepare")]
    [InlineData("emits-nan", "returned samples that are not numbers in block 4")]
    public async Task A_fault_is_reported_as_in_the_host(string plugin, string words)
    {
        SpeechReport here = await ReportAsync(EffectIsolation.None, plugin);
        SpeechReport there = await ReportAsync(EffectIsolation.All, plugin);
        string fault = Assert.Single(there.Faults);
        Assert.Contains(words, fault, StringComparison.Ordinal);
        Assert.Equal(Assert.Single(here.Faults), fault);
        Assert.Equal(here.Effects[0].Bypassed, there.Effects[0].Bypassed);
    }

    [Theory]
    [InlineData("never-made")]
    [InlineData("throws-when-made")]
    public void A_plugin_that_cannot_be_loaded_is_refused_as_in_the_host(string plugin)
    {
        RefusedPlugin? Refusal(EffectIsolation isolation)
        {
            using FxHost host = TestHost.Create(
                isolation, plugins: Repository.PathOf("artifacts", "test-plugins"));
            Assert.False(host.Effects.TryLoad(plugin, out _, out RefusedPlugin? refused));
            return refused;
        }

        Assert.True(Refusal(EffectIsolation.All)!.IsFault);
        Assert.Equal(Refusal(EffectIsolation.None), Refusal(EffectIsolation.All));
    }

    private static async Task<SpeechReport> ReportAsync(EffectIsolation isolation, string plugin)
    {
        using var run = new IsolatedRun($"  - {plugin}\n", isolation);
        return (await run.RenderAsync(IsolatedRun.Sine(0.5))).Report;
    }

    private static async Task<(byte[] Bytes, SpeechReport Report)> RenderAsync(EffectIsolation isolation, string preset)
    {
        using FxHost host = TestHost.Create(isolation);
        using var output = new MemoryStream();
        float[] line = TestSignal.WhiteNoise(-20, IsolatedRun.Rate);
        SpeechReport report = await host.RenderAsync(
            SpeechAudio.FromBytes(IsolatedRun.Pcm(line), "pcm_44100"), output, TestHost.Float,
            new SpeechSelection { Preset = preset, Seed = 7 }, TestContext.Current.CancellationToken);
        return (output.ToArray(), report);
    }
}
