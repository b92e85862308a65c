using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Tests.Presets;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

/// <summary>A host that lives on while its files are edited.</summary>
public sealed class LiveReloadTests : IAsyncDisposable
{
    private readonly string _folder = TestHost.PresetFolder(
        ("plain", Level(0)),
        ("child", "preset: 1\nextends: plain\nadd:\n  - more: { effect: gain, level: -1 dB }\n"),
        ("neutral", Level(-20)));

    private readonly FxHost _host;

    public LiveReloadTests() => _host = TestHost.Create(presets: _folder);

    public static TheoryData<string> Ways => [.. EditorSave.Ways];

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_saved_value_is_heard_in_the_next_line_without_a_restart(string way)
    {
        Assert.Equal(0, await LoudnessAsync("plain"), 0.01);
        await EditorSave.SaveAsync(FileOf("plain"), Level(-6), way);
        Assert.Equal(-6, await LoudnessAsync("plain"), 0.01);
        await EditorSave.SaveAsync(FileOf("plain"), Level(-3), way);
        Assert.Equal(-3, await LoudnessAsync("plain"), 0.01);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_saved_parent_is_heard_in_its_children(string way)
    {
        Assert.Equal(-1, await LoudnessAsync("child"), 0.01);
        await EditorSave.SaveAsync(FileOf("plain"), Level(-6), way);
        Assert.Equal(-7, await LoudnessAsync("child"), 0.01);
    }

    [Fact]
    public async Task A_broken_save_keeps_the_last_good_preset_and_every_report_says_so_until_it_is_repaired()
    {
        await LoudnessAsync("plain");
        await EditorSave.SaveAsync(FileOf("plain"), "preset: 1\nchain:\n  - gain: { level: -6 }\n", "in place");
        for (int line = 0; line < 2; line++)
        {
            SpeechReport report = await SpeakAsync("plain");
            Assert.Equal(["plain.yaml:3:20  level is a level from -60 dB to 24 dB; \"-6\" has no unit.",
                "plain.yaml  Warning: The last good version of this preset stays in use."],
                report.Warnings.Select(warning => warning.Split('\n')[0]));
            Assert.Equal("0 dB", report.Effects[0].Settings["level"]);
        }

        await EditorSave.SaveAsync(FileOf("plain"), Level(-6), "renamed");
        Assert.Empty((await SpeakAsync("plain")).Warnings);
        Assert.Equal(-6, await LoudnessAsync("plain"), 0.01);
    }

    [Fact]
    public async Task A_broken_parent_keeps_the_child_as_it_was_and_the_report_says_why()
    {
        await LoudnessAsync("child");
        await EditorSave.SaveAsync(FileOf("plain"), "preset: 1\nchain:\n  - gian\n", "in place");
        Assert.Equal(-1, await LoudnessAsync("child"), 0.01);
        string warning = Assert.Single((await SpeakAsync("child")).Warnings);
        Assert.Contains("\"plain\" has a mistake, so its last good version is used: plain.yaml:3:5", warning,
            StringComparison.Ordinal);
        await EditorSave.SaveAsync(FileOf("plain"), Level(-3), "in place");
        Assert.Equal(-4, await LoudnessAsync("child"), 0.01);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_default_the_reference_loudness_and_the_volume_of_host_yaml_follow_too(string way)
    {
        Assert.Equal("neutral", (await SpeakAsync(null)).Preset);
        SpeechReport before = await SpeakAsync("plain", keepsLevel: false);
        await EditorSave.SaveAsync(Path.Combine(_folder, "host.yaml"),
            HostYaml("default: plain\nreference-loudness: -26 LUFS\nvolume: -9 dB\n"), way);
        SpeechReport after = await SpeakAsync(null, keepsLevel: false);
        Assert.Equal("plain", after.Preset);
        Assert.Equal(-6, after.StartingGains!.ReferenceDb - before.StartingGains!.ReferenceDb, 0.1);
        Assert.Equal(-9, _host.VolumeDb);
        // What a program chose since then holds until the file gets another volume.
        _host.VolumeDb = -2;
        await EditorSave.SaveAsync(
            Path.Combine(_folder, "host.yaml"), HostYaml("default: neutral\nvolume: -9 dB\n"), way);
        Assert.Equal("neutral", (await SpeakAsync(null)).Preset);
        Assert.Equal(-2, _host.VolumeDb);
    }

    [Fact]
    public async Task A_broken_host_yaml_changes_nothing_and_reports_say_so_until_it_is_repaired()
    {
        string file = Path.Combine(_folder, "host.yaml");
        await EditorSave.SaveAsync(file, HostYaml("default: plain\n"), "in place");
        Assert.Empty((await SpeakAsync(null)).Warnings);
        await EditorSave.SaveAsync(file, HostYaml("default: child\nvolume: -9\n"), "in place");
        SpeechReport broken = await SpeakAsync(null);
        Assert.Equal(("plain", 0), (broken.Preset, _host.VolumeDb));
        Assert.StartsWith("host.yaml:4:9  volume", broken.Warnings[0], StringComparison.Ordinal);
        Assert.StartsWith("host.yaml  Warning: What this file said before stays in use.", broken.Warnings[1],
            StringComparison.Ordinal);
        File.Delete(file);
        Assert.Contains((await SpeakAsync(null)).Warnings, warning =>
            warning.StartsWith("host.yaml  There is no such file any more.", StringComparison.Ordinal));
        await EditorSave.SaveAsync(file, HostYaml("default: child\n"), "in place");
        SpeechReport repaired = await SpeakAsync(null);
        Assert.Equal("child", repaired.Preset);
        Assert.Empty(repaired.Warnings);
    }

    private static string Level(double decibels) =>
        FormattableString.Invariant($"preset: 1\nchain:\n  - gain: {{ level: {decibels} dB }}\n");

    private static string HostYaml(string rest) => $"host: 1\nplugins: [ \"{Repository.PathOf("plugins")}\" ]\n{rest}";

    private string FileOf(string id) => Path.Combine(_folder, id + ".yaml");

    private Task<SpeechReport> SpeakAsync(string? preset, bool keepsLevel = true) =>
        RenderAsync(preset, keepsLevel, Stream.Null);

    // By how much a line comes out louder than it went in, in dB.
    private async Task<double> LoudnessAsync(string preset)
    {
        using var wav = new MemoryStream();
        await RenderAsync(preset, keepsLevel: true, wav);
        return 20 * Math.Log10(TestHost.Samples(wav.ToArray()).Max(Math.Abs) / 0.25);
    }

    private Task<SpeechReport> RenderAsync(string? preset, bool keepsLevel, Stream output)
    {
        short[] line = [.. Enumerable.Range(0, 24_000).Select(i => (short)(i / 20 % 2 == 0 ? 8_192 : -8_192))];
        return _host.RenderAsync(
            SpeechAudio.FromBytes(MemoryMarshal.AsBytes(line.AsSpan()).ToArray(), "pcm_24000"),
            output,
            TestHost.Float,
            new SpeechSelection { Preset = preset, KeepsLevel = keepsLevel },
            TestContext.Current.CancellationToken);
    }
}
