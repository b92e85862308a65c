using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Plugins;
using Xunit;

namespace R3X.FxHost.Tests.Plugins;

/// <summary>Several plugins with one id.</summary>
public sealed class DuplicateTests : IDisposable
{
    private readonly PluginFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public void Two_copies_of_a_plugin_are_one_the_first()
    {
        string first = _folders.Copy("test-gain", "mine/test-gain");
        _folders.Copy("test-gain", "theirs/test-gain");
        _folders.Copy("test-gain", "theirs/again");

        using EffectCatalogue catalogue = EffectCatalogue.Discover(
            [_folders.PathOf("mine"), _folders.PathOf("theirs")], PluginLoadMode.FromFile);

        Assert.Equal(first, Assert.Single(catalogue.Effects).File);
        Assert.Empty(catalogue.Refused);
        Assert.True(catalogue.TryLoad("test-gain", out _, out _));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("z")]
    public void An_effect_that_comes_with_the_host_stands_against_any_other_of_its_id(string folder)
    {
        string foreign = new EmittedPlugin("gain").WriteTo(_folders, folder);
        const string Gain = "R3X.FxHost.Effects.Gain.dll";
        string shipped = _folders.Write("gain", Gain, File.ReadAllBytes(Repository.PathOf("plugins", "gain", Gain)));

        using EffectCatalogue catalogue = _folders.Discover();

        Assert.Equal(shipped, Assert.Single(catalogue.Effects).File);
        RefusedPlugin refused = Assert.Single(catalogue.Refused);
        Assert.Equal(foreign, refused.File);
        Assert.Contains(shipped, refused.Reason, StringComparison.Ordinal);
        Assert.True(catalogue.TryLoad("gain", out _, out _));
    }

    [Fact]
    public void Of_two_foreign_plugins_neither_is_preferred()
    {
        var reverb = new EmittedPlugin("reverb");
        string[] files = [reverb.WriteTo(_folders, "a"), reverb.WriteTo(_folders, "b")];

        using EffectCatalogue catalogue = _folders.Discover();

        Assert.Empty(catalogue.Effects);
        Assert.Equal(files, catalogue.Refused.Select(refused => refused.File).Order());
        Assert.False(catalogue.TryLoad("reverb", out _, out RefusedPlugin? why));
        Assert.Contains("presets could mean either", why!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Hidden_files_and_folders_hold_no_plugins()
    {
        _folders.Copy("test-gain");
        _folders.Copy("test-gain", ".old/test-gain");
        _folders.Write("test-gain", "._test-gain.dll", [0, 5, 22, 7]);
        _folders.Write("test-gain", ".#test-gain.dll", []);

        using EffectCatalogue catalogue = EffectCatalogue.Discover([_folders.Root], PluginLoadMode.FromFile);

        Assert.Equal("test-gain", Assert.Single(catalogue.Effects).Id);
        Assert.Empty(catalogue.Refused);
    }

    [Fact]
    public async Task A_pipe_that_is_called_like_a_plugin_is_refused_and_not_waited_for()
    {
        _folders.Copy("test-gain");
        string pipe = NamedPipe.Create(_folders.PathOf("test-gain"), "pipe.dll");
        File.CreateSymbolicLink(_folders.PathOf("test-gain", "linked"), pipe);
        Task<EffectCatalogue> loading = Task.Run(
            () =>
            {
                EffectCatalogue found = _folders.Discover();
                found.LoadAll();
                return found;
            },
            TestContext.Current.CancellationToken);
        using EffectCatalogue catalogue = await loading.WaitAsync(
            NamedPipe.Patience, TestContext.Current.CancellationToken);
        Assert.Equal(pipe, Assert.Single(catalogue.Refused).File);
        Assert.Equal("test-gain", Assert.Single(catalogue.Effects).Id);
    }
}
