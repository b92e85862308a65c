using System;
using System.IO;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Tests.Listening;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

/// <summary>A host that is warmed up before its first line.</summary>
public sealed class WarmUpTests
{
    [Fact]
    public void Afterwards_the_effects_are_loaded_which_they_are_not_before()
    {
        string plugins = Directory.CreateTempSubdirectory("r3x-warm-").FullName;
        CopyPlugin("test-gain", plugins);
        string presets = TestHost.PresetFolder(("neutral", "preset: 1\nchain:\n  - test-gain\n"));
        using var host = FxHost.Create(new FxHostOptions { PresetFolder = presets, PluginFolders = [plugins],
            Device = "null", LongRunning = false });

        Assert.DoesNotContain(AppDomain.CurrentDomain.GetAssemblies(), IsOurs);
        host.WarmUp();
        Assert.Contains(AppDomain.CurrentDomain.GetAssemblies(), IsOurs);

        bool IsOurs(System.Reflection.Assembly assembly) => !assembly.IsDynamic
            && assembly.Location.StartsWith(plugins, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_line_is_the_same()
    {
        // Its moving settings draw from the line's seed alone.
        SpeechSelection glitch = SpeechSelection.Default with { Preset = "glitch", Seed = 7 };
        byte[] cold = await RenderAsync(glitch, isWarm: false);
        Assert.Equal(cold, await RenderAsync(glitch, isWarm: true));
    }

    [Fact]
    public async Task What_is_wrong_shows_with_the_line_and_not_before()
    {
        using FxHost host = TestHost.Create();
        var unknown = new SpeechSelection { Preset = "no-such-preset" };
        host.WarmUp(unknown);
        using var output = new MemoryStream();
        SpeechReport report = await host.RenderAsync(
            Line(), output, TestHost.Float, unknown, TestContext.Current.CancellationToken);
        Assert.Contains(report.Warnings, warning => warning.Contains("no-such-preset", StringComparison.Ordinal));
    }

    private static async Task<byte[]> RenderAsync(SpeechSelection selection, bool isWarm)
    {
        using FxHost host = TestHost.Create();
        if (isWarm)
            host.WarmUp(selection);
        using var output = new MemoryStream();
        await host.RenderAsync(Line(), output, TestHost.Float, selection, TestContext.Current.CancellationToken);
        return output.ToArray();
    }

    private static SpeechAudio Line() =>
        SpeechAudio.FromBytes(LevelledHost.Bytes(TestSignal.Sine(220, -12, 24_000, 24_000)), "pcm_24000");

    private static void CopyPlugin(string id, string into)
    {
        string folder = Path.Combine(into, id);
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(Repository.PathOf("artifacts", "test-plugins", id)))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }
}
