using System;
using System.IO;
using System.Linq;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Comparing;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Editing;
using Xunit;

namespace R3X.FxHost.Tests.Presets.Editing;

public sealed class NewPresetTests : IDisposable
{
    private readonly EditedFolder _folder = new();

    public NewPresetTests() => _folder.Write("neutral", "preset: 1\nname: Neutral\nchain:\n  - eq\n  - comb: { mix: "
        + "wobble 20% to 40% at 1 Hz }\n  - saturation: bypass\n  - limiter\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_preset_sounds_like_its_parent()
    {
        Assert.Equal(_folder.PathOf("my-voice"), NewPreset.Create(_folder.Library, "my-voice", "neutral").File);
        Preset made = _folder.Good("my-voice");
        Assert.Equal(("My voice", "neutral"), (made.Name, made.Parent!.Id));
        Assert.DoesNotContain(PresetComparison.Between(_folder.Good("neutral"), made), d => d.Step is not null);
    }

    [Fact]
    public void Without_the_marks_in_front_its_notes_are_the_parents_values()
    {
        NewPreset.Create(_folder.Library, "my-voice", "neutral");
        string[] lines = _folder.Text("my-voice").Split('\n');
        int change = Array.IndexOf(lines, "# change:");
        _folder.Write("my-voice",
            string.Join('\n', lines.Select((line, i) => i >= change && line.Length > 1 ? line[2..] : line)));
        Preset made = _folder.Good("my-voice");
        Assert.DoesNotContain(PresetComparison.Between(_folder.Good("neutral"), made), d => d.Step is not null);
        Assert.All(made.Steps.Where(step => !step.IsBypassed),
            step => Assert.All(step.ValueOrigins, origin => Assert.Equal("my-voice", origin.PresetId)));
    }

    [Fact]
    public void A_value_is_set_in_it_right_away()
    {
        NewPreset.Create(_folder.Library, "my-voice", "neutral");
        string text = _folder.Set("my-voice", "comb.delay", "5 ms");
        Assert.Contains("extends: neutral\n", text, StringComparison.Ordinal);
        Assert.Contains("change:\n  comb:\n    delay: 5 ms\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("neutral", "There is such a file already")]
    [InlineData("Neutral", "There is such a file already")]
    [InlineData("../mine", "Write \"mine\"")]
    [InlineData("My Voice", "Write \"my-voice\"")]
    [InlineData("mine.yaml", "Write \"mine\"")]
    [InlineData("host", "host.yaml is the file of the host's own settings.")]
    [InlineData("-x", "Write \"x\"")]
    [InlineData("", "Write \"my-preset\"")]
    public void A_name_that_is_taken_or_cannot_be_is_refused_and_nothing_is_written(string id, string said)
    {
        string[] before = Directory.GetFiles(_folder.Root);
        string neutral = _folder.Text("neutral");
        NewPreset made = NewPreset.Create(_folder.Library, id, "neutral");
        Assert.Null(made.File);
        Assert.Contains(said, DiagnosticText.Format(made.Diagnostics), StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(_folder.Root));
        Assert.Equal(neutral, _folder.Text("neutral"));
    }

    [Theory]
    [InlineData("netural", "Write \"neutral\"")]
    [InlineData("presets/neutral.yaml", "Write \"neutral\"")]
    [InlineData("broken", "mix is a percentage")]
    public void A_parent_that_cannot_be_is_named(string parent, string said)
    {
        _folder.Write("broken", "preset: 1\nchain: [comb: { mix: 3 dB }]\n");
        NewPreset made = NewPreset.Create(_folder.Library, "mine", parent);
        Assert.Null(made.File);
        Assert.Contains(said, DiagnosticText.Format(made.Diagnostics), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.PathOf("mine")));
    }
}
