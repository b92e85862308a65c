using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Tests.Lines;
using R3X.FxHost.Tests.Listening;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

/// <summary>The presets of the repository, with the effects of the repository.</summary>
public sealed class ShippedPresetsTests
{
    public static TheoryData<string> Presets => [.. Directory.EnumerateFiles(Repository.PathOf("presets"), "*.yaml")
        .Select(file => Path.GetFileNameWithoutExtension(file))
        .Where(id => id != "host")];

    [Theory]
    [MemberData(nameof(Presets))]
    public async Task A_shipped_preset_has_no_mistake_and_no_fault_and_keeps_the_promise_of_latency(string preset)
    {
        using FxHost host = TestHost.Create();
        Assert.Empty(host.Check(SpeechSelection.OfPreset(preset)));
        Assert.Equal("limiter", host.Presets.Find(preset).Preset!.Plan.Slots[^1].Step);
        SpeechReport report = await host.RenderAsync(
            SpeechAudio.FromFile(SpokenLine.InFormat("wav_44100")), Stream.Null, TestHost.Float,
                SpeechSelection.OfPreset(preset), TestContext.Current.CancellationToken);
        Assert.Equal(preset, report.Preset);
        Assert.Empty(report.Faults);
        Assert.InRange(report.EffectLatency, TimeSpan.Zero, LatencyPromise.Limit);
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void A_shipped_preset_works_at_every_rate_and_in_stereo(string preset)
    {
        using FxHost host = TestHost.Create();
        foreach (int rate in (int[])[8_000, 16_000, 22_050, 24_000, 44_100, 48_000, 96_000])
        {
            float[] noise = TestSignal.WhiteNoise(-24, rate);
            float[] wet = host.ApplyAudioEffects(noise, rate, SpeechSelection.OfPreset(preset), channels: 2);
            Assert.All(wet, sample => Assert.InRange(sample, -1, 1));
            Assert.InRange(wet.Max(), 0.01f, 1);
        }
    }

    [Fact]
    public void The_default_settings_of_host_yaml_are_right()
    {
        using FxHost host = TestHost.Create();
        Assert.Empty(host.SettingsDiagnostics);
        Assert.Equal("dj-r3x", host.Settings.Default);
    }
}
