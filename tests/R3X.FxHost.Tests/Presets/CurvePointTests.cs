using System;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Comparing;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Editing;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Presets.Editing;
using Xunit;

namespace R3X.FxHost.Tests.Presets;

/// <summary>The points of a curve: settings whose names are frequencies.</summary>
public sealed class CurvePointTests : IDisposable
{
    private const string Parent =
        "preset: 1\nchain:\n  - curve:\n      1250 Hz: 8 dB\n      250Hz: -6dB\n  - limiter\n";

    private readonly EditedFolder _folder = new();

    public CurvePointTests() => _folder.Write("parent", Parent);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("  - curve:\n      250 Hz: -6 dB\n      1.25 kHz: 8 dB\n")]
    [InlineData("  - curve: { 1.25 kHz: 8 dB, 250 Hz: \u22126 dB }\n")]
    [InlineData("  - curve: {1250hz: +8db, \"250 Hz\": -6.0 dB, strength: 100%}\n")]
    public void Points_are_written_in_any_order_in_lines_or_in_braces(string step)
    {
        PresetReading reading = LoosePreset.Read("preset: 1\nchain:\n" + step, "mine.yaml", _folder.Catalogue);
        Assert.Empty(reading.Diagnostics);
        SlotPlan slot = Assert.Single(reading.Preset!.Plan.Slots);
        Assert.Equal(new FrequencyCurve([new(250, -6), new(1250, 8)]), slot.Curve);
        Assert.Equal("250 Hz: -6 dB, 1.25 kHz: 8 dB", ValueText.Format(slot.Parameters[1], slot.Values[1]));
    }

    [Fact]
    public void A_child_replaces_a_point_adds_another_and_keeps_the_rest()
    {
        _folder.Write("child", "preset: 1\nextends: parent\nchange:\n  curve: { 1.25 kHz: 4 dB, 3 kHz: -2 dB }\n");
        PresetStep step = _folder.Good("child").Steps[0];
        Assert.Equal(
            ["strength 100%", "250 Hz -6 dB", "1.25 kHz 4 dB", "3 kHz -2 dB"],
            step.Settings().Select(s => $"{s.Name} {s.Value}"));
        Assert.Equal([null, "parent", "child", "child"], step.Settings().Select(s => s.Origin.PresetId));
        Assert.Equal(new Origin("child", 4, 22, 4), step.Settings().ElementAt(2).Origin);
        Assert.Equal(
            ["curve.1.25 kHz is 8 dB in parent, 4 dB in child.", "curve.3 kHz is no point in parent, -2 dB in child."],
            PresetComparison.Between(_folder.Good("parent"), _folder.Good("child"))
                .Where(d => d.Step is not null).Select(d => d.Sentence));
    }

    [Fact]
    public void A_point_is_set_however_its_frequency_is_spelled()
    {
        string changed = _folder.Set("parent", "curve.1.25 kHz", "7 dB");
        Assert.Equal(Parent.Replace("8 dB", "7 dB", StringComparison.Ordinal), changed);
        changed = _folder.Set("parent", "curve.250 hz", "-3 dB");
        Assert.Contains("\n      250Hz: -3 dB\n", changed, StringComparison.Ordinal);
        changed = _folder.Set("parent", "curve.3000 Hz", "2.5 dB");
        Assert.Contains("\n      3 kHz: 2.5 dB\n  - limiter\n", changed, StringComparison.Ordinal);
        _folder.Write("child", "preset: 1\nextends: parent\n");
        changed = _folder.Set("child", "curve.1250 Hz", "1 dB");
        Assert.EndsWith("change:\n  curve:\n    1.25 kHz: 1 dB\n", changed, StringComparison.Ordinal);
        Assert.Equal(PresetEditOutcome.Unchanged, _folder.Editor.Set("child", "curve.1.25 kHz", "1 dB").Outcome);
    }

    [Theory]
    [InlineData("curve.60 Hz", "3 dB", "\"60 Hz\" is below that.")]
    [InlineData("curve.250", "3 dB", "\"250\" has no unit.")]
    [InlineData("curve.250 Hz", "30 dB", "is a level from -24 dB to 24 dB; \"30 dB\" is above that.")]
    [InlineData("curve.points", "3 dB", "curve has: strength, points such as \"1 kHz: 3 dB\".")]
    public void A_point_that_cannot_be_is_not_set(string path, string value, string said) =>
        Assert.Contains(said, _folder.Refuse("parent", path, value), StringComparison.Ordinal);

    [Fact]
    public void A_new_preset_has_each_point_as_a_note()
    {
        NewPreset.Create(_folder.Library, "mine", "parent");
        string[] notes = [.. _folder.Text("mine").Split('\n').Select(line => line.Split(" # ")[0].TrimEnd())];
        Assert.Contains("#     250 Hz: -6 dB", notes);
        Assert.Contains("#     1.25 kHz: 8 dB", notes);
    }

    [Fact]
    public void A_point_is_changed_for_one_run()
    {
        Preset preset = _folder.Good("parent");
        OverrideReading reading = PresetOverrides.Apply(preset, ["curve.1.25 kHz=5 dB", "curve.3kHz = -2 dB"]);
        Assert.Empty(reading.Diagnostics);
        Assert.Equal(new FrequencyCurve([new(250, -6), new(1250, 5), new(3000, -2)]), reading.Plan.Slots[0].Curve);
        Assert.Equal(new FrequencyCurve([new(250, -6), new(1250, 8)]), preset.Plan.Slots[0].Curve);
    }

    [Theory]
    [InlineData(
        "curve.1,25 kHz=5 dB",
        "a comma where a point belongs.\n  | curve.1,25 kHz=5 dB\n  |       ^~~~~~~~\n Write \"1.25 kHz\".")]
    [InlineData("curve.250 Hz=5", "\"5\" has no unit.\n  | curve.250 Hz=5\n  |              ^\n Write \"5 dB\".")]
    public void A_mistake_in_it_is_told_in_the_words_of_a_preset_file(string assignment, string expected)
    {
        OverrideReading reading = PresetOverrides.Apply(_folder.Good("parent"), assignment);
        Assert.EndsWith(expected, DiagnosticText.Format(reading.Diagnostics), StringComparison.Ordinal);
    }

    [Fact]
    public void More_points_than_there_may_be_are_refused_for_one_run_as_well()
    {
        string[] points = [.. Enumerable.Range(1, 30).Select(i => $"curve.{100 * i} Hz=1 dB")];
        OverrideReading reading = PresetOverrides.Apply(_folder.Good("parent"), points);
        Assert.Equal(31, reading.Plan.Slots[0].Curve.Points.Count);
        string message = Assert.Single(reading.Diagnostics).Message;
        Assert.Equal("This is one point more than the 31 that curve takes.", message);
    }
}
