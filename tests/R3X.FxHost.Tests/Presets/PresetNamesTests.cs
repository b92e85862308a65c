using System;
using System.IO;
using System.Linq;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Choosing;
using R3X.FxHost.Presets.Diagnostics;
using Xunit;

namespace R3X.FxHost.Tests.Presets;

/// <summary>Which files are presets, by their names, and what names are the same.</summary>
public sealed class PresetNamesTests : IDisposable
{
    private const string Sound = "preset: 1\nchain: [limiter]\n";

    // The same name: with the accent in the letter, and behind it.
    private const string Composed = "caf\u00E9";
    private const string Decomposed = "cafe\u0301";

    private readonly string _folder = Directory.CreateTempSubdirectory("r3x-presets-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_editors_and_macOS_leave_beside_a_preset_is_none()
    {
        string[] hidden = ["._x.yaml", ".#x.yaml", ".x.yaml", ".x.yaml.swp", ".host.yaml"];
        foreach (string name in (string[])["x.yaml", .. hidden, "#x.yaml#", "x.yaml~", "x.yaml.bak", "x.bak"])
            Write(name);
        var library = new PresetLibrary(_folder, new FakeCatalogue());
        Assert.Equal(["x"], library.ListIds());
        Assert.Equal(["x"], library.ReadAll().Select(preset => preset.Id));
        Assert.Null(library.Find("._x").Preset);
        Assert.Empty(PresetNames.MisnamedIn(_folder));
    }

    [Theory]
    [InlineData("x.yml", "x.yaml")]
    [InlineData("x.YAML", "x.yaml")]
    [InlineData("x.Yml", "x.yaml")]
    [InlineData("x.yaml.txt", "x.yaml")]
    [InlineData("x.YAML.TXT", "x.yaml")]
    [InlineData("x.yml.txt", "x.yaml")]
    [InlineData("host.yml", "host.yaml")]
    [InlineData("Host.yaml", "host.yaml")]
    [InlineData("host.yaml.txt", "host.yaml")]
    public void A_file_that_is_nearly_called_right_is_named_with_the_right_name(string name, string right)
    {
        string file = Write(name);
        Assert.Equal([file], PresetNames.MisnamedIn(_folder));
        PresetDiagnostic said = PresetNames.Check(file)!;
        Assert.Equal((DiagnosticSeverity.Warning, $"Rename it to {right}."), (said.Severity, said.Fix));
        Assert.Empty(new PresetLibrary(_folder, new FakeCatalogue()).ListIds());
    }

    [Theory]
    [InlineData("x.yaml")]
    [InlineData("host.yaml")]
    [InlineData("X.yaml")]
    [InlineData("notes.txt")]
    [InlineData(".yaml")]
    [InlineData("x.json")]
    public void Other_names_are_not_remarked_on(string name) => Assert.Null(PresetNames.Check(Write(name)));

    [Theory]
    [InlineData("x.yml")]
    [InlineData("x.yaml.txt")]
    public void Whoever_asks_for_a_misnamed_preset_is_told_to_rename_it(string name)
    {
        Write(name);
        Write("y.yaml");
        PresetReading reading = new PresetLibrary(_folder, new FakeCatalogue()).Find("x");
        Assert.Equal($"Rename {name} there to x.yaml.", Assert.Single(reading.Diagnostics).Fix);
    }

    [Theory]
    [InlineData(Composed, Decomposed)]
    [InlineData(Decomposed, Composed)]
    public void An_accent_may_stand_in_its_letter_or_behind_it(string stored, string asked)
    {
        Write(stored + ".yaml", $"preset: 1\nuse-when:\n  - mood: {stored}\nchain: [limiter]\n");
        Write("child.yaml", $"preset: 1\nextends: {asked}\n");
        Write("host.yaml", $"host: 1\ndefault: {asked}\n");
        var library = new PresetLibrary(_folder, new FakeCatalogue());
        Assert.Equal(Composed, library.Find(asked).Preset!.Id);
        Assert.Equal(Composed, library.Find("child").Preset!.Parent!.Id);
        Assert.Equal(Composed, library.Choose(null, new LineTraits(asked), "child").Preset!.Id);
        Assert.Equal(Composed, library.Choose(null, new LineTraits(), asked).Preset!.Id);
        Assert.Empty(HostSettingsReader.ReadFolder(_folder).Diagnostics);
        Assert.Equal([Composed, "child"], library.ListIds());
    }

    [Fact]
    public void Of_two_files_that_differ_only_in_that_one_is_used_and_the_other_is_named()
    {
        string first = Write(Decomposed + ".yaml");
        string second = Write(Composed + ".yaml");
        var library = new PresetLibrary(_folder, new FakeCatalogue());
        Assert.Equal([Composed], library.ListIds());
        Assert.Equal(first, library.Find(Composed).Preset!.File);
        Assert.Equal([second], PresetNames.MisnamedIn(_folder));
    }

    private string Write(string name, string text = Sound)
    {
        string file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }
}
