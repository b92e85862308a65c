using System.Linq;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using Xunit;

namespace R3X.FxHost.Tests.Presets;

/// <summary>Signs of other languages: in texts they are left alone, and behind others the rest is read on.</summary>
public sealed class ForeignSignsTests
{
    private static readonly FakeCatalogue Effects = new();

    [Theory]
    [InlineData("about: See http://example.org // and more")]
    [InlineData("about: Half /* half")]
    [InlineData("about: 100\u00A0% metal")]
    [InlineData("about: A droid：loud，bright")]
    [InlineData("about: \"// no note\"")]
    [InlineData("about: 'a // b'   # a note // of its own")]
    [InlineData("about: a droid\n  – a loud one\n  // and bright")]
    [InlineData("about: |\n  // text\n  • a bullet\n  * another\n\n  /* open")]
    [InlineData("about: >-\n  – dash\n    mix：4O%")]
    [InlineData("about: \"two\n  // lines\"")]
    [InlineData("# // note\n#\u00A0• note")]
    [InlineData(
        "try-with:\n  - \"Hello // there\"\n  - Welcome to Oga's // cantina\n  - Say {name} now\n  - \"• a bullet\"")]
    [InlineData("tags: [\"a，b\"]")]
    public void Prose_notes_and_texts_in_quotes_are_left_alone(string lines)
    {
        PresetReading reading = Read($"{lines}\nchain: [limiter]\n");
        Assert.Empty(reading.Diagnostics);
        Assert.NotNull(reading.Preset);
    }

    [Fact]
    public void The_text_of_a_block_is_kept_as_it_is() => Assert.Equal(
        "// text\n• a bullet\n",
        Read("about: |\n  // text\n  • a bullet\nchain: [limiter]\n").Preset!.About + "\n");

    [Theory]
    [InlineData("•")]
    [InlineData("·")]
    [InlineData("*")]
    [InlineData("+")]
    [InlineData("–")]
    [InlineData("—")]
    [InlineData("−")]
    [InlineData("－")]
    public void Behind_a_sign_that_stands_for_a_dash_other_mistakes_are_found_at_their_places(string sign)
    {
        PresetReading reading = Read($"chain:\n  {sign} comb:\n      mix: 4O%\n  {sign} limter\n");
        Assert.Equal([(3, 3), (4, 12), (5, 5)], reading.Diagnostics.Select(said => (said.Line, said.Column)));
        Assert.Equal(["Write \"- comb:\".", "Write \"40%\"."], reading.Diagnostics.Take(2).Select(said => said.Fix));
    }

    [Theory]
    [InlineData("mix：4O%", 11)]
    [InlineData("mix\u00A0: 4O%", 13)]
    [InlineData("mix:\u200B4O%", 12)]
    [InlineData("m\u200Bix: 4O%", 13)]
    [InlineData("mix: 4O%  // note", 12)]
    public void Behind_other_signs_too(string line, int column)
    {
        PresetReading reading = Read($"chain:\n  - comb:\n      {line}\n  - limiter\n");
        Assert.Equal(2, reading.Diagnostics.Count);
        Assert.Contains(reading.Diagnostics, said => (said.Column, said.Fix) == (column, "Write \"40%\"."));
    }

    [Theory]
    [InlineData("4O%", "40%")]
    [InlineData("l5%", "15%")]
    [InlineData("-l5%", null)]
    [InlineData("2O.O%", "20%")]
    [InlineData("４０％", "40%")]
    [InlineData("40\u00AD%", "40%")]
    [InlineData("O", null)]
    public void A_value_in_which_letters_stand_for_digits_is_told_with_the_digits(string written, string? meant)
    {
        PresetReading reading = Read($"chain:\n  - comb: {{ mix: {written} }}\n  - limiter\n");
        PresetDiagnostic said = Assert.Single(reading.Diagnostics);
        if (meant is not null)
            Assert.Equal($"Write \"{meant}\".", said.Fix);
    }

    [Fact]
    public void A_misspelt_key_behind_a_list_that_needs_no_spaces_is_told_as_one() => Assert.Equal(
        "\"nmae\" is not part of a preset.",
        Assert.Single(Read("chain:\n- eq: { presence: 4 kHz }\n- limiter\nnmae: Mine\n").Diagnostics).Message);

    [Theory]
    [InlineData("chain:\n- eq: { presence: 4 kHz }\n- limiter\n")]
    [InlineData("chain:\n- eq\n- limiter\ntags:\n- calm\nuse-when:\n- mood: happy\n")]
    [InlineData("chain: [eq, limiter]\nname: Mine\n")]
    [InlineData("use-when:\n- mood: happy\nchain:\n- eq: { presence: 4 kHz }\n- limiter\nmatch-loudness: -18 LUFS\n")]
    public void A_text_that_needs_no_spaces_in_front_of_its_lines_is_no_collapsed_one(string text) =>
        Assert.Empty(Read(text).Diagnostics);

    private static PresetReading Read(string text) => LoosePreset.Read("preset: 1\n" + text, "x.yaml", Effects);
}
