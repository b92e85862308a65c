using System;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Editing;
using Xunit;

namespace R3X.FxHost.Tests.Presets.Editing;

/// <summary>What an edit makes of a file, in every form that people write presets in.</summary>
public sealed class PresetEditorTests : IDisposable
{
    private const string Parent =
        "preset: 1\nchain:\n  - eq\n  - comb: { delay: 8 ms }\n  - saturation: bypass\n  - limiter\n";

    private readonly EditedFolder _folder = new();

    public PresetEditorTests() => _folder.Write("neutral", Parent);

    public static TheoryData<string, string, string, string> Edits => new()
    {
        // A value that is there: its characters, and no others.
        { "preset: 1\nchain:\n  - comb:\n      mix:   30%   # the metal\n      delay: 5 ms\n", "comb.mix", "40%",
            "preset: 1\nchain:\n  - comb:\n      mix:   40%   # the metal\n      delay: 5 ms\n" },
        { "preset: 1\r\nchain:\r\n- comb: { delay: '5 ms', mix: \"30%\" }\t# a tab\tand another\r\n", "comb.mix", "40%",
            "preset: 1\r\nchain:\r\n- comb: { delay: '5 ms', mix: \"40%\" }\t# a tab\tand another\r\n" },
        { "preset: 1\nchain: [{comb: {delay: '5 ms', mix: 30%}}, limiter]", "comb.delay", "6 ms",
            "preset: 1\nchain: [{comb: {delay: '6 ms', mix: 30%}}, limiter]" },
        { "preset: 1\nchain:\n  - comb: { mix: 30% }\n", "comb.mix", "wobble 20% to 40% at 1 Hz",
            "preset: 1\nchain:\n  - comb: { mix: wobble 20% to 40% at 1 Hz }\n" },
        { "preset: 1\nchain:\n  - comb:\n      mix: wobble 20%\n        to 40% at 1 Hz # folded\n", "comb.mix", "25%",
            "preset: 1\nchain:\n  - comb:\n      mix: 25% # folded\n" },
        { "{preset: 1, chain: [comb]}", "comb.mix", "40%", "{preset: 1, chain: [comb: { mix: 40% }]}" },

        // A setting that is not there yet: a line, or a place in the braces.
        { "preset: 1\nchain:\n  - comb:\n      mix: 30%   # loud\n      # louder hurts\n\n  - limiter\n",
            "comb.delay", "5 ms", "preset: 1\nchain:\n  - comb:\n      mix: 30%   # loud\n      # louder hurts\n      "
            + "delay: 5 ms\n\n  - limiter\n" },
        { "preset: 1\nchain:\n  - comb:\n      mix: 30%", "comb.delay", "5 ms",
            "preset: 1\nchain:\n  - comb:\n      mix: 30%\n      delay: 5 ms" },
        { "preset: 1\nchain:\n  - comb: { mix: 30%, }  # note\n", "comb.delay", "5 ms",
            "preset: 1\nchain:\n  - comb: { mix: 30%, delay: 5 ms, }  # note\n" },
        { "preset: 1\nchain:\n  - comb: {}\n", "comb.delay", "5 ms", "preset: 1\nchain:\n  - comb: { delay: 5 ms }\n" },
        { "preset: 1\nchain:\n- eq:\n   presence: 4 kHz\n- limiter  # last\n", "limiter.ceiling", "-2 dB",
            "preset: 1\nchain:\n- eq:\n   presence: 4 kHz\n- limiter:  # last\n   ceiling: -2 dB\n" },
        { "preset: 1\nchain:\n  - comb: on   # yes\n", "comb.mix", "40%",
            "preset: 1\nchain:\n  - comb: { mix: 40% }   # yes\n" },

        // A parent's step: under change, which comes into being where it belongs.
        { "preset: 1\nname: Mine\nextends: neutral\n", "comb.mix", "40%",
            "preset: 1\nname: Mine\nextends: neutral\nchange:\n  comb:\n    mix: 40%\n" },
        { "preset: 1\r\nextends: neutral   # calm\r\n\r\nadd:\r\n    - ring-mod:\r\n          mix: 20%\r\n",
            "comb.mix", "40%", "preset: 1\r\nextends: neutral   # calm\r\n\r\nchange:\r\n    comb:\r\n        mix: "
            + "40%\r\n\r\nadd:\r\n    - ring-mod:\r\n          mix: 20%\r\n" },
        { "preset: 1\nextends: neutral\nchange:\n  eq: { presence: 5 kHz }   # clear\n", "comb.mix", "40%",
            "preset: 1\nextends: neutral\nchange:\n  eq: { presence: 5 kHz }   # clear\n  comb: { mix: 40% }\n" },
        { "preset: 1\nextends: neutral\nchange:\n    eq:\n        presence: 5 kHz\n\nquality: full\n",
            "comb.mix", "40%", "preset: 1\nextends: neutral\nchange:\n    eq:\n        presence: 5 kHz\n    comb:\n    "
            + "    mix: 40%\n\nquality: full\n" },
        { "{preset: 1, extends: neutral}\n", "comb.mix", "40%",
            "{preset: 1, extends: neutral, change: { comb: { mix: 40% } }}\n" },
        { "preset: 1\nextends: neutral\nchange: {}\n", "comb", "bypass",
            "preset: 1\nextends: neutral\nchange: { comb: bypass }\n" },
        { "preset: 1\nextends: neutral\n", "saturation", "on",
            "preset: 1\nextends: neutral\nchange:\n  saturation: on\n" },
        { "preset: 1\nextends: neutral\nadd: [ring-mod]\n", "ring-mod.mix", "40%",
            "preset: 1\nextends: neutral\nadd: [ring-mod: { mix: 40% }]\n" },

        // Outermost keys.
        { "preset: 1\nname: 'Jack''s'  # his\nchain: [comb]\n", "name", "Rex's",
            "preset: 1\nname: 'Rex''s'  # his\nchain: [comb]\n" },
        { "preset: 1\nchain: [comb]\n", "name", "Rex: the droid #1",
            "preset: 1\nname: \"Rex: the droid #1\"\nchain: [comb]\n" },
        { "preset: 1\nchain: [comb]\n", "about", "Yes", "preset: 1\nabout: \"Yes\"\nchain: [comb]\n" },
        { "preset: 1\nabout: |  # two lines\n  One.\n  Two.\nchain: [comb]\n", "about", "Three.",
            "preset: 1\nabout: Three. # two lines\nchain: [comb]\n" },
        { "preset: 1\nabout: One\n", "about", "\"Quoted\"\nand\ttwo", "" },
        {
            "preset: 1\nextends: neutral\nquality: full\n", "amount", "70%",
            "preset: 1\nextends: neutral\namount: 70%\nquality: full\n"
        },
        {
            "preset: 1\nextends: neutral\namount: 70%   # half\n", "amount", "wobble 40% to 100% at 0.3 Hz",
            "preset: 1\nextends: neutral\namount: wobble 40% to 100% at 0.3 Hz   # half\n"
        },
        { "preset: 1\n\nchain:\n  - comb\n", "match-loudness", "-18 LUFS",
            "preset: 1\n\nchain:\n  - comb\n\nmatch-loudness: -18 LUFS\n" },
        { "preset: 1\nchain: [comb]\nquality: draft # small\n", "quality", "full",
            "preset: 1\nchain: [comb]\nquality: full # small\n" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Edits))]
    public void An_edit_changes_what_it_says_and_leaves_every_other_byte(
        string before, string path, string value, string expected)
    {
        if (expected.Length == 0)
            (before, expected) = (
                before + "chain: [comb]\n", "preset: 1\nabout: \"\\\"Quoted\\\"\\nand\\ttwo\"\nchain: [comb]\n");
        _folder.Write("mine", before);
        Assert.Equal(expected, _folder.Set("mine", path, value));
        _folder.Good("mine");
    }

    [Theory]
    [InlineData("preset: 1\nchain:\n  - comb:      # metal\n      delay: 5 ms   # short\n\n      # note\n      mix: "
        + "30%\n  - limiter\n", "preset: 1\nchain:\n  - comb: bypass      # metal\n      # delay: 5 ms   # short\n\n   "
        + "   # # note\n      # mix: 30%\n  - limiter\n")]
    [InlineData("preset: 1\r\nchain:\r\n  - comb: { delay: 5 ms } # metal\r\n  - limiter",
        "preset: 1\r\nchain:\r\n  - comb: bypass # { delay: 5 ms } # metal\r\n  - limiter")]
    [InlineData("preset: 1\nextends: neutral\nchange:\n  comb:\n    mix: 30%\n",
        "preset: 1\nextends: neutral\nchange:\n  comb: bypass\n    # mix: 30%\n")]
    public void A_step_that_is_switched_off_keeps_its_settings_as_notes_and_has_them_back_when_switched_on(
        string on, string off)
    {
        _folder.Write("mine", on);
        Assert.Equal(off, _folder.Set("mine", "comb", "bypass"));
        Assert.True(_folder.Good("mine").Steps[^2].IsBypassed || _folder.Good("mine").Steps[1].IsBypassed);
        Assert.Equal(on, _folder.Set("mine", "comb", "on"));
    }

    [Fact]
    public void Notes_that_are_no_settings_stay_notes_when_a_step_is_switched_on()
    {
        _folder.Write("mine", "preset: 1\nchain:\n  - comb: bypass\n      # it hurt here\n  - limiter\n");
        Assert.Equal(
            "preset: 1\nchain:\n  - comb: on\n      # it hurt here\n  - limiter\n", _folder.Set("mine", "comb", "on"));
    }

    [Theory]
    [InlineData("preset: 1\nchain:\n  - warmth:\n      effect: saturation\n", "effect")]
    [InlineData("preset: 1\nextends: neutral\nadd:\n  - warmth: { after: eq, effect: saturation }\n", "after")]
    public void A_step_that_would_not_be_itself_without_its_words_is_not_switched_off(string text, string word)
    {
        _folder.Write("mine", text);
        Assert.Equal(
            $"mine.yaml  \"warmth\" needs its \"{word}\" in this file, and a step that is off cannot have one.\n Put "
                + $"\"# \" in front of its lines, or switch it off in a preset that extends this one.",
            _folder.Refuse("mine", "warmth", "bypass"));
    }

    [Fact]
    public void Settings_in_nested_brackets_are_not_lost_to_a_bypass()
    {
        _folder.Write("mine", "preset: 1\nchain: [{comb: {mix: 30%}}]\n");
        Assert.Contains("has settings inside brackets here, which \"bypass\" would replace",
            _folder.Refuse("mine", "comb", "bypass"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("comb.mix", "400%", "mine.yaml:5:12  mix is a percentage from 0% to 100%; \"400%\" is above that.\n 5 "
        + "|       mix: 400%\n   |            ^~~~\n Write \"100%\" or less.")]
    [InlineData("comb.mix", "40", "mine.yaml:5:12  mix is a percentage from 0% to 100%; \"40\" has no unit.\n 5 |      "
        + " mix: 40\n   |            ^~\n Write \"40%\".")]
    [InlineData("comb.mix", "wobble 20% to 40 dB at 1 Hz",
        "mine.yaml:5:26  mix is a percentage from 0% to 100%; \"40 dB\" is a level.\n 5 |       mix: wobble 20% to 40 "
        + "dB at 1 Hz\n   |                          ^~~~~\n Write \"40%\".")]
    [InlineData("comb.mx", "40%", "mine.yaml  \"mx\" is not a setting of comb.\n Write \"mix\". comb has: delay, "
        + "feedback, feedforward, damping, mix.")]
    [InlineData(
        "cmob.mix", "40%", "mine.yaml  \"cmob\" is not a step of \"mine\".\n Write \"comb\". mine has: comb, limiter.")]
    [InlineData(
        "mix", "40%", "mine.yaml  \"mix\" is a setting; its step is missing in front of it.\n Write \"comb.mix\".")]
    [InlineData("comb", "off",
        "mine.yaml  A step is switched with \"bypass\" or \"on\"; \"off\" is neither.\n Write \"bypass\".")]
    [InlineData("quality", "ful", "mine.yaml:7:10  quality is full or draft; \"ful\" is neither.\n 7 | quality: ful\n  "
        + " |          ^~~\n Write \"full\".")]
    [InlineData("amount", "140%", "mine.yaml:7:9  amount is a percentage from 0% to 100%; \"140%\" is above that.\n"
        + " 7 | amount: 140%\n   |         ^~~~\n Write \"100%\" or less.")]
    [InlineData("match-loudness", "-18", "mine.yaml:7:17  match-loudness is a loudness from -40 LUFS to -5 LUFS; "
        + "\"-18\" has no unit.\n 7 | match-loudness: -18\n   |                 ^~~\n Write \"-18 LUFS\".")]
    public void A_value_that_cannot_be_is_refused_in_the_checkers_words(string path, string value, string expected)
    {
        _folder.Write("mine", "preset: 1\nname: Mine\nchain:\n  - comb:\n      mix: 30%\n  - limiter\n");
        Assert.Equal(expected, _folder.Refuse("mine", path, value));
    }

    [Fact]
    public void A_setting_of_a_step_that_is_off_is_refused_because_it_would_switch_the_step_on()
    {
        _folder.Write("mine", "preset: 1\nextends: neutral\n");
        Assert.Equal(
            "mine.yaml  \"saturation\" is switched off, and a step that is off has no settings.\n Switch it on first: "
                + "set \"saturation\" to \"on\".",
            _folder.Refuse("mine", "saturation.drive", "20%"));
    }

    [Theory]
    [InlineData("preset: 1\nchain:\n  - comb: { mix: 30 }\n")]
    [InlineData("preset: 1\nchain: &c [comb]\n")]
    [InlineData("preset: 1\nchain: [comb\n")]
    [InlineData("")]
    public void A_preset_with_mistakes_is_left_alone_and_they_are_named(string text)
    {
        _folder.Write("mine", text);
        string said = _folder.Refuse("mine", "comb.delay", "5 ms");
        Assert.StartsWith("mine.yaml:", said, StringComparison.Ordinal);
        Assert.EndsWith(
            "A preset with mistakes is not changed by program.\n Correct them first.", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("30%, feedback: 90%")]
    [InlineData("30%\n      feedback: 90%")]
    [InlineData("30% # loud")]
    [InlineData("{ feedback: 90% }")]
    [InlineData("*loud")]
    public void A_value_cannot_bring_anything_else_into_the_file(string value)
    {
        _folder.Write("mine", "preset: 1\nchain:\n  - comb: { mix: 30% }\n");
        Assert.Contains("mix is a percentage", _folder.Refuse("mine", "comb.mix", value), StringComparison.Ordinal);
    }

    [Fact]
    public void An_edit_says_what_was_and_what_is_and_where()
    {
        _folder.Write("mine", "preset: 1\nextends: neutral\n");
        PresetEdit edit = _folder.Editor.Set("mine", "comb.delay", "5 ms");
        Assert.Equal((5, "8 ms", "5 ms"), (edit.Line, edit.Before, edit.After));
        Assert.Equal(_folder.Editor.HashOf("mine"), edit.Hash);
        Assert.Equal(PresetEditOutcome.Unchanged, _folder.Editor.Set("mine", "comb.delay", "5 ms", edit.Hash).Outcome);
    }

    [Fact]
    public void A_preset_that_is_not_there_is_named_with_the_nearest()
    {
        PresetEdit edit = _folder.Editor.Set("netural", "comb.mix", "40%");
        Assert.Equal(PresetEditOutcome.Refused, edit.Outcome);
        Assert.Contains("Write \"neutral\"", DiagnosticText.Format(edit.Diagnostics), StringComparison.Ordinal);
    }
}
