using System;
using System.IO;
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
    public void The_shadows_of_dead_processes_are_deleted_and_those_in_use_are_not()
    {
        string file = _folders.Write("comb", "comb.dll", [1]);
        using ShadowFolder inUse = ShadowFolder.Of(file, withSubfolders: true, out string used);
        // What a killed process leaves: the folder and its lock file, which nobody holds.
        string dead = Directory.CreateTempSubdirectory("r3x-fxhost-shadow-").FullName;
        File.WriteAllBytes(Path.Combine(dead, "in-use.lock"), []);
        Directory.CreateDirectory(Path.Combine(dead, "plugin"));

        ShadowFolder.DeleteThoseOfDeadProcesses();

        Assert.False(Directory.Exists(dead));
        Assert.True(File.Exists(used));
    }
}
