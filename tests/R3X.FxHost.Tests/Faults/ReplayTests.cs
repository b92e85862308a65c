using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Faults;
using R3X.FxHost.Tests.Hosting;
using R3X.FxHost.Tests.Listening;
using R3X.FxHost.Tests.Plugins;
using Xunit;

namespace R3X.FxHost.Tests.Faults;

/// <summary>Faults of real plugins in a real host, recorded and brought about again.</summary>
public sealed class ReplayTests : IDisposable
{
    private const int Rate = 44_100;

    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("r3x-faults-");
    private readonly PluginFolders _folders = new();

    public void Dispose()
    {
        _folders.Dispose();
        _state.Delete(recursive: true);
    }

    [Theory]
    [InlineData("ThrowsInProcess", "threw")]
    [InlineData("ThrowsInPrepare", "could-not-prepare")]
    [InlineData("ReturnsNotANumber", "not-finite")]
    [InlineData("RunsAway", "runaway")]
    [InlineData("WritesPastItsBlock", "wrote-outside")]
    [InlineData("WaitsForLong", "did-not-return")]
    public async Task A_fault_is_recorded_with_what_it_takes_to_come_again(string kind, string cause)
    {
        string file = new EmittedPlugin("bad") { Base = kind }.WriteTo(_folders, "bad");
        float[] sine = TestSignal.Sine(100, -12, Rate, Rate);
        FaultRecord fault = await FaultOfAsync(sine, seed: 4);

        Assert.Equal(
            ("bad", "bad", "neutral", cause, file), (fault.Effect, fault.Step, fault.Preset, fault.Cause, fault.File));
        Assert.Equal(64, fault.Hash!.Length);
        TimeSpan ago = TimeProvider.System.GetUtcNow() - fault.Time;
        Assert.InRange(ago, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(5));
        if (cause != "could-not-prepare")
        {
            Assert.Equal((5, 4ul, Rate, 1), (fault.Block, fault.Seed, fault.SampleRate, fault.Channels));
            float[] input = TestHost.Floats(Convert.FromBase64String(Assert.Single(fault.Input)));
            for (int i = 0; i < input.Length; i++)
                Assert.Equal(sine[(int)fault.Frame + i], input[i], 1e-4f);
        }

        var replay = FaultReplay.Run(fault);
        Assert.True(replay.IsSame, replay.Words);
        Assert.Null(replay.Warning);
    }

    [Fact]
    public async Task A_plugin_that_was_mended_is_told_from_one_that_was_not()
    {
        string file = new EmittedPlugin("bad") { Base = "ThrowsInProcess" }.WriteTo(_folders, "bad");
        FaultRecord fault = await FaultOfAsync(TestSignal.Sine(100, -12, Rate, Rate), seed: 4);
        new EmittedPlugin("bad") { Base = "Allocates" }.WriteTo(_folders, "bad");

        var replay = FaultReplay.Run(fault);

        Assert.False(replay.IsSame);
        Assert.Contains("did nothing wrong this time", replay.Words, StringComparison.Ordinal);
        Assert.Contains("is not what it was", replay.Warning, StringComparison.Ordinal);
        Assert.Equal(replay.Input[0], replay.Output[0]);
        File.Delete(file);
        Assert.Throws<FileNotFoundException>(() => FaultReplay.Run(fault));
    }

    [Theory]
    [InlineData("LateAndSilentAboutIt", true)]
    [InlineData("Allocates", false)]
    public async Task An_effect_that_still_sounds_when_it_should_be_done_is_told(string kind, bool sounds)
    {
        new EmittedPlugin("bad") { Base = kind }.WriteTo(_folders, "bad");
        using FxHost host = Host(keeps: true);
        SpeechReport report = (await host.RenderedAsync(TestSignal.Sine(100, -12, Rate, Rate), 4)).Report;
        Assert.Empty(report.Faults);
        Assert.Equal(sounds, report.Notes.Any(static note => note.StartsWith(
            "\"bad\" (bad) still sounds, at -12 dBFS, when the latency", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_host_may_keep_none()
    {
        new EmittedPlugin("bad") { Base = "ThrowsInProcess" }.WriteTo(_folders, "bad");
        using FxHost host = Host(keeps: false);
        Assert.Null(host.Faults);
        Assert.Single((await host.RenderedAsync(TestSignal.Sine(100, -12, Rate, Rate), 4)).Report.Faults);
        Assert.Empty(FaultLedger.Open(_state.FullName).Read());
    }

    private async Task<FaultRecord> FaultOfAsync(float[] line, ulong seed)
    {
        using (FxHost host = Host(keeps: true))
        {
            SpeechReport report = (await host.RenderedAsync(line, seed)).Report;
            Assert.Single(report.Faults);
        }

        return Assert.Single(FaultLedger.Open(_state.FullName).Read());
    }

    private FxHost Host(bool keeps) => FxHost.Create(new FxHostOptions
    {
        PresetFolder = TestHost.PresetFolder(("neutral", "preset: 1\nchain:\n  - bad\n")),
        PluginFolders = [_folders.Root],
        StateFolder = _state.FullName,
        KeepsFaults = keeps,
        Isolation = EffectIsolation.None,
    });
}
