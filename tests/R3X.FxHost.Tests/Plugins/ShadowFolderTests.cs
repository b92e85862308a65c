using System;
using System.IO;
using System.Linq;
using R3X.FxHost.Plugins;
using Xunit;

namespace R3X.FxHost.Tests.Plugins;

public sealed class ShadowFolderTests : IDisposable
{
    private readonly PluginFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public void A_shadow_holds_the_whole_plugin_and_is_deleted_when_done()
    {
        string file = _folders.Write("comb", "comb.dll", [1, 2, 3]);
        _folders.Write("comb/runtimes/any", "native.so", [4]);
        _folders.Write("comb", "empty.txt", []);
        Directory.CreateSymbolicLink(_folders.PathOf("comb", "loop"), _folders.PathOf("comb"));

        ShadowFolder shadow = ShadowFolder.Of(file, withSubfolders: true, out string copy);

        Assert.Equal([1, 2, 3], File.ReadAllBytes(copy));
        string folder = Path.GetDirectoryName(copy)!;
        Assert.Equal([4], File.ReadAllBytes(Path.Combine(folder, "runtimes", "any", "native.so")));
        Assert.True(File.Exists(Path.Combine(folder, "empty.txt")));
        shadow.Dispose();
        Assert.False(Directory.Exists(Path.GetDirectoryName(folder)));
    }

    [Fact]
    public void A_plugin_that_shares_its_folder_leaves_the_other_plugins_where_they_are()
    {
        string file = _folders.Write("", "comb.dll", [1]);
        _folders.Write("other", "other.dll", [2]);

        using ShadowFolder shadow = ShadowFolder.Of(file, withSubfolders: false, out string copy);

        Assert.False(Directory.Exists(Path.Combine(Path.GetDirectoryName(copy)!, "other")));
    }

    [Fact]
    public void Folders_of_dead_processes_are_deleted_and_those_in_use_are_not()
    {
        // A killed process leaves its lock file behind, which nobody holds any more.
        _folders.Write("r3x-fxhost-shadow-dead", "in-use.lock", []);
        _folders.Write("r3x-fxhost-shadow-dead/plugin", "comb.dll", [1]);
        _folders.Write("r3x-fxhost-recipes-dead", "in-use.lock", []);
        string held = _folders.Write("r3x-fxhost-shadow-alive", "in-use.lock", []);
        _folders.Write("r3x-fxhost-shadow-being-made", "readme", []);
        _folders.Write("of-somebody-else", "in-use.lock", []);
        using var hold = new FileStream(held, FileMode.Open, FileAccess.Write, FileShare.None);

        HeldFolder.DeleteThoseOfDeadProcesses(_folders.Root);

        Assert.Equal(
            ["of-somebody-else", "r3x-fxhost-shadow-alive", "r3x-fxhost-shadow-being-made"],
            Directory.GetDirectories(_folders.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_shadow_is_held_while_it_is_used()
    {
        string file = _folders.Write("comb", "comb.dll", [1]);
        using ShadowFolder shadow = ShadowFolder.Of(file, withSubfolders: true, out string copy);

        HeldFolder.DeleteThoseOfDeadProcesses(Path.GetTempPath());

        Assert.True(File.Exists(copy));
    }
}
