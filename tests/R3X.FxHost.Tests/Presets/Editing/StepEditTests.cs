using System;
using System.Linq;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Editing;
using Xunit;

namespace R3X.FxHost.Tests.Presets.Editing;

/// <summary>Steps that are added, taken away and moved in a text, and values that go back to the parent's.</summary>
public sealed class StepEditTests : IDisposable
{
    private const string Parent = """
        preset: 1
        name: Parent

        # in the order of the sound
        chain:
          - eq:                # tones
              high-pass: 120 Hz

          # the metal
          - comb:
              mix: 30%         # heard
              # mix: 60%

          - limiter

        """;

    private const string Child = """
        preset: 1
        extends: parent

        change:
          comb:                # the throat
            mix: 40%           # more of it

        try-with: [Hello]

        """;

    private readonly EditedFolder _folder = new();

    public StepEditTests() => _folder.Write("parent", Parent);

    private PresetTextEditor Chain => new(_folder.Library, _folder.PathOf("own"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_step_is_moved_with_its_notes_and_what_stands_between_steps_stays() => Assert.Equal(
        """
        preset: 1
        name: Parent

        # in the order of the sound
        chain:
          # the metal
          - comb:
              mix: 30%         # heard
              # mix: 60%

          - eq:                # tones
              high-pass: 120 Hz

          - limiter

        """,
        Written(Chain.MoveStep(Parent, "comb", "eq")));

    [Fact]
    public void A_step_that_is_moved_and_moved_back_leaves_every_byte_as_it_was()
    {
        string crlf = Parent.Replace("\n", "\r\n", StringComparison.Ordinal);
        foreach (string text in (string[])[Parent, crlf, crlf.TrimEnd()])
        {
            string moved = Written(Chain.MoveStep(text, "eq", null));
            Assert.Equal(["comb", "limiter", "eq"], Names(moved));
            Assert.Equal(text, Written(Chain.MoveStep(moved, "eq", "comb")));
        }
    }

    [Fact]
    public void A_step_is_added_in_front_of_the_limiter_and_goes_without_a_trace()
    {
        string added = Written(Chain.AddStep(Parent, "ring-mod", null));
        Assert.Equal(Parent.Replace("  - limiter", "  - ring-mod\n\n  - limiter", StringComparison.Ordinal), added);
        Assert.Equal(Parent, Written(Chain.RemoveStep(added, "ring-mod")));
    }

    [Fact]
    public void A_second_step_of_an_effect_gets_a_name_of_its_own()
    {
        string added = Written(Chain.AddStep(Parent, "comb", "eq"));
        Assert.Equal(["comb-2", "eq", "comb", "limiter"], Names(added));
        Assert.Contains("  - comb-2:\n      effect: comb\n\n  - eq:", added, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_is_taken_away_takes_its_notes_along()
    {
        string text = Written(Chain.RemoveStep(Parent, "comb"));
        Assert.DoesNotContain("metal", text, StringComparison.Ordinal);
        Assert.DoesNotContain("60%", text, StringComparison.Ordinal);
        Assert.Contains("# in the order of the sound", text, StringComparison.Ordinal);
        Assert.Equal(["eq", "limiter"], Names(text));
    }

    [Fact]
    public void The_last_step_of_a_chain_leaves_an_empty_list_which_takes_a_step_again()
    {
        const string One = "preset: 1\nchain: # all\n  - limiter\n";
        string empty = Written(Chain.RemoveStep(One, "limiter"));
        Assert.Equal("preset: 1\nchain: [] # all\n", empty);
        Assert.Equal(["comb"], Names(Written(Chain.AddStep(empty, "comb", null))));
    }

    [Fact]
    public void A_child_gets_a_step_of_its_own_and_loses_it_again()
    {
        string usual = Written(Chain.AddStep(Child, "ring-mod", null));
        Assert.Contains("\n\nadd:\n  - ring-mod\n\ntry-with", usual, StringComparison.Ordinal);
        Assert.Equal(Child, Written(Chain.RemoveStep(usual, "ring-mod")));
        string early = Written(Chain.AddStep(Child, "ring-mod", "comb"));
        Assert.Contains("\n  - ring-mod:\n      before: comb\n", early, StringComparison.Ordinal);
        Assert.Equal(["eq", "ring-mod", "comb", "limiter"], Names(early));
        string both = Written(Chain.AddStep(early, "crusher", "ring-mod"));
        Assert.Equal(["eq", "crusher", "ring-mod", "comb", "limiter"], Names(both));
        Assert.Equal(["eq", "ring-mod", "comb", "crusher", "limiter"],
            Names(Written(Chain.MoveStep(both, "crusher", "limiter"))));
        Assert.Equal(["eq", "crusher", "comb", "limiter", "ring-mod"],
            Names(Written(Chain.MoveStep(both, "ring-mod", null))));
    }

    [Theory]
    [InlineData("comb", "\"comb\" is a step of \"parent\", which \"own\" extends.",
        "Switch it off instead: set \"comb\" to \"bypass\".")]
    [InlineData("cmb", "\"cmb\" is not a step of \"own\".", "Write \"comb\". own has: eq, comb, limiter.")]
    public void A_step_that_is_not_the_files_is_not_taken_away(string step, string message, string fix)
    {
        PresetDiagnostic why = Assert.Single(Refused(Child, Chain.RemoveStep(Child, step)));
        Assert.Equal((message, fix), (why.Message, why.Fix));
    }

    [Fact]
    public void A_parents_step_keeps_its_place() => Assert.Equal(
        "\"comb\" is a step of \"parent\" and keeps its place in presets that extend it.",
        Assert.Single(Refused(Child, Chain.MoveStep(Child, "comb", "eq"))).Message);

    [Fact]
    public void An_effect_that_is_not_there_is_refused_with_the_likely_one() => Assert.Contains(
        "ring-mod",
        Assert.Single(Refused(Parent, Chain.AddStep(Parent, "ringmod", null))).Fix,
        StringComparison.Ordinal);

    [Fact]
    public void A_value_goes_back_to_the_parents_and_its_note_stays()
    {
        string back = Written(Chain.Reset(Child, "comb.mix"));
        Assert.Equal(
            "preset: 1\nextends: parent\n\n# the throat\n# more of it\n\ntry-with: [Hello]\n", back);
        Assert.Equal("30%", Preset(back).Steps[1].Settings().First(s => s.Name == "mix").Value);
    }

    [Fact]
    public void A_value_that_was_set_and_taken_back_leaves_every_byte_as_it_was()
    {
        foreach ((string text, string path, string value) in new[]
        {
            (Child, "comb.delay", "5 ms"), (Child, "eq.high-pass", "90 Hz"), (Child, "amount", "70%"),
            (Child, "eq", "bypass"), (Parent, "limiter.ceiling", "-2 dB"), (Parent, "about", "x: y"),
            ("preset: 1\nextends: parent\n", "comb.mix", "20%"), ("{preset: 1, extends: parent}", "comb.mix", "20%"),
        })
        {
            string set = Written(Chain.Set(text, path, value));
            Assert.Equal(text, Written(Chain.Reset(set, path)));
        }
    }

    [Fact]
    public void What_the_text_does_not_say_is_the_parents_already() => Assert.Equal(
        PresetEditOutcome.Unchanged, Chain.Reset(Child, "eq.high-pass").Outcome);

    private Preset Preset(string text) => _folder.Library.Read(text, "own.yaml").Preset!;

    private string[] Names(string text) => [.. Preset(text).Steps.Select(step => step.Name)];

    private static string Written(PresetTextEdit edit)
    {
        Assert.True(edit.Outcome == PresetEditOutcome.Written,
            $"{edit.Outcome}: {DiagnosticText.Format(edit.Diagnostics)}");
        return edit.Text;
    }

    private static System.Collections.Generic.IReadOnlyList<PresetDiagnostic> Refused(string text, PresetTextEdit edit)
    {
        Assert.Equal((PresetEditOutcome.Refused, text), (edit.Outcome, edit.Text));
        return edit.Diagnostics;
    }
}
