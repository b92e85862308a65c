using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using R3X.FxHost.Plugins;
using Xunit;

namespace R3X.FxHost.Tests.Plugins;

/// <summary>Plugins are loaded from the folders that were named, where only their owner can write.</summary>
public sealed class PluginRootTests : IDisposable
{
    private const UnixFileMode OwnersOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly PluginFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public void A_link_that_stays_inside_is_a_plugin_like_any_other()
    {
        string file = _folders.Copy("test-gain", ".built");
        Directory.CreateDirectory(_folders.PathOf("linked"));
        File.CreateSymbolicLink(_folders.PathOf("linked", "test-gain.dll"), file);
        using EffectCatalogue catalogue = _folders.Discover();
        Assert.Equal("test-gain", Assert.Single(catalogue.Effects).Id);
    }

    [Theory]
    [InlineData("the plugin's folder")]
    [InlineData("its assembly")]
    [InlineData("a library in a folder of it")]
    [InlineData("an assembly beside the plugins' folders")]
    public void A_link_that_leads_out_is_refused(string what)
    {
        string outside = _folders.Copy("test-gain", "../elsewhere");
        string link = what switch
        {
            "the plugin's folder" => _folders.PathOf("linked"),
            "its assembly" => _folders.PathOf("linked", "test-gain.dll"),
            "a library in a folder of it" => _folders.PathOf("linked", "runtimes", "native.so"),
            _ => _folders.PathOf("test-gain.dll"),
        };
        if (what == "a library in a folder of it")
            _folders.Copy("test-gain", "linked");
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        if (what == "the plugin's folder")
            Directory.CreateSymbolicLink(link, Path.GetDirectoryName(outside)!);
        else
            File.CreateSymbolicLink(link, outside);
        using EffectCatalogue catalogue = _folders.Discover();
        Assert.Empty(catalogue.Effects);
        RefusedPlugin refused = Assert.Single(catalogue.Refused);
        Assert.Equal(link, refused.File);
        Assert.Contains($"which is outside of {_folders.Root}", refused.Reason, StringComparison.Ordinal);
        // The folder that is named may be a link itself.
        Directory.CreateSymbolicLink(_folders.Root + "-link", Path.GetDirectoryName(outside)!);
        using EffectCatalogue named = EffectCatalogue.Discover([_folders.Root + "-link"], PluginLoadMode.FromFile);
        Assert.Single(named.Effects);
        Assert.Empty(named.Refused);
    }

    [Theory]
    [InlineData("", UnixFileMode.OtherWrite)]
    [InlineData("test-gain", UnixFileMode.OtherWrite)]
    [InlineData("test-gain/test-gain.dll", UnixFileMode.OtherWrite)]
    [InlineData("..", UnixFileMode.OtherWrite)]
    public void What_others_can_write_is_refused_unless_it_is_allowed(string path, UnixFileMode mode)
    {
        _folders.Copy("test-gain");
        if (OperatingSystem.IsWindows())
            return;
        string open = Path.GetFullPath(_folders.PathOf(path)).TrimEnd('/');
        File.SetUnixFileMode(open, OwnersOnly | mode);
        using (EffectCatalogue catalogue = _folders.Discover())
        {
            Assert.Empty(catalogue.Effects);
            RefusedPlugin refused = Assert.Single(catalogue.Refused);
            Assert.Contains($"Every user of this machine may write {open}", refused.Reason, StringComparison.Ordinal);
            Assert.Contains("writable: allowed", refused.Fix, StringComparison.Ordinal);
        }

        using EffectCatalogue allowed = EffectCatalogue.Discover(
            [_folders.Root], PluginLoadMode.FromFile, writable: [_folders.Root]);
        Assert.Single(allowed.Effects);
        File.SetUnixFileMode(open, OwnersOnly);
        using EffectCatalogue closed = _folders.Discover();
        Assert.Single(closed.Effects);
    }

    [Fact]
    public void What_a_group_or_another_user_can_write_is_refused()
    {
        // Only root gives files away.
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return;
        _folders.Copy("test-gain");
        File.SetUnixFileMode(_folders.PathOf("test-gain"), OwnersOnly | UnixFileMode.GroupWrite);
        Assert.Empty(Refusals());
        Give("0:4242");
        Assert.Contains("members of group 4242", Assert.Single(Refusals()), StringComparison.Ordinal);
        // A user's group of his own is himself.
        File.SetUnixFileMode(_folders.PathOf("test-gain"), OwnersOnly | UnixFileMode.GroupWrite);
        Give("4243:4243");
        Assert.Contains("User 4243", Assert.Single(Refusals()), StringComparison.Ordinal);
        Give("0:0");
        Assert.Empty(Refusals());
    }

    [Theory]
    [InlineData("""{ "targets": { "x": { "../../outside/native.so": {} } } }""", "../../outside/native.so")]
    [InlineData("""{ "a": { "path": "/opt/other/lib.dll" } }""", "/opt/other/lib.dll")]
    [InlineData("""{ "a": { "path": "\u002e\u002e\\lib.dll" } }""", "..\\lib.dll")]
    [InlineData("""{ "a": """, "damaged")]
    public void A_list_of_dependencies_that_leads_out_is_refused(string list, string said)
    {
        string file = _folders.Copy("test-gain");
        File.WriteAllText(Path.ChangeExtension(file, ".deps.json"), list);
        using EffectCatalogue catalogue = _folders.Discover();
        Assert.False(catalogue.TryLoad("test-gain", out _, out RefusedPlugin? refused));
        Assert.Contains(said, refused!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_circle_of_links_in_a_plugin_is_not_followed()
    {
        string file = _folders.Copy("test-gain");
        Directory.CreateSymbolicLink(_folders.PathOf("test-gain", "loop"), _folders.PathOf("test-gain"));
        using EffectCatalogue catalogue = _folders.Discover();
        Assert.True(catalogue.TryLoad("test-gain", out _, out RefusedPlugin? refused), refused?.Reason);
        string before = PluginHash.Of(file, ownsFolder: true);
        Directory.Delete(_folders.PathOf("test-gain", "loop"));
        Assert.Equal(before, PluginHash.Of(file, ownsFolder: true));
    }

    private string[] Refusals()
    {
        using EffectCatalogue catalogue = _folders.Discover();
        return [.. catalogue.Refused.Select(refused => refused.Reason)];
    }

    private void Give(string owner)
    {
        using Process process = Process.Start("chown", [owner, _folders.PathOf("test-gain")]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
