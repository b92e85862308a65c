using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Simulation;
using Xunit;

namespace R3X.FxHost.Tests.Plugins;

/// <summary>Plugins that are copied while a host lives, on a clock that the test turns.</summary>
public sealed class PluginWatchTests : IDisposable
{
    private readonly PluginFolders _folders = new();
    private readonly PluginFolders _elsewhere = new();
    private readonly VirtualTime _time = new();
    private readonly List<string> _told = [];
    private readonly EffectCatalogue _catalogue;
    private readonly PluginWatch _watch;

    public PluginWatchTests()
    {
        Write(_folders, "0.1.0");
        _folders.Copy("test-gain");
        // One that is not there yet.
        _catalogue = EffectCatalogue.Discover([_folders.Root, _folders.Root + "-later"], PluginLoadMode.Shadow);
        _watch = new PluginWatch(
            _catalogue, _time, changes => _told.AddRange(changes.Select(change => change.ToString())));
        _catalogue.LoadAll();
    }

    public static TheoryData<string> Ways =>
        ["in place", "renamed file", "piece by piece", "removed and copied", "renamed folder"];

    public void Dispose()
    {
        _watch.Dispose();
        _catalogue.Dispose();
        _time.Dispose();
        _folders.Dispose();
        _elsewhere.Dispose();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void However_a_new_version_is_copied_it_takes_the_place_of_the_old_one(string way)
    {
        Assert.Equal([1f], Heard("warble"));
        string file = Write(_elsewhere, "0.2.0", "Halves");
        string target = _folders.PathOf("warble", Path.GetFileName(file));
        switch (way)
        {
            case "in place":
                File.Copy(file, target, overwrite: true);
                break;
            case "renamed file":
                File.Copy(file, target + ".new");
                File.Move(target + ".new", target, overwrite: true);
                break;
            case "piece by piece":
                CopySlowly(file, target);
                break;
            case "removed and copied":
                Directory.Delete(_folders.PathOf("warble"), recursive: true);
                _time.Advance(1_000);
                Repository.CopyFolder(Path.GetDirectoryName(file)!, _folders.PathOf("warble"));
                break;
            case "renamed folder":
                Repository.CopyFolder(Path.GetDirectoryName(file)!, _folders.PathOf(".fresh"));
                Directory.Move(_folders.PathOf("warble"), _folders.PathOf(".old"));
                Directory.Move(_folders.PathOf(".fresh"), _folders.PathOf("warble-2"));
                break;
        }

        _time.Advance(3_000);

        Assert.Equal(["warble 0.1.0 -> 0.2.0"], _told);
        Assert.Equal([0.5f], Heard("warble"));
        Assert.Equal("0.2.0", _catalogue.Effects.Single(effect => effect.Id == "warble").Version);
        Assert.Single(_catalogue.Refused);
    }

    [Fact]
    public void A_new_plugin_is_found_within_a_second_also_in_a_folder_that_was_not_there()
    {
        new EmittedPlugin("chirp") { Version = "1.0" }.WriteTo(_folders, "chirp");
        _time.Advance(1_100);
        Assert.Equal(["chirp 1.0 added"], _told);
        Assert.Contains("later", Assert.Single(_catalogue.Refused).File, StringComparison.Ordinal);

        new EmittedPlugin("growl") { Version = "1.0" }.WriteTo(_elsewhere, "growl");
        Directory.Move(_elsewhere.Root, _folders.Root + "-later");
        _time.Advance(1_100);

        Assert.Equal(["chirp 1.0 added", "growl 1.0 added"], _told);
        Assert.Equal([1f], Heard("growl"));
        Assert.Empty(_catalogue.Refused);
    }

    [Theory]
    [InlineData("ConstructorThrows", "the table of windows is missing")]
    [InlineData("ParameterMisnamed", "Dry Wet")]
    [InlineData("EmitsNanFromBlock5", "NaN")]
    [InlineData("ThrowsFromBlock5", "block 5")]
    [InlineData("cut short", "cut short")]
    [InlineData("API level", "API level 99")]
    public void A_version_that_cannot_be_used_leaves_the_old_one_in_place_and_is_told_once(string what, string why)
    {
        Heard("warble");
        string file = _folders.PathOf("warble", "Emitted.warble.dll");
        byte[] good = File.ReadAllBytes(file);
        switch (what)
        {
            case "cut short":
                File.WriteAllBytes(file, good[..^600]);
                break;
            case "API level":
                new EmittedPlugin("warble") { ApiLevel = 99 }.WriteTo(_folders, "warble");
                break;
            default:
                new EmittedPlugin("warble") { Base = what }.WriteTo(_folders, "warble");
                break;
        }

        _time.Advance(1_500);
        Assert.Empty(_told);
        _time.Advance(10_000);

        string told = Assert.Single(_told);
        Assert.StartsWith("warble 0.1.0 stays in use; ", told, StringComparison.Ordinal);
        Assert.Contains(why, told, StringComparison.Ordinal);
        Assert.Contains(_catalogue.Refused, refused => refused.Reason.Contains(why, StringComparison.Ordinal));
        Assert.Equal([1f], Heard("warble"));
        // Something else changes; nothing is told again, and nothing forgotten.
        new EmittedPlugin("chirp") { Version = "1.0" }.WriteTo(_folders, "chirp");
        _time.Advance(3_000);
        Assert.Equal([told, "chirp 1.0 added"], _told);
        Assert.Contains(_catalogue.Refused, refused => refused.Reason.Contains(why, StringComparison.Ordinal));

        Write(_folders, "0.2.0", "Halves");
        _time.Advance(3_000);
        Assert.Equal("warble 0.1.0 -> 0.2.0", _told[^1]);
        Assert.Equal([0.5f], Heard("warble"));
        Assert.Single(_catalogue.Refused);
    }

    [Fact]
    public void A_plugin_whose_library_comes_a_second_later_is_not_told_as_broken()
    {
        string file = new EmittedPlugin("chirp") { Version = "1.0" }.WriteTo(_elsewhere, "chirp");
        string parts = Directory.GetFiles(Path.GetDirectoryName(file)!).Single(other => other != file);
        Directory.CreateDirectory(_folders.PathOf("chirp"));
        // What leads in a circle hides nothing.
        Directory.CreateSymbolicLink(_folders.PathOf("chirp", "loop"), _folders.PathOf("chirp"));
        File.CreateSymbolicLink(_folders.PathOf("chirp", "itself"), _folders.PathOf("chirp", "itself"));
        File.Copy(file, _folders.PathOf("chirp", Path.GetFileName(file)));
        _time.Advance(1_000);
        File.Copy(parts, _folders.PathOf("chirp", Path.GetFileName(parts)));
        _time.Advance(5_000);
        Assert.Equal(["chirp 1.0 added"], _told);
        Assert.Equal([1f], Heard("chirp"));
    }

    [Fact]
    public void The_same_files_once_more_change_nothing()
    {
        IEffect before = Make("warble");
        string file = _folders.PathOf("warble", "Emitted.warble.dll");
        File.WriteAllBytes(file, File.ReadAllBytes(file));
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddMinutes(1));
        IEffectCatalogue snapshot = _catalogue.Snapshot;
        _time.Advance(5_000);
        Assert.Empty(_told);
        Assert.Same(snapshot, _catalogue.Snapshot);
        Assert.Same(before.GetType(), Make("warble").GetType());
    }

    [Fact]
    public void Another_build_of_the_same_version_is_loaded_again()
    {
        Write(_folders, "0.1.0", "Halves");
        _time.Advance(3_000);
        Assert.Equal(["warble loaded again"], _told);
        Assert.Equal([0.5f], Heard("warble"));
    }

    [Fact]
    public void A_removed_plugin_is_gone_after_two_seconds_and_what_was_made_of_it_sounds_on()
    {
        IEffect made = Make("warble");
        Assert.True(_catalogue.TryLoad("warble", out LoadedEffect? loaded, out _));
        Directory.Delete(_folders.PathOf("warble"), recursive: true);
        _time.Advance(1_500);
        Assert.True(_catalogue.TryLoad("warble", out _, out _));
        _time.Advance(2_000);
        Assert.Equal(["warble 0.1.0 removed"], _told);
        Assert.False(_catalogue.TryLoad("warble", out _, out RefusedPlugin? refused));
        Assert.Null(refused);
        Assert.Equal(["test-gain"], _catalogue.Effects.Select(effect => effect.Id));
        made.Process(new AudioBlock([1f]));
        // A line that was chosen before it was removed may begin after.
        Assert.NotNull(loaded.Create());
    }

    [Fact]
    public void What_nobody_had_loaded_is_replaced_as_well_and_one_that_fails_then_is_refused()
    {
        using EffectCatalogue catalogue = EffectCatalogue.Discover([_folders.Root], PluginLoadMode.Shadow);
        var told = new List<string>();
        using var watch = new PluginWatch(
            catalogue, _time, changes => told.AddRange(changes.Select(change => change.ToString())));
        new EmittedPlugin("warble") { Base = "ConstructorThrows" }.WriteTo(_folders, "warble");
        _time.Advance(5_000);
        Assert.StartsWith("warble 0.1.0 is gone; ", Assert.Single(told), StringComparison.Ordinal);
        Assert.False(catalogue.TryLoad("warble", out _, out RefusedPlugin? refused));
        Assert.Contains("windows", refused!.Reason, StringComparison.Ordinal);
        Assert.Equal(refused, Assert.Single(catalogue.Refused));
    }

    private static string Write(PluginFolders folders, string version, string what = "PassThrough") =>
        new EmittedPlugin("warble") { Version = version, Base = what }.WriteTo(folders, "warble");

    private IEffect Make(string id)
    {
        Assert.True(_catalogue.TryLoad(id, out LoadedEffect? loaded, out RefusedPlugin? refused), refused?.Reason);
        return loaded.Create();
    }

    // What becomes of a 1.
    private float[] Heard(string id)
    {
        Assert.True(_catalogue.TryLoad(id, out LoadedEffect? loaded, out RefusedPlugin? refused), refused?.Reason);
        float[] block = [1];
        IEffect effect = loaded.Create();
        effect.Prepare(new EffectSetup(new AudioFormat(48_000, 1), 1, RenderQuality.Full, 1, loaded.Parameters,
            [.. loaded.Parameters.Select(parameter => parameter.Default)]));
        effect.Process(new AudioBlock(block));
        return block;
    }

    private void CopySlowly(string from, string to)
    {
        byte[] bytes = File.ReadAllBytes(from);
        using var stream = new FileStream(to, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        for (int at = 0; at < bytes.Length; at += 700)
        {
            stream.Write(bytes, at, Math.Min(700, bytes.Length - at));
            stream.Flush();
            _time.Advance(450);
            Assert.Equal([1f], Heard("warble"));
        }
    }
}
