using System;
using System.IO;
using System.Linq;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Choosing;
using R3X.FxHost.Presets.Diagnostics;
using Xunit;

namespace R3X.FxHost.Tests.Presets.Choosing;

/// <summary>Choosing while the files are being edited.</summary>
public sealed class ChoosingReloadTests : IDisposable
{
    private static readonly LineTraits Happy = new("happy");

    private readonly PresetFolderOnDisk _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_preset_competes_for_the_next_line()
    {
        _folder.Chooses("neutral", Happy);
        File.WriteAllText(_folder.FileOf("a"), "preset: 1\nuse-when: [{ mood: happy }]\nchain: [limiter]\n");
        _folder.Chooses("a", Happy);
    }

    [Fact]
    public void An_edit_of_the_preset_that_matches_counts_at_once()
    {
        _folder.Save("a", "use-when: [{ mood: happy }]");
        _folder.Chooses("a", Happy);
        File.WriteAllText(_folder.FileOf("a"), "preset: 1\nuse-when: [{ mood: sad }]\nchain: [limiter]\n");
        _folder.Chooses("neutral", Happy);
    }

    [Theory]
    [InlineData("use-when: { mood: sad }", "chain: [limiter]")]
    [InlineData("use-when: [{ mood: sad }]", "chain: [cmob]")]
    [InlineData("use-when: [{ mood: sad }", "chain: [limiter]")]
    public void A_broken_file_competes_as_it_last_was_when_it_was_good(string useWhen, string chain)
    {
        _folder.Save("a", "use-when: [{ mood: happy }]");
        _folder.Chooses("a", Happy);
        _folder.Save("a", useWhen, chain);
        for (int i = 0; i < 2; i++)
        {
            PresetChoice choice = _folder.Choose(Happy);
            Assert.Equal("a", choice.Preset?.Id);
            Assert.Contains(choice.Diagnostics, d => d.Severity == DiagnosticSeverity.Error);
            Assert.Equal("neutral", _folder.Choose(new LineTraits("sad")).Preset?.Id);
        }

        _folder.Save("a", "use-when: [{ mood: sad }]");
        _folder.Chooses("a", new LineTraits("sad"));
        _folder.Chooses("neutral", Happy);
    }

    [Fact]
    public void A_preset_that_broke_before_it_was_ever_spoken_with_is_used_as_it_was_all_the_same()
    {
        _folder.Save("a", "use-when: [{ mood: happy }]");
        _folder.Chooses("neutral", new LineTraits("sad"));
        _folder.Save("a", "use-when: [{ mood: happy }]", "chain: [cmob]");
        _folder.Chooses("a", Happy);
    }

    [Fact]
    public void A_preset_that_was_never_good_is_passed_over_and_named()
    {
        _folder.Save("a", "use-when: [{ mood: happy, cue: greeting }]", "chain: [cmob]");
        _folder.Save("b", "use-when: [{ mood: happy }]");
        PresetChoice choice = _folder.Choose(new LineTraits("happy", "greeting"));
        Assert.Equal("b", choice.Preset?.Id);
        Assert.Equal("a.yaml", Assert.Single(choice.PassedOver).File);
        Assert.Empty(choice.Diagnostics);
    }

    [Fact]
    public void Between_deleting_and_creating_a_file_a_line_finds_the_same_preset()
    {
        _folder.Save("a", "use-when: [{ mood: happy }]");
        _folder.Chooses("a", Happy);
        _folder.Delete("a");
        _folder.Pass(300);
        _folder.Chooses("a", Happy);
        _folder.Pass(5_000);
        _folder.Chooses("neutral", Happy);
    }

    [Fact]
    public void A_link_shows_what_changes_behind_it()
    {
        string elsewhere = Path.Combine(_folder.Path, "elsewhere.txt");
        File.WriteAllText(elsewhere, "preset: 1\nuse-when: [{ mood: happy }]\nchain: [limiter]\n");
        File.SetLastWriteTimeUtc(elsewhere, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        File.CreateSymbolicLink(_folder.FileOf("a"), elsewhere);
        // The link's own time: a young file would be read again whatever it leads to.
        File.SetLastWriteTimeUtc(_folder.FileOf("a"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        _folder.Chooses("a", Happy);
        File.WriteAllText(elsewhere, "preset: 1\nuse-when: [{ mood: sadly }]\nchain: [limiter]\n");
        _folder.Chooses("neutral", Happy);
    }

    [Fact]
    public void Five_hundred_presets_with_a_parent_each_are_read_and_so_is_one_that_comes_late()
    {
        foreach (int i in Enumerable.Range(0, 500))
            File.WriteAllText(_folder.FileOf($"p{i}"), "preset: 1\nextends: neutral\n");
        Assert.Equal(501, _folder.Library.ReadAll().Count(listing => listing.Reading.Preset is not null));
        File.WriteAllText(_folder.FileOf("late"), "preset: 1\nchain: [limiter]\n");
        Assert.NotNull(_folder.Library.Find("late").Preset);
    }
}
