using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using Xunit;

namespace R3X.FxHost.Tests.Presets;

public sealed class PresetLibraryTests : IDisposable
{
    private const string Quiet = "preset: 1\nchain: [comb: { mix: 20% }, limiter]\n";
    private const string Loud = "preset: 1\nchain: [comb: { mix: 80% }, limiter]\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("r3x-presets-").FullName;
    private readonly FakeCatalogue _catalogue = new();
    private readonly PresetLibrary _library;

    public PresetLibraryTests() => _library = new PresetLibrary(_folder, _catalogue);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_folder_is_listed_without_host_yaml_and_without_reading()
    {
        Write("b.yaml", "rubbish");
        Write("a.yaml", Quiet);
        Write("host.yaml", "host: 1");
        Write("notes.txt", "x");
        Assert.Equal(["a", "b"], _library.ListIds());
        Assert.Empty(_catalogue.Loaded);
    }

    [Fact]
    public void Only_the_preset_that_is_asked_for_is_read()
    {
        Write("a.yaml", "preset: 1\nchain: [comb]\n");
        Write("b.yaml", "preset: 1\nchain: [limiter]\n");
        Preset preset = _library.Find("b").Preset!;
        Assert.Equal(("b", Path.Combine(_folder, "b.yaml")), (preset.Id, preset.File));
        Assert.Equal(["limiter"], _catalogue.Loaded);
    }

    [Fact]
    public void A_path_works_as_well_as_an_id()
    {
        Write("a.yaml", Quiet);
        Preset preset = _library.Find(Path.Combine(_folder, "a.yaml")).Preset!;
        Assert.Equal(("a", Path.Combine(_folder, "a.yaml")), (preset.Id, preset.File));
    }

    [Fact]
    public void An_unknown_id_is_answered_with_the_nearest_one()
    {
        Write("excited.yaml", Quiet);
        Write("radio.yaml", Quiet);
        PresetReading reading = _library.Find("exited");
        Assert.Null(reading.Preset);
        Assert.Equal(
            $"{_folder}  There is no preset \"exited\" here.\n Write \"excited\". There are: excited, radio.",
            DiagnosticText.Format(reading.Diagnostics));
    }

    [Fact]
    public void A_file_named_yml_is_pointed_out()
    {
        Write("mine.yml", Quiet);
        Assert.Equal("Rename mine.yml there to mine.yaml.", Assert.Single(_library.Find("mine").Diagnostics).Fix);
    }

    [Fact]
    public void Names_are_told_apart_by_letter_on_every_system()
    {
        Write("mine.yaml", Quiet);
        Assert.Null(_library.Find("Mine").Preset);
    }

    [Fact]
    public void All_presets_are_read_with_what_is_wrong_with_each()
    {
        Write("a.yaml", Quiet);
        Write("b.yaml", "preset: 1\nchain: [cmob]\n");
        IReadOnlyList<PresetListing> all = _library.ReadAll();
        Assert.Equal(["a", "b"], all.Select(l => l.Id));
        Assert.NotNull(all[0].Reading.Preset);
        Assert.Equal("b.yaml", Assert.Single(all[1].Reading.Diagnostics).File);
    }

    [Theory]
    [InlineData("in place")]
    [InlineData("renamed")]
    [InlineData("deleted and created")]
    public void An_edit_is_heard_at_the_next_line_however_it_was_saved(string way)
    {
        string file = Write("a.yaml", Quiet);
        Assert.Equal(20, Mix());
        switch (way)
        {
            case "in place":
                File.WriteAllText(file, Loud);
                break;
            case "renamed":
                File.Move(Write("a.yaml.tmp", Loud), file, overwrite: true);
                break;
            default:
                File.Delete(file);
                Assert.Equal(20, Mix());
                File.WriteAllText(file, Loud);
                break;
        }

        Assert.Equal(80, Mix());
    }

    [Fact]
    public void An_edit_of_the_same_length_within_one_tick_of_the_file_system_is_heard_too()
    {
        string file = Write("a.yaml", Quiet);
        DateTime time = File.GetLastWriteTimeUtc(file);
        Assert.Equal(20, Mix());
        File.WriteAllText(file, Loud);
        File.SetLastWriteTimeUtc(file, time);
        Assert.Equal(80, Mix());
    }

    [Fact]
    public void An_unchanged_file_is_neither_read_nor_loaded_again()
    {
        string file = Write("a.yaml", Quiet);
        File.SetLastWriteTimeUtc(file, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Preset first = _library.Find("a").Preset!;
        _catalogue.Loaded.Clear();
        Assert.Same(first, _library.Find("a").Preset);
        File.SetLastWriteTimeUtc(file, new DateTime(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Same(first, _library.Find("a").Preset);
        Assert.Empty(_catalogue.Loaded);
    }

    [Fact]
    public void A_broken_save_leaves_the_last_good_preset_in_use_and_says_so()
    {
        Write("a.yaml", Quiet);
        Assert.Equal(20, Mix());
        Write("a.yaml", "preset: 1\nchain: [comb: { mix: 80 }, limiter]\n");
        for (int i = 0; i < 2; i++)
        {
            PresetReading reading = _library.Find("a");
            Assert.Equal(20, reading.Preset!.Plan.Slots[0].Values[4].Still);
            Assert.True(reading.HasErrors);
            Assert.Equal(["mix is a percentage from 0% to 100%; \"80\" has no unit.",
                "The last good version of this preset stays in use."], reading.Diagnostics.Select(d => d.Message));
        }

        Write("a.yaml", Loud);
        Assert.Empty(_library.Find("a").Diagnostics);
        Assert.Equal(80, Mix());
    }

    [Fact]
    public void A_deleted_preset_stays_in_use_and_is_said_to_be_gone()
    {
        File.Delete(Touch(Write("a.yaml", Quiet)));
        PresetReading reading = _library.Find("a");
        Assert.NotNull(reading.Preset);
        Assert.Equal("There is no such file.", reading.Diagnostics[0].Message);
        Assert.Empty(_library.ListIds());
    }

    [Fact]
    public void An_empty_file_that_is_deleted_is_said_to_be_gone_and_one_that_comes_back_empty_to_be_empty()
    {
        string file = Write("a.yaml", "");
        Assert.Equal("The file is empty.", Assert.Single(_library.Find("a").Diagnostics).Message);
        File.Delete(file);
        Assert.Equal("There is no such file.", Assert.Single(_library.Find("a").Diagnostics).Message);
        Write("a.yaml", "");
        Assert.Equal("The file is empty.", Assert.Single(_library.Find("a").Diagnostics).Message);
    }

    [Fact]
    public void A_host_yaml_that_comes_and_goes_is_read_as_it_is()
    {
        var store = new PresetStore(_folder, TimeProvider.System, TimeSpan.Zero);
        HostSettings defaults = store.InitialSettings.Settings;
        Assert.Empty(store.ReadSettings().Diagnostics);
        string file = Write("host.yaml", "");
        Assert.Equal("The file is empty.", store.ReadSettings().Diagnostics[0].Message);
        Write("host.yaml", "host: 1\nvolume: -6 dB\n");
        HostSettingsReading read = store.ReadSettings();
        Assert.Equal(-6, read.Settings.Volume);
        Assert.Same(read, store.ReadSettings());
        File.Delete(file);
        Assert.Equal("There is no such file any more.", store.ReadSettings().Diagnostics[0].Message);
        Assert.Equal((-6, defaults), (store.LatestSettings.Settings.Volume, store.InitialSettings.Settings));
    }

    [Fact]
    public void A_folder_that_does_not_exist_has_no_presets_and_throws_nothing()
    {
        var library = new PresetLibrary(Path.Combine(_folder, "none"), _catalogue);
        Assert.Empty(library.ListIds());
        Assert.Empty(library.ReadAll());
        Assert.Null(library.Find("a").Preset);
        Assert.Null(library.Find("../a").Preset);
        Assert.Null(library.Find("a\0b").Preset);
        Assert.Null(library.Find("a\0b.yaml").Preset);
        Assert.Null(library.Find("").Preset);
        Assert.Equal("The preset could not be read. It is a folder.", library.Find(_folder).Diagnostics[0].Message);
    }

    [Fact]
    public void While_somebody_keeps_writing_the_last_version_stays_in_use_even_where_half_a_preset_is_a_preset()
    {
        string file = Write("a.yaml", "preset: 1\nchain:\n  - comb: { mix: 20% }\n  - limiter\n");
        var clock = new FrozenClock { Now = File.GetLastWriteTimeUtc(file) + TimeSpan.FromSeconds(1) };
        var library = new PresetLibrary(new PresetStore(_folder, clock, TimeSpan.FromMilliseconds(20)), _catalogue);
        Assert.Equal(2, library.Find("a").Preset!.Steps.Count);
        Write("a.yaml", "preset: 1\nchain:\n  - comb: { mix: 80% }\n");
        clock.Now = File.GetLastWriteTimeUtc(file) + TimeSpan.FromMilliseconds(10);
        PresetReading reading = library.Find("a");
        Assert.Equal(2, reading.Preset!.Steps.Count);
        Assert.Empty(reading.Diagnostics);
        clock.Now += TimeSpan.FromMilliseconds(11);
        Assert.Single(library.Find("a").Preset!.Steps);
    }

    [Fact]
    public async Task Readers_on_many_threads_always_get_a_whole_preset_while_it_is_rewritten()
    {
        string file = Write("a.yaml", Quiet);
        Assert.Equal(20, Mix());
        Task<int>[] readers = [.. Enumerable.Range(0, 4).Select(
            _ => Task.Run(() => Enumerable.Range(0, 200).Count(_ => Mix() is 20 or 80)))];
        for (int i = 0; i < 100; i++)
            File.WriteAllText(file, i % 2 == 0 ? Loud : Quiet);
        Assert.All(await Task.WhenAll(readers), whole => Assert.Equal(200, whole));
        Assert.Equal(20, Mix());
    }

    private double Mix() => _library.Find("a").Preset!.Plan.Slots[0].Values[4].Still;

    private string Touch(string file)
    {
        Assert.NotNull(_library.Find(Path.GetFileNameWithoutExtension(file)).Preset);
        return file;
    }

    private string Write(string name, string text)
    {
        string file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    private sealed class FrozenClock : TimeProvider
    {
        public DateTime Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
