using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;
using Xunit;

namespace R3X.FxHost.Tests.Presets;

public sealed class PresetOverridesTests
{
    private readonly Preset _preset = Read("preset: 1\nchain: [eq, comb, limiter]");

    [Fact]
    public void A_setting_is_changed_and_the_first_plan_stays_as_it_was()
    {
        OverrideReading reading = PresetOverrides.Apply(
            _preset, ["comb.mix=40%", "comb.delay = 0.01 s", "comb.mix=45%"]);
        Assert.Empty(reading.Diagnostics);
        Assert.Equal([10.0, 30, 0, 8000, 45], reading.Plan.Slots[1].Values.Select(v => v.Still));
        Assert.Equal([8.0, 30, 0, 8000, 25], _preset.Plan.Slots[1].Values.Select(v => v.Still));
    }

    [Fact]
    public void A_step_is_taken_out_with_bypass()
    {
        OverrideReading reading = PresetOverrides.Apply(_preset, ["comb=bypass", "eq=on"]);
        Assert.Empty(reading.Diagnostics);
        Assert.Equal(["eq", "limiter"], reading.Plan.Slots.Select(s => s.Step));
    }

    [Fact]
    public void An_effect_is_added_in_front_of_the_limiter_with_its_defaults_and_can_then_be_set()
    {
        OverrideReading reading = PresetOverrides.Apply(
            _preset, ["+ring-mod", "ring-mod.mix=40%", "+comb"], new FakeCatalogue());
        Assert.Empty(reading.Diagnostics);
        Assert.Equal(["eq", "comb", "ring-mod", "limiter"], reading.Plan.Slots.Select(slot => slot.Step));
        Assert.Equal([75.0, 40], reading.Plan.Slots[2].Values.Select(value => value.Still));
    }

    [Fact]
    public void An_effect_is_added_at_the_end_where_there_is_no_limiter()
    {
        OverrideReading reading = PresetOverrides.Apply(
            Read("preset: 1\nchain: [eq]"), ["+ring-mod"], new FakeCatalogue());
        Assert.Equal(["eq", "ring-mod"], reading.Plan.Slots.Select(slot => slot.Step));
    }

    [Theory]
    [InlineData("preset: 1\nchain: [eq]", "+rng-mod", "\"rng-mod\" is not an effect")]
    [InlineData("preset: 1\nchain: [ring-mod: { effect: eq }]", "+ring-mod", "has a step \"ring-mod\" with another")]
    public void An_effect_that_cannot_be_added_is_told_and_leaves_the_plan_as_it_was(
        string text, string added, string said)
    {
        Preset preset = Read(text);
        OverrideReading reading = PresetOverrides.Apply(preset, [added], new FakeCatalogue());
        Assert.Contains(said, Assert.Single(reading.Diagnostics).Message, System.StringComparison.Ordinal);
        Assert.Same(preset.Plan, reading.Plan);
    }

    [Theory]
    [InlineData("comb=on", 25)]
    [InlineData("comb.mix=40%", 40)]
    public void A_step_that_the_preset_switches_off_is_switched_on_or_given_a_setting(string assignment, double mix)
    {
        Preset off = Read("preset: 1\nchain: [eq, comb: bypass, limiter]");
        OverrideReading reading = PresetOverrides.Apply(off, assignment);
        Assert.Empty(reading.Diagnostics);
        Assert.Equal(["eq", "comb", "limiter"], reading.Plan.Slots.Select(slot => slot.Step));
        Assert.Equal(mix, reading.Plan.Slots[1].Values[4].Still);
        Assert.Equal(["eq", "limiter"], off.Plan.Slots.Select(slot => slot.Step));
    }

    [Fact]
    public void What_is_switched_off_and_on_again_is_as_it_was()
    {
        OverrideReading reading = PresetOverrides.Apply(_preset, ["comb.mix=40%", "comb=bypass", "comb=on"]);
        Assert.Empty(reading.Diagnostics);
        Assert.Equal(40, reading.Plan.Slots[1].Values[4].Still);
    }

    [Theory]
    [InlineData("comb.mix=40 dB", "override  mix is a percentage from 0% to 100%; \"40 dB\" is a level.\n  | "
        + "comb.mix=40 dB\n  |          ^~~~~\n Write \"40%\".")]
    [InlineData("comb.mx=40%", "override  \"mx\" is not a setting of comb.\n  | comb.mx=40%\n  |      ^~\n Write "
        + "\"mix\". comb has: delay, feedback, feedforward, damping, mix.")]
    [InlineData("cmob.mix=40%", "override  \"cmob\" is not a step of \"mine\".\n  | cmob.mix=40%\n  | ^~~~\n Write "
        + "\"comb\". mine has: eq, comb, limiter.")]
    [InlineData("mix=40%", "override  \"mix\" is a setting; its step is missing in front of it.\n  | mix=40%\n  | "
        + "^~~\n Write \"comb.mix=40%\".")]
    [InlineData("comb=off", "override  A step is switched with \"bypass\" or \"on\"; \"off\" is neither.\n  | "
        + "comb=off\n  |      ^~~\n Write \"comb=bypass\".")]
    [InlineData("comb.mix", "override  A change for one line has the form STEP.SETTING=VALUE.\n  | comb.mix\n  | "
        + "^~~~~~~~\n Write \"eq.high-pass=100 Hz\".")]
    [InlineData("comb.mix=",
        "override  mix has no value.\n  | comb.mix=\n  |         ^\n Write a value such as \"25%\", the default.")]
    [InlineData("comb.mix=wobble 10% to 4 dB at 1 Hz", "override  mix is a percentage from 0% to 100%; \"4 dB\" is a "
        + "level.\n  | comb.mix=wobble 10% to 4 dB at 1 Hz\n  |                        ^~~~\n Write \"4%\".")]
    [InlineData(
        "", "override  A change for one line has the form STEP.SETTING=VALUE.\n Write \"eq.high-pass=100 Hz\".")]
    public void A_mistake_is_told_in_the_words_of_a_preset_file(string assignment, string expected)
    {
        OverrideReading reading = PresetOverrides.Apply(_preset, assignment);
        Assert.Equal(expected, DiagnosticText.Format(reading.Diagnostics));
        Assert.Equal(_preset.Plan, reading.Plan);
    }

    [Fact]
    public void A_sentence_takes_the_place_of_a_value()
    {
        OverrideReading reading = PresetOverrides.Apply(_preset, "comb.delay=Wobble 7ms to 9 ms  at 0.5 hz");
        Assert.Empty(reading.Diagnostics);
        SlotPlan comb = reading.Plan.Slots[1];
        Assert.Equal(new Wobble(7, 9, 0.5), comb.Values[0].Modulation);
        Assert.Equal("wobble 7 ms to 9 ms at 0.5 Hz", ValueText.Format(comb.Parameters[0], comb.Values[0]));
    }

    [Fact]
    public void All_mistakes_come_at_once_and_what_is_right_is_applied()
    {
        OverrideReading reading = PresetOverrides.Apply(_preset, ["a.b=1", "comb.mix=40%", "c"]);
        Assert.Equal(2, reading.Diagnostics.Count);
        Assert.Equal(40, reading.Plan.Slots[1].Values[4].Still);
    }

    private static Preset Read(string text) => LoosePreset.Read(text, "mine.yaml", new FakeCatalogue()).Preset!;
}
