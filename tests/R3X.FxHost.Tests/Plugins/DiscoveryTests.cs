using System;
using System.IO;
using System.Linq;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Plugins;

public sealed class DiscoveryTests : IDisposable
{
    private readonly PluginFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public void An_effect_is_described_from_its_metadata_and_nothing_is_loaded()
    {
        string file = _folders.Copy("test-gain");

        using EffectCatalogue catalogue = _folders.Discover(PluginLoadMode.FromFile);

        Assert.Equal(new EffectDescription("test-gain", "Test gain", EffectRole.Tone, "0.1.0", file),
            Assert.Single(catalogue.Effects));
        Assert.Empty(catalogue.Refused);
        Assert.DoesNotContain(AppDomain.CurrentDomain.GetAssemblies(), a => !a.IsDynamic && a.Location == file);
    }

    [Fact]
    public void Effects_are_listed_by_id_whatever_their_folders_are_called()
    {
        new EmittedPlugin("ring-mod").WriteTo(_folders, "a");
        new EmittedPlugin("comb").WriteTo(_folders, "z");
        new EmittedPlugin("eq").WriteTo(_folders, "m");

        using EffectCatalogue catalogue = _folders.Discover();

        Assert.Equal(["comb", "eq", "ring-mod"], catalogue.Effects.Select(e => e.Id));
    }

    [Fact]
    public void A_mark_may_say_more_than_a_host_asks()
    {
        new EmittedPlugin("pitch") { Role = EffectRole.Modulation, HasNamedArgument = true }.WriteTo(_folders, "pitch");

        using EffectCatalogue catalogue = _folders.Discover();

        EffectDescription effect = Assert.Single(catalogue.Effects);
        Assert.Equal(("pitch", "Emitted", EffectRole.Modulation), (effect.Id, effect.Name, effect.Role));
        Assert.Empty(catalogue.Refused);
        Assert.True(catalogue.TryLoad("pitch", out _, out _));
    }

    [Fact]
    public void An_assembly_straight_in_the_folder_is_found_with_the_libraries_beside_it()
    {
        _folders.Copy("test-gain", "");

        using EffectCatalogue catalogue = _folders.Discover();

        Assert.Equal("test-gain", Assert.Single(catalogue.Effects).Id);
        Assert.Empty(catalogue.Refused);
        Assert.True(catalogue.TryLoad("test-gain", out _, out _));
    }

    [Fact]
    public void Every_folder_is_searched_and_named_as_an_absolute_path()
    {
        _folders.Copy("test-gain", "built-in/test-gain");
        _folders.Copy("emits-nan", "mine/emits-nan");
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), _folders.PathOf("mine"));

        using EffectCatalogue catalogue = EffectCatalogue.Discover(
            [_folders.PathOf("built-in"), relative], PluginLoadMode.FromFile);

        Assert.Equal(["emits-nan", "test-gain"], catalogue.Effects.Select(e => e.Id));
        Assert.Equal([_folders.PathOf("built-in"), _folders.PathOf("mine")], catalogue.Folders);
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_noted_and_the_others_are_searched()
    {
        _folders.Copy("test-gain");

        using EffectCatalogue catalogue = EffectCatalogue.Discover(
            [_folders.PathOf("nowhere"), _folders.Root], PluginLoadMode.FromFile);

        Assert.Equal("test-gain", Assert.Single(catalogue.Effects).Id);
        RefusedPlugin missing = Assert.Single(catalogue.Refused);
        Assert.Equal(_folders.PathOf("nowhere"), missing.File);
        Assert.Contains("does not exist", missing.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no\0path")]
    public void What_cannot_be_a_path_is_a_folder_that_does_not_exist(string folder)
    {
        using EffectCatalogue catalogue = EffectCatalogue.Discover([folder], PluginLoadMode.FromFile);

        Assert.Equal(folder, Assert.Single(catalogue.Refused).File);
    }

    [Fact]
    public void A_file_where_a_folder_was_expected_is_noted()
    {
        string file = _folders.Copy("test-gain");

        using EffectCatalogue catalogue = EffectCatalogue.Discover([file], PluginLoadMode.FromFile);

        Assert.Contains("is a file", Assert.Single(catalogue.Refused).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_folder_named_twice_or_through_a_link_holds_no_duplicates()
    {
        _folders.Copy("test-gain", "real/test-gain");
        Directory.CreateSymbolicLink(_folders.PathOf("link"), _folders.PathOf("real"));
        Directory.CreateSymbolicLink(_folders.PathOf("real", "again"), _folders.PathOf("real", "test-gain"));

        using EffectCatalogue catalogue = EffectCatalogue.Discover(
            [_folders.PathOf("real"), _folders.PathOf("real") + Path.DirectorySeparatorChar, _folders.PathOf("link")],
            PluginLoadMode.FromFile);

        Assert.Equal("test-gain", Assert.Single(catalogue.Effects).Id);
        Assert.Empty(catalogue.Refused);
    }

    [Fact]
    public void Empty_folders_and_folders_without_assemblies_are_passed_over()
    {
        Directory.CreateDirectory(_folders.PathOf("empty"));
        _folders.Write("notes", "readme.txt", "Hello"u8.ToArray());

        using EffectCatalogue catalogue = _folders.Discover();

        Assert.Empty(catalogue.Effects);
        Assert.Empty(catalogue.Refused);
    }

    [Fact]
    public void Discovery_keeps_no_file_open()
    {
        string file = _folders.Copy("test-gain");

        using EffectCatalogue catalogue = _folders.Discover(PluginLoadMode.FromFile);

        using var exclusive = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal("test-gain", Assert.Single(catalogue.Effects).Id);
    }
}
