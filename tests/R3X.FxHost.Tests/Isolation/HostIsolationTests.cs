using System;
using System.IO;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Isolation;

/// <summary>Who runs in a process of its own.</summary>
public sealed class HostIsolationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("r3x-isolation-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_comes_with_the_host_does_not()
    {
        Assert.Null(Why("plugins/comb/R3X.FxHost.Effects.Comb.dll"));
    }

    [Theory]
    [InlineData("plugins/warble/Warble.dll")]
    [InlineData("mine/comb/R3X.FxHost.Effects.Comb.dll")]
    [InlineData("plugins-of-mine/comb/R3X.FxHost.Effects.Comb.dll")]
    public void What_has_another_name_or_lies_elsewhere_does(string file) => Assert.Equal(
        "it does not come with the host and is not trusted (r3x effects trust FOLDER)", Why(file));

    [Fact]
    public void What_is_trusted_does_not_until_its_files_change()
    {
        string file = Write("mine/warble/Warble.dll");
        new TrustedPlugins(_folder).Add(PluginHash.Of(file, ownsFolder: true), "warble", file);
        Assert.Null(Why("mine/warble/Warble.dll"));
        File.AppendAllText(file, "changed");
        Assert.NotNull(Why("mine/warble/Warble.dll", write: false));
    }

    [Fact]
    public void What_host_yaml_says_counts_more_and_of_an_effect_more_than_of_its_folder()
    {
        HostSettingsReading read = HostSettingsReader.Read(
            """
            host: 1
            plugins: [ { folder: ../mine, isolation: none }, { folder: ../plugins, isolation: process } ]
            isolation: { effects: { warble: process, shiver: none }, memory: 1 GB, processor: 80% }
            """, "host.yaml", Path.Combine(_folder, "presets"));
        Assert.Empty(read.Diagnostics);
        Assert.Equal(
            (1_000, 80), (read.Settings.Isolation.MemoryMegabytes, read.Settings.Isolation.ProcessorPercent));
        Assert.Equal("host.yaml says so", Why("mine/warble/Warble.dll", "warble", read.Settings.Isolation));
        Assert.Null(Why("elsewhere/shiver/Shiver.dll", "shiver", read.Settings.Isolation));
        Assert.Null(Why("mine/other/Other.dll", "other", read.Settings.Isolation));
        Assert.Equal("host.yaml says so for its folder",
            Why("plugins/comb/R3X.FxHost.Effects.Comb.dll", "comb", read.Settings.Isolation));
    }

    private string? Why(string file, string id = "warble", IsolationSettings? settings = null, bool write = true)
    {
        string path = write ? Write(file) : Path.Combine(_folder, file);
        var isolation = new HostIsolation(
            EffectIsolation.AsSettingsSay, Path.Combine(_folder, "plugins"), new TrustedPlugins(_folder))
        {
            Settings = settings ?? IsolationSettings.Default,
        };
        return isolation.WhyIsolated(
            new EffectDescription(id, "An effect", EffectRole.Tone, "1.0.0", path), path, ownsFolder: true);
    }

    private string Write(string file)
    {
        string path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, file);
        return path;
    }
}
