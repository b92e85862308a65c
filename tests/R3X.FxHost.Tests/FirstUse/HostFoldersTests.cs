using System;
using System.IO;
using Xunit;

namespace R3X.FxHost.Tests.FirstUse;

/// <summary>What a host says when it is made and something is missing, and what it finds by itself.</summary>
public sealed class HostFoldersTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("r3x-folders-");

    [Fact]
    public void A_folder_of_presets_that_is_not_there_is_named()
    {
        string folder = PathOf("presets");
        Refused<DirectoryNotFoundException>(
            new FxHostOptions { PresetFolder = folder }, folder, "FxHostOptions.PresetFolder");
    }

    [Fact]
    public void A_folder_of_effects_that_is_not_there_is_named()
    {
        string folder = PathOf("effects");
        Refused<DirectoryNotFoundException>(
            new FxHostOptions { PresetFolder = Repository.PathOf("presets"), PluginFolders = [folder] },
            folder,
            "FxHostOptions.PluginFolders");
    }

    [Fact]
    public void A_folder_without_presets_is_named()
    {
        Refused<FileNotFoundException>(
            new FxHostOptions { PresetFolder = _folder.FullName }, "There is neither a preset", _folder.FullName);
    }

    [Fact]
    public void Without_effects_the_folders_that_were_searched_are_named_and_what_brings_some()
    {
        Directory.CreateDirectory(PathOf("none"));
        File.WriteAllText(PathOf("mine.yaml"), "preset: 1\nchain:\n  - gain\n");
        File.WriteAllText(PathOf("host.yaml"), "host: 1\nplugins: [ none ]\n");
        Refused<FileNotFoundException>(
            new FxHostOptions { PresetFolder = _folder.FullName },
            PathOf("none"),
            "FxHostOptions.PluginFolders",
            "copied beside a program",
            "./build.sh");
    }

    [Fact]
    public void Effects_that_were_refused_are_named_with_the_reason()
    {
        Directory.CreateDirectory(PathOf("bad"));
        File.WriteAllText(PathOf("bad/bad.dll"), "no assembly");
        File.WriteAllText(PathOf("mine.yaml"), "preset: 1\nchain:\n  - gain\n");
        File.WriteAllText(PathOf("host.yaml"), "host: 1\nplugins: [ bad ]\n");
        Refused<FileNotFoundException>(new FxHostOptions { PresetFolder = _folder.FullName }, "bad.dll was refused: ");
    }

    [Fact]
    public void A_folder_of_ones_own_presets_need_not_bring_its_own_effects()
    {
        string presets = Directory.CreateDirectory(PathOf("presets")).FullName;
        File.WriteAllText(Path.Combine(presets, "mine.yaml"), "preset: 1\nchain:\n  - gain\n");
        using FxHost host = FxHost.Create(new FxHostOptions { PresetFolder = presets });
        Assert.NotEmpty(host.Effects.Effects);
        Assert.Empty(host.Check(SpeechSelection.OfPreset("mine")));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);

    private static void Refused<T>(FxHostOptions options, params string[] said)
        where T : Exception
    {
        T refused = Assert.Throws<T>(() => FxHost.Create(options));
        Assert.All(said, words => Assert.Contains(words, refused.Message, StringComparison.Ordinal));
    }
}
