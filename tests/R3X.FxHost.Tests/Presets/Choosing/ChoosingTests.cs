using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Choosing;
using Xunit;

namespace R3X.FxHost.Tests.Presets.Choosing;

/// <summary>Which preset a line is spoken with.</summary>
public sealed class ChoosingTests : IDisposable
{
    private readonly PresetFolderOnDisk _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mood: happy", "happy", true)]
    [InlineData("mood: happy", " HAPPY ", true)]
    [InlineData("mood: [sad, happy]", "happy", true)]
    [InlineData("mood: happy", "unhappy", false)]
    [InlineData("mood: happy", null, false)]
    public void A_mood_matches_as_a_whole_and_case_does_not_count(string condition, string? mood, bool matches)
    {
        _folder.Save("a", $"use-when: [{{ {condition} }}]");
        _folder.Chooses(matches ? "a" : "neutral", new LineTraits(Mood: mood));
    }

    [Fact]
    public void Cue_and_speaker_are_conditions_of_the_same_kind()
    {
        _folder.Save("a", "use-when: [{ cue: greeting }]");
        _folder.Save("b", "use-when: [{ speaker: Rex }]");
        _folder.Chooses("a", new LineTraits(Cue: "greeting"));
        _folder.Chooses("b", new LineTraits(Speaker: "rex"));
        _folder.Chooses("neutral", new LineTraits(Mood: "greeting", Cue: "Rex"));
    }

    [Fact]
    public void Any_entry_may_match_and_inside_an_entry_all_conditions_must()
    {
        _folder.Save("a", "use-when:\n  - mood: happy\n    cue: greeting\n  - speaker: Rex\n");
        _folder.Chooses("a", new LineTraits("happy", "greeting"));
        _folder.Chooses("neutral", new LineTraits("happy", "joke"));
        _folder.Chooses("a", new LineTraits("sad", "joke", Speaker: "Rex"));
    }

    [Fact]
    public void The_most_conditions_of_a_matching_entry_win_whatever_the_priority()
    {
        _folder.Save("a", "priority: 9\nuse-when: [{ mood: happy }]");
        _folder.Save("z", "use-when: [{ mood: happy }, { mood: happy, cue: greeting }]");
        _folder.Chooses("z", new LineTraits("happy", "greeting"));
        _folder.Chooses("a", new LineTraits("happy", "joke"));
    }

    [Fact]
    public void Between_equals_the_higher_priority_wins_and_then_the_name()
    {
        _folder.Save("a", "use-when: [{ mood: happy }]");
        _folder.Save("b", "use-when: [{ mood: happy }]");
        _folder.Chooses("a", new LineTraits("happy"));
        _folder.Save("b", "priority: 1\nuse-when: [{ mood: happy }]");
        _folder.Chooses("b", new LineTraits("happy"));
        _folder.Save("a", "priority: -1\nuse-when: [{ mood: happy }]");
        _folder.Save("b", "use-when: [{ mood: happy }]");
        _folder.Chooses("b", new LineTraits("happy"));
    }

    [Fact]
    public void A_chance_scores_nothing()
    {
        _folder.Save("a", "use-when: [{ mood: happy, cue: greeting }]");
        _folder.Save("z", "priority: 9\nuse-when: [{ mood: happy, chance: 100% }]");
        _folder.Chooses("a", new LineTraits("happy", "greeting"));
        _folder.Save("c", "use-when: [{ chance: 100% }]");
        _folder.Chooses("c", new LineTraits("sad"));
    }

    [Fact]
    public void A_chance_follows_from_the_seed_as_often_as_it_says()
    {
        _folder.Save("a", "use-when: [{ mood: happy, chance: 70% }]");
        bool[] drawn = [.. Enumerable.Range(0, 2_000).Select(
            seed => _folder.Choose(new LineTraits("happy", Seed: (ulong)seed)).Preset!.Id == "a")];
        Assert.Equal(drawn, Enumerable.Range(0, 2_000).Select(
            seed => _folder.Choose(new LineTraits("happy", Seed: (ulong)seed)).Preset!.Id == "a"));
        // Six standard deviations of 2,000 draws.
        Assert.InRange(drawn.Count(hit => hit) / 2_000.0, 0.64, 0.76);
    }

    [Fact]
    public void Presets_and_entries_draw_apart()
    {
        _folder.Save("a", "use-when: [{ mood: one, chance: 50% }, { mood: two, chance: 50% }]");
        _folder.Save("b", "use-when: [{ mood: three, chance: 50% }]");
        foreach (string[] pair in (string[][])[["one", "two"], ["one", "three"]])
        {
            int same = Enumerable.Range(0, 1_000).Count(seed => Hits(pair[0], seed) == Hits(pair[1], seed));
            Assert.InRange(same, 400, 600);
        }

        bool Hits(string mood, int seed) =>
            _folder.Choose(new LineTraits(mood, Seed: (ulong)seed)).Preset!.Id != "neutral";
    }

    [Fact]
    public void What_is_asked_for_by_name_always_wins()
    {
        _folder.Save("a", "use-when: [{ mood: happy }]");
        _folder.Save("b", "");
        PresetChoice choice = _folder.Choose(new LineTraits("happy"), asked: "b");
        Assert.Equal(("b", "\"b\" was asked for by name."), (choice.Preset!.Id, choice.Reason));
    }

    [Fact]
    public void What_is_asked_for_and_not_there_falls_back_to_the_default_and_not_to_another()
    {
        _folder.Save("a", "use-when: [{ mood: happy }]");
        PresetChoice choice = _folder.Choose(new LineTraits("happy"), asked: "c");
        Assert.Equal(("neutral", true), (choice.Preset!.Id, choice.IsFallback));
        Assert.Equal("There is no preset \"c\" here.", Assert.Single(choice.Diagnostics).Message);
    }

    [Fact]
    public void A_parents_use_when_is_not_its_childs()
    {
        _folder.Save("a", "use-when: [{ mood: happy }]");
        _folder.Save("aa", "extends: a\nuse-when: [{ mood: sad }]", chain: "");
        _folder.Chooses("a", new LineTraits("happy"));
        _folder.Chooses("aa", new LineTraits("sad"));
    }

    [Fact]
    public void The_reason_names_what_matched()
    {
        _folder.Save("a", "use-when:\n  - mood: [happy, excited]\n    words: [yes, \"[laughs]\"]\n    letters: under "
            + "60\n    chance: 100%\n");
        Assert.Equal(
            "The use-when of \"a\" matched: mood: happy or excited, words: yes or [laughs], letters: under 60, chance: "
                + "100%.",
            _folder.Choose(new LineTraits("happy", Text: "Yes!")).Reason);
        Assert.Equal(
            "No use-when matched, and \"neutral\" is the default.", _folder.Choose(new LineTraits("sad")).Reason);
    }

    [Fact]
    public void Effects_of_presets_that_are_not_chosen_are_not_loaded()
    {
        _folder.Save("a", "use-when: [{ mood: happy }]", "chain: [comb]");
        _folder.Save("b", "use-when: [{ mood: sad }]", "chain: [eq]");
        _folder.Chooses("b", new LineTraits("sad"));
        Assert.Equal(["eq"], _folder.Catalogue.Loaded);
    }

    [Fact]
    public void Every_candidate_is_explained()
    {
        _folder.Save("best", "use-when: [{ mood: happy, cue: greeting }]");
        _folder.Save("broken", "use-when: [{ mood: happy, cue: greeting, letters: under 60 }]", "chain: [cmob]");
        _folder.Save("fewer", "use-when: [{ mood: happy }]");
        _folder.Save("later", "priority: -1\nuse-when: [{ mood: happy, cue: greeting }]");
        _folder.Save("long", "use-when: [{ letters: over 60 }]");
        _folder.Save("never", "use-when: [{ mood: happy, chance: 0% }]");
        _folder.Save("sad", "use-when: [{ mood: sad }, { speaker: Rex, cue: joke }]");
        _folder.Save("unreadable", "use-when: happy");
        _folder.Save("zz", "use-when: [{ mood: happy, cue: greeting }]");
        ChoiceExplanation why = _folder.Library.Explain(
            null, new LineTraits("happy", "greeting", "Hi there!", Seed: 5), "neutral");
        Assert.Equal("best", why.Choice.Preset!.Id);
        IEnumerable<string> told = why.Candidates.Select(
            c => FormattableString.Invariant($"{c.Id} {c.Score} {c.Priority} {c.Why}"));
        Assert.Equal(
            [
                "best 2 0 chosen: mood: happy, cue: greeting",
                "broken 3 0 matched (mood: happy, cue: greeting, letters: under 60), but cannot be used: "
                    + "broken.yaml:3:9  \"cmob\" is not an effect in /opt/r3x/plugins",
                "zz 2 0 matched (mood: happy, cue: greeting), as \"best\" did, whose name comes first",
                "later 2 -1 matched (mood: happy, cue: greeting), as \"best\" did, whose priority is higher",
                "fewer 1 0 matched (mood: happy), but \"best\" with more conditions",
                "long  0 the text has 7 letters, not over 60",
                "neutral  0 the default, which is for lines that nothing matches",
                "never  0 the chance of 0% was not drawn with seed 5",
                "sad  0 the mood is \"happy\", not sad",
                "unreadable  0 has mistakes; see r3x presets check",
            ],
            told);
    }
}
