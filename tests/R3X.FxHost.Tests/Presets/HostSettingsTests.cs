using System;
using System.IO;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using Xunit;

namespace R3X.FxHost.Tests.Presets;

public sealed class HostSettingsTests
{
    private static readonly string Home = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "r3x", "presets"));

    [Fact]
    public void The_shipped_host_yaml_says_the_defaults()
    {
        HostSettingsReading shipped = HostSettingsReader.ReadFolder(Repository.PathOf("presets"));
        HostSettingsReading silent = HostSettingsReader.Read("host: 1\n", "host.yaml", Repository.PathOf("presets"));
        Assert.Empty(shipped.Diagnostics);
        HostSettings said = silent.Settings with { Default = "dj-r3x", PluginFolders = shipped.Settings.PluginFolders };
        Assert.Equal(said, shipped.Settings);
        Assert.Equal([Repository.PathOf("plugins")], shipped.Settings.PluginFolders);
        Assert.Equal(silent.Settings.PluginFolders, shipped.Settings.PluginFolders);
        Assert.Equal(-20, shipped.Settings.ReferenceLoudness);
    }

    [Fact]
    public void A_missing_file_means_the_defaults()
    {
        HostSettingsReading reading = HostSettingsReader.ReadFolder(
            Path.Combine(Path.GetTempPath(), "r3x-no-such-folder"));
        Assert.Empty(reading.Diagnostics);
        Assert.Equal(
            ("neutral", 0.0, "default"), (reading.Settings.Default, reading.Settings.Volume, reading.Settings.Device));
    }

    [Fact]
    public void An_amount_is_a_value_or_a_movement_and_none_where_nothing_is_said()
    {
        static SettingValue? Amount(string text) =>
            HostSettingsReader.Read("host: 1\n" + text, "host.yaml", Home).Settings.Amount;
        Assert.Null(Amount(""));
        Assert.Equal(80, Amount("amount: 80%\n"));
        Assert.Equal(SettingValue.Of(new Wobble(40, 100, 0.3)), Amount("amount: wobble 40% to 100% at 0.3 Hz\n"));
    }

    [Fact]
    public void Every_setting_is_read()
    {
        HostSettings settings = HostSettingsReader.Read(
            "host: 1\ndefault: radio\nreference-loudness: off\nvolume: -6 dB\ndevice: USB Speaker\nplugins: [mine, "
                + "../theirs]\n", "host.yaml", Home).Settings;
        Assert.Equal(("radio", null, -6.0, "USB Speaker"),
            (settings.Default, settings.ReferenceLoudness, settings.Volume, settings.Device));
        Assert.Equal(
            [Path.Combine(Home, "mine"), Path.GetFullPath(Path.Combine(Home, "..", "theirs"))], settings.PluginFolders);
    }

    [Fact]
    public void A_folder_of_plugins_may_say_that_others_write_it()
    {
        HostSettings settings = HostSettingsReader.Read(
            "host: 1\nplugins:\n  - mine\n  - { folder: ../theirs, writable: allowed }\n  - folder: more\n",
            "host.yaml", Home).Settings;
        string theirs = Path.GetFullPath(Path.Combine(Home, "..", "theirs"));
        Assert.Equal([Path.Combine(Home, "mine"), theirs, Path.Combine(Home, "more")], settings.PluginFolders);
        Assert.Equal([theirs], settings.WritablePluginFolders);
    }

    [Fact]
    public void Ducking_and_the_cache_are_read_and_say_nothing_by_default()
    {
        HostSettings settings = HostSettingsReader.Read(
            "host: 1\nducking:\n  target: -20 dB\n  fade: 250 ms\n  hold: 1.5 s\n  lead: 100 ms\ncache: ../cache\n",
                "host.yaml", Home).Settings;
        Assert.Equal(new DuckingSettings(-20, 250, 1_500, 100), settings.Ducking);
        Assert.Equal(Path.GetFullPath(Path.Combine(Home, "..", "cache")), settings.CacheFolder);
        HostSettings silent = HostSettingsReader.Read("host: 1\n", "host.yaml", Home).Settings;
        Assert.Equal(new DuckingSettings(-12, 500, 600, 0), silent.Ducking);
        Assert.Null(silent.CacheFolder);
    }

    [Theory]
    [InlineData("ducking: -12 dB", "host.yaml:2:10  ducking has settings of its own; a text stands here.")]
    [InlineData("ducking: { target: 12 dB, fade: 250 ms }", "host.yaml:2:20  target is a level from -60 dB to 0 dB;")]
    [InlineData("ducking: { targt: -20 dB, fade: 250 ms }", "host.yaml:2:12  \"targt\" is not part of ducking.")]
    [InlineData("ducking:", "host.yaml:2:1  ducking has no value.")]
    [InlineData("cache: [a, b]", "host.yaml:2:8  cache is one text; a list stands here.")]
    public void What_is_wrong_with_them_is_said_where_it_stands(string line, string said)
    {
        HostSettingsReading reading = HostSettingsReader.Read($"host: 1\n{line}\n", "host.yaml", Home);
        Assert.StartsWith(said, string.Join(' ',
            DiagnosticText.Format(Assert.Single(reading.Diagnostics)).Split('\n')[0]), StringComparison.Ordinal);
        Assert.Equal((-12, line.Contains("250", StringComparison.Ordinal) ? 250 : 500),
            (reading.Settings.Ducking.Target, reading.Settings.Ducking.Fade));
        Assert.Null(reading.Settings.CacheFolder);
    }

    [Fact]
    public void What_is_wrong_keeps_its_default_and_the_rest_is_taken()
    {
        HostSettingsReading reading = HostSettingsReader.Read(
            "host: 1\nvolume: loud\ndefault: radio\nplugins: []\n", "host.yaml", Home);
        Assert.Equal("host.yaml:2:9",
            DiagnosticText.Format(Assert.Single(reading.Diagnostics)).Split("  ", StringSplitOptions.None)[0]);
        Assert.Equal(("radio", 0.0), (reading.Settings.Default, reading.Settings.Volume));
        Assert.Empty(reading.Settings.PluginFolders);
    }
}
