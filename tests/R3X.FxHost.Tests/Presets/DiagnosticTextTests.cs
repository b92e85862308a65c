using System;
using System.Linq;
using R3X.FxHost.Presets.Diagnostics;
using Xunit;

namespace R3X.FxHost.Tests.Presets;

public sealed class DiagnosticTextTests
{
    // Twenty-six lines above, so that the places are those of the language's own examples.
    private static readonly string Above = "preset: 1\nname: Excited\n"
        + string.Concat(Enumerable.Repeat("# a note\n", 21)) + "chain:\n- ring:\n    effect: ring-mod\n";

    [Fact]
    public void The_languages_first_example_comes_out_letter_for_letter() => Assert.Equal(
        """
        excited.yaml:27:5  "frq" is not a setting of "ring" (ring-mod).
         27 |     frq: 460 Hz
            |     ^~~
         Write "frequency". ring-mod has: frequency, mix.
        """.ReplaceLineEndings("\n"),
        Told(Above + "    frq: 460 Hz\n"));

    [Fact]
    public void The_languages_second_example_comes_out_letter_for_letter() => Assert.Equal(
        """
        excited.yaml:28:10  mix is a percentage from 0% to 100%; "35 dB" is a level.
         28 |     mix: 35 dB
            |          ^~~~~
         Write "35%".
        """.ReplaceLineEndings("\n"),
        Told(Above + "    frequency: 460 Hz\n    mix: 35 dB\n"));

    [Fact]
    public void The_languages_third_example_has_a_form_without_a_source_line()
    {
        var circle = new PresetDiagnostic(
            DiagnosticSeverity.Error, "excited.yaml", 7, 10, 5,
            "Presets extend each other in a circle:\n   excited (excited.yaml:7) extends happy (happy.yaml:4) extends "
                + "excited",
            "Remove \"extends\" from one of them.", null);
        Assert.Equal(
            """
            excited.yaml:7:10  Presets extend each other in a circle:
               excited (excited.yaml:7) extends happy (happy.yaml:4) extends excited
             Remove "extends" from one of them.
            """.ReplaceLineEndings("\n"),
            DiagnosticText.Format(circle));
    }

    [Fact]
    public void All_mistakes_of_a_file_are_told_at_once_in_its_order()
    {
        string told = Told("preset: 1\nnmae: X\nchain:\n- eq: { presense: 4 kHz, high-pass: 5 kHz }\n- cmob\n- "
            + "limiter: { ceiling: -1 }\n");
        string[] places = [.. told.Split('\n').Where(l => l.StartsWith("excited.yaml", StringComparison.Ordinal))
            .Select(l => l.Split("  ")[0])];
        Assert.Equal(["excited.yaml:2:1", "excited.yaml:4:9", "excited.yaml:4:37", "excited.yaml:5:3",
            "excited.yaml:6:23"], places);
    }

    [Theory]
    [InlineData("chain: [日本: 3]", "chain: [日本: 3]", "        ^~~~")]
    [InlineData("日本: 3", "日本: 3", "^~~~")]
    [InlineData("e\u0301e\u0301: 3", "e\u0301e\u0301: 3", "^~")]
    [InlineData("😀: 3", "😀: 3", "^~")]
    public void The_caret_stands_under_the_text_in_cells_of_the_terminal(string line, string shown, string caret)
    {
        string[] told = Told("preset: 1\n" + line + "\n").Split('\n');
        int excerpt = Array.FindIndex(told, l => l.StartsWith(" 2 | ", StringComparison.Ordinal));
        Assert.Equal(" 2 | " + shown, told[excerpt]);
        Assert.Equal("   | " + caret, told[excerpt + 1]);
    }

    [Fact]
    public void A_tab_in_front_is_a_tab_in_front_of_the_caret()
    {
        var diagnostic = new PresetDiagnostic(
            DiagnosticSeverity.Warning, "a.yaml", 3, 3, 2, "Odd.", "Fix it.", "\t ab");
        Assert.Equal("a.yaml:3:3  Warning: Odd.\n 3 | \t ab\n   | \t ^~\n Fix it.", DiagnosticText.Format(diagnostic));
    }

    [Fact]
    public void A_very_long_line_is_cut_around_the_place()
    {
        string line = new string('x', 5000) + "MARK" + new string('y', 5000);
        string[] told = DiagnosticText.Format(
            new PresetDiagnostic(DiagnosticSeverity.Error, "a.yaml", 1, 5001, 4, "Odd.", "Fix it.", line)).Split('\n');
        Assert.True(told[1].Length < 180);
        Assert.Equal(
            told[1].IndexOf("MARK", StringComparison.Ordinal), told[2].IndexOf("^~~~", StringComparison.Ordinal));
    }

    [Fact]
    public void A_control_character_never_reaches_the_terminal()
    {
        string told = Told("preset: 1\nname: a\u001b[31mb\nchain: []\n");
        Assert.Contains("U+001B", told, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', told);
    }

    private static string Told(string text) =>
        DiagnosticText.Format(LoosePreset.Read(text, "excited.yaml", new FakeCatalogue()).Diagnostics);
}
