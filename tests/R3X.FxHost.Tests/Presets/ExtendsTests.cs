using System;
using System.IO;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Editing;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Presets;

/// <summary>A preset that says only what differs from another one.</summary>
public sealed class ExtendsTests : IDisposable
{
    private const string Neutral = """
        preset: 1
        name: Neutral
        about: Everyday.
        tags: [calm]
        match-loudness: -18 LUFS
        quality: draft
        chain:
          - eq: { presence: 4 kHz }
          - comb: { delay: 8 ms, mix: 20% }
          - saturation: bypass
          - limiter: { ceiling: -2 dB }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("r3x-presets-").FullName;
    private readonly PresetLibrary _library;

    public ExtendsTests()
    {
        _library = new PresetLibrary(_folder, new FakeCatalogue());
        Write("neutral", Neutral);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_child_that_changes_nothing_sounds_like_its_parent()
    {
        Preset child = Child("");
        Assert.Equal(Names(_library.Find("neutral").Preset!), Names(child));
        Assert.Equal(_library.Find("neutral").Preset!.Plan.Slots.SelectMany(s => s.Values),
            child.Plan.Slots.SelectMany(s => s.Values));
        Assert.Equal("neutral", child.Parent!.Id);
    }

    [Fact]
    public void Loudness_quality_and_tags_come_from_the_parent_and_its_name_and_description_do_not()
    {
        Preset child = Child("");
        Assert.Equal(
            (-18.0, RenderQuality.Draft, "child", ""), (child.MatchLoudness, child.Quality, child.Name, child.About));
        Assert.Equal(["calm"], child.Tags);
        Assert.Equal("neutral", child.Origins["match-loudness"].PresetId);
        Assert.DoesNotContain("name", child.Origins.Keys);
    }

    [Fact]
    public void What_a_child_says_of_itself_replaces_what_the_parent_says()
    {
        Preset child = Child("match-loudness: off\nquality: full\ntags: wild\n");
        Assert.Equal((null, RenderQuality.Full), (child.MatchLoudness, child.Quality));
        Assert.Equal(["wild"], child.Tags);
        Assert.Equal(new Origin("child", 3, 17, 3), child.Origins["match-loudness"]);
    }

    [Fact]
    public void Every_value_knows_who_wrote_it()
    {
        PresetStep comb = Child("change:\n  comb: { mix: 35% }\n").Steps[1];
        Assert.Equal([8.0, 30, 0, 8000, 35], comb.Slot.Values.Select(v => v.Still));
        Assert.Equal([Origin.Default, new Origin("child", 4, 16, 3)], [comb.ValueOrigins[1], comb.ValueOrigins[4]]);
        Assert.Equal(("neutral", 9, 20),
            (comb.ValueOrigins[0].PresetId, comb.ValueOrigins[0].Line, comb.ValueOrigins[0].Column));
        Assert.Equal("neutral", comb.Origin.PresetId);
    }

    [Fact]
    public void A_childs_value_stops_the_parents_movement_and_its_sentence_replaces_the_parents_value()
    {
        Child("change: { comb: { delay: wobble 7 ms to 9 ms at 0.5 Hz, mix: random 20% to 40% } }\n");
        Write("grandchild", "preset: 1\nextends: child\nchange: { comb: { delay: 5 ms, mix: pick 10% or 30% } }\n");
        PresetStep child = Good("child").Steps[1];
        Assert.Equal([new Wobble(7, 9, 0.5), null, null, null, new RandomDraw(20, 40)],
            child.Slot.Values.Select(v => v.Modulation));
        PresetStep grandchild = Good("grandchild").Steps[1];
        Assert.Equal(5.0, grandchild.Slot.Values[0]);
        Assert.Equal(SettingValue.Of(new Pick([10, 30])), grandchild.Slot.Values[4]);
        Assert.Equal(
            ["grandchild", "grandchild"], [grandchild.ValueOrigins[0].PresetId!, grandchild.ValueOrigins[4].PresetId!]);
    }

    [Fact]
    public void A_grandchild_has_the_values_of_both()
    {
        Child("change: { comb: { mix: 35% } }\n");
        Write("grandchild", "preset: 1\nextends: child\nchange: { comb: { delay: 5 ms } }\n");
        PresetStep comb = Good("grandchild").Steps[1];
        Assert.Equal((5.0, 35.0), (comb.Slot.Values[0].Still, comb.Slot.Values[4].Still));
        Assert.Equal(["grandchild", "child"], [comb.ValueOrigins[0].PresetId!, comb.ValueOrigins[4].PresetId!]);
    }

    [Fact]
    public void A_step_is_switched_off_and_back_on()
    {
        Preset child = Child("change:\n  comb: bypass\n  saturation: on\n");
        Assert.Equal(["eq", "saturation", "limiter"], Names(child));
        Assert.Equal("child", child.Steps[1].SwitchOrigin.PresetId);
        Assert.Equal("child", child.Steps[2].SwitchOrigin.PresetId);
    }

    [Fact]
    public void Settings_for_a_step_that_the_parent_switched_off_switch_it_on() =>
        Assert.Equal(["eq", "comb", "saturation", "limiter"], Names(Child("change: { saturation: { drive: 40% } }\n")));

    [Theory]
    [InlineData("- ring-mod", "eq comb ring-mod limiter")]
    [InlineData("- ring-mod: { mix: 5% }\n  - exciter", "eq comb ring-mod exciter limiter")]
    [InlineData("- ring-mod: { before: eq }", "ring-mod eq comb limiter")]
    [InlineData("- ring-mod: { after: eq }\n  - exciter: { after: eq }", "eq ring-mod exciter comb limiter")]
    [InlineData("- ring-mod: { after: eq }\n  - crusher: { before: ring-mod }\n  - exciter: { after: eq }",
        "eq crusher ring-mod exciter comb limiter")]
    [InlineData(
        "- ring: { effect: ring-mod, after: comb }\n  - exciter: { after: ring }", "eq comb ring exciter limiter")]
    public void An_added_step_goes_where_it_says_or_in_front_of_the_limiter(string add, string steps) =>
        Assert.Equal(steps, string.Join(' ', Names(Child($"add:\n  {add}\n"))));

    [Fact]
    public void Where_there_is_no_limiter_an_added_step_comes_last()
    {
        Write("bare", "preset: 1\nchain: [eq, comb]\n");
        Write("child", "preset: 1\nextends: bare\nadd: [ring-mod]\n");
        Assert.Equal(["eq", "comb", "ring-mod"], Names(Good("child")));
    }

    [Fact]
    public void An_edit_of_the_parent_is_heard_in_its_children_and_theirs_at_the_next_use()
    {
        Child("change: { comb: { delay: 5 ms } }\n");
        Write("grandchild", "preset: 1\nextends: child\n");
        Assert.Equal(20, Good("grandchild").Steps[1].Slot.Values[4].Still);
        Write("neutral", Neutral.Replace("mix: 20%", "mix: 90%", StringComparison.Ordinal));
        PresetStep comb = Good("grandchild").Steps[1];
        Assert.Equal((5.0, 90.0), (comb.Slot.Values[0].Still, comb.Slot.Values[4].Still));
    }

    [Fact]
    public void While_nothing_changes_the_same_preset_is_handed_out()
    {
        Preset child = Child("");
        Assert.Same(child, Good("child"));
    }

    [Fact]
    public void A_broken_parent_without_a_good_version_is_named_with_its_first_mistake()
    {
        Write("neutral", Neutral.Replace("mix: 20%", "frq: 20%", StringComparison.Ordinal));
        Write("child", "preset: 1\nextends: neutral\n");
        PresetReading reading = _library.Find("child");
        Assert.Null(reading.Preset);
        Assert.Equal("""
            child.yaml:2:10  "neutral" cannot be used: neutral.yaml:9:26  "frq" is not a setting of comb.
             2 | extends: neutral
               |          ^~~~~~~
             Correct "neutral" first.
            """.ReplaceLineEndings("\n"), DiagnosticText.Format(reading.Diagnostics));
    }

    [Fact]
    public void A_parent_that_is_broken_later_leaves_the_child_as_it_was_and_open_to_edits_of_its_own()
    {
        Child("");
        Write("neutral", "preset: 1\nchain: [cmob]\n");
        Write("child", "preset: 1\nextends: neutral\nchange: { comb: { mix: 77% } }\n");
        PresetReading reading = _library.Find("child");
        Assert.Equal(77, reading.Preset!.Steps[1].Slot.Values[4].Still);
        Assert.False(reading.HasErrors);
        Assert.StartsWith("\"neutral\" has a mistake, so its last good version is used: neutral.yaml:2:9 ",
            Assert.Single(reading.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parent_whose_new_version_breaks_the_child_leaves_the_childs_last_good_version()
    {
        Child("change: { comb: { mix: 35% } }\n");
        Write("neutral", "preset: 1\nchain: [eq, limiter]\n");
        PresetReading reading = _library.Find("child");
        Assert.Equal(["eq", "comb", "limiter"], Names(reading.Preset!));
        Assert.Equal("\"comb\" is not a step of \"neutral\".", reading.Diagnostics[0].Message);
        Assert.Equal("The last good version of this preset stays in use.", reading.Diagnostics[^1].Message);
        Write("neutral", Neutral);
        Assert.Equal(35, Good("child").Steps[1].Slot.Values[4].Still);
    }

    [Fact]
    public void A_circle_is_shown_with_every_file_and_line_from_wherever_it_is_looked_at()
    {
        Write("excited", "preset: 1\nname: Excited\nextends: happy\n");
        Write("happy", "preset: 1\nextends: excited\n");
        Write("outside", "preset: 1\nextends: happy\n");
        Assert.Equal("""
            excited.yaml:3:10  Presets extend each other in a circle:
               excited (excited.yaml:3) extends happy (happy.yaml:2) extends excited
             Remove "extends" from one of them.
            """.ReplaceLineEndings("\n"), Text("excited"));
        Assert.Contains("happy (happy.yaml:2) extends excited (excited.yaml:3) extends happy\n", Text("happy"),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "outside.yaml:2:10  \"happy\" cannot be used: happy.yaml:2:10  Presets extend each other in a circle.\n",
            Text("outside"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_preset_that_extends_itself_is_a_circle_too()
    {
        Write("me", "preset: 1\nextends: me\n");
        Assert.Equal("me.yaml:2:10  A preset extends itself:\n   me (me.yaml:2) extends me\n Remove \"extends\", or "
            + "name another preset.", Text("me"));
    }

    [Fact]
    public void A_line_of_64_parents_is_taken_and_one_of_65_is_not()
    {
        for (int i = 1; i <= 65; i++)
            Write($"p{i}", $"preset: 1\nextends: {(i == 1 ? "neutral" : $"p{i - 1}")}\n");
        Assert.NotNull(Good("p64"));
        Assert.Equal("There are more than 64 parents one behind the other.",
            Assert.Single(_library.Find("p65").Diagnostics).Message);
    }

    [Fact]
    public void The_parent_of_a_file_named_by_its_path_is_looked_for_beside_it_and_then_among_the_hosts_presets()
    {
        string mine = WriteElsewhere("mine", "preset: 1\nextends: neutral\n");
        Assert.Equal(Names(Good("neutral")), Names(_library.Find(mine).Preset!));
        WriteElsewhere("neutral", "preset: 1\nchain: [limiter]\n");
        Assert.Equal(["limiter"], Names(_library.Find(mine).Preset!));
    }

    [Fact]
    public void Parents_of_a_parent_elsewhere_are_looked_for_alike()
    {
        Write("middle", "preset: 1\nextends: neutral\nchange:\n  limiter: { ceiling: -3 dB }\n");
        WriteElsewhere("near", "preset: 1\nextends: middle\n");
        string mine = WriteElsewhere("mine", "preset: 1\nextends: near\n");
        Preset found = _library.Find(mine).Preset!;
        Preset[] parents = [found.Parent!, found.Parent!.Parent!, found.Parent!.Parent!.Parent!];
        Assert.Equal(["near", "middle", "neutral"], parents.Select(parent => parent.Id));
    }

    [Fact]
    public void A_file_elsewhere_may_extend_the_hosts_preset_of_its_own_name()
    {
        Write("middle", "preset: 1\nextends: neutral\n");
        string mine = WriteElsewhere("neutral", "preset: 1\nextends: middle\nchange:\n  limiter: bypass\n");
        Assert.Equal(["eq", "comb"], Names(_library.Find(mine).Preset!));
        mine = WriteElsewhere("middle", "preset: 1\nextends: middle\n");
        Assert.Equal(Names(Good("middle")), Names(_library.Find(mine).Preset!));
    }

    [Fact]
    public void Presets_elsewhere_that_extend_each_other_are_a_circle_too()
    {
        string one = WriteElsewhere("one", "preset: 1\nextends: two\n");
        WriteElsewhere("two", "preset: 1\nextends: one\n");
        string said = Assert.Single(_library.Find(one).Diagnostics).Message;
        Assert.StartsWith("Presets extend each other in a circle:", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parent_that_is_nowhere_is_said_to_be_missing_from_both_places_with_what_there_is_in_both()
    {
        WriteElsewhere("near", "preset: 1\nchain: [limiter]\n");
        string mine = WriteElsewhere("mine", "preset: 1\nextends: neutrl\n");
        PresetDiagnostic missing = Assert.Single(_library.Find(mine).Diagnostics);
        Assert.Equal($"There is no preset \"neutrl\" beside this file or in {_folder}.", missing.Message);
        Assert.StartsWith("Write \"neutral\". There are: ", missing.Fix, StringComparison.Ordinal);
        Assert.Contains("near", missing.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void One_value_of_a_file_elsewhere_is_set_with_its_parents_among_the_hosts_presets()
    {
        string mine = WriteElsewhere("mine", "preset: 1\nextends: neutral\n");
        PresetEdit edit = new PresetEditor(_library).Set(mine, "limiter.ceiling", "-3 dB");
        Assert.Equal(PresetEditOutcome.Written, edit.Outcome);
        Assert.Equal("preset: 1\nextends: neutral\nchange:\n  limiter:\n    ceiling: -3 dB\n", File.ReadAllText(mine));
    }

    [Fact]
    public void A_text_is_checked_as_if_it_were_a_file_without_becoming_one()
    {
        Assert.Equal(
            ["eq", "comb", "limiter"], Names(_library.Read("preset: 1\nextends: neutral\n", "draft.yaml").Preset!));
        Assert.Equal(["neutral"], _library.ListIds());
    }

    [Fact]
    public void A_step_behind_the_limiter_is_warned_of_once_where_it_was_put()
    {
        Write("child", "preset: 1\nextends: neutral\nadd: [ring-mod: { after: limiter }]\n");
        Write("grandchild", "preset: 1\nextends: child\n");
        Assert.Equal("\"ring-mod\" stands behind \"limiter\", so the ceiling of \"limiter\" does not hold.",
            Assert.Single(_library.Find("child").Diagnostics).Message);
        Assert.Empty(_library.Find("grandchild").Diagnostics);
    }

    private static string[] Names(Preset preset) => [.. preset.Plan.Slots.Select(slot => slot.Step)];

    private string Text(string id) => DiagnosticText.Format(_library.Find(id).Diagnostics);

    private Preset Child(string rest)
    {
        Write("child", "preset: 1\nextends: neutral\n" + rest);
        return Good("child");
    }

    private Preset Good(string id)
    {
        PresetReading reading = _library.Find(id);
        Assert.Empty(reading.Diagnostics);
        return reading.Preset!;
    }

    private void Write(string id, string text) => File.WriteAllText(Path.Combine(_folder, id + ".yaml"), text);

    private string WriteElsewhere(string id, string text)
    {
        string file = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName, id + ".yaml");
        File.WriteAllText(file, text);
        return file;
    }
}
