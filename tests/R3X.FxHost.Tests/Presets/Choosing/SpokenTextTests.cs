using CsCheck;
using R3X.FxHost.Presets.Choosing;
using R3X.FxHost.Presets.Diagnostics;
using Xunit;

namespace R3X.FxHost.Tests.Presets.Choosing;

/// <summary>What <c>words</c> and <c>letters</c> see of a line.</summary>
public sealed class SpokenTextTests
{
    [Theory]
    [InlineData("Yes, we found it!", "yes", true)]
    [InlineData("YES", "yes", true)]
    [InlineData("Yesterday", "yes", false)]
    [InlineData("yes_no", "yes", true)]
    [InlineData("We found it", "found it", true)]
    [InlineData("We found items", "found it", false)]
    [InlineData("Welcome to Oga's Cantina", "oga's", true)]
    [InlineData("Welcome to Oga’s Cantina", "Oga's", true)]
    [InlineData("Welcome to Oga's Cantina", "oga", false)]
    [InlineData("the pilots' ship", "pilots", true)]
    [InlineData("'yes'", "yes", true)]
    [InlineData("I am R-3X, pilot.", "r-3x", true)]
    [InlineData("Привет, капитан", "ПРИВЕТ", true)]
    [InlineData("caf\u00e9", "CAFÉ", true)]
    [InlineData("[whispers] come closer", "[whispers]", true)]
    [InlineData("[Whispers softly] come closer", "[whispers]", false)]
    [InlineData("[Whispers softly] come closer", "[whispers  SOFTLY]", true)]
    [InlineData("she whispers", "[whispers]", false)]
    [InlineData("[whispers] come closer", "whispers", true)]
    [InlineData("a [b [laughs] c", "[laughs]", true)]
    [InlineData("no end [laughs", "[laughs]", false)]
    [InlineData("no end [laughs", "laughs", true)]
    public void A_word_is_found_whole_and_a_direction_in_its_brackets(string text, string word, bool found) =>
        Assert.Equal(found, SpokenText.Of(text)!.Says(SoughtWord.Of(word)!));

    [Theory]
    [InlineData("Yes!", 3)]
    [InlineData("[whispers] R-3X, at 10 o'clock.", 13)]
    [InlineData("...", 0)]
    [InlineData("no end [laughs", 11)]
    public void Letters_and_digits_count_and_directions_do_not(string text, int letters) =>
        Assert.Equal(letters, SpokenText.Of(text)!.Letters);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n ")]
    public void A_blank_text_is_none(string? text) => Assert.Null(SpokenText.Of(text));

    [Fact]
    public void What_has_no_letter_cannot_be_sought() => Assert.Null(SoughtWord.Of("[...]"));

    [Fact]
    public void Any_text_can_be_taken_apart_and_says_each_of_its_own_words() =>
        Gen.Char.Array[0, 60].Select(letters => new string(letters)).Sample(
            text =>
            {
                SpokenText? spoken = SpokenText.Of(text);
                return spoken is null || SpokenText.WordsIn(text).TrueForAll(
                    word => SoughtWord.Of(word) is { } sought && spoken.Says(sought));
            },
            iter: 4000);

    [Theory]
    [InlineData("under 60", 59, 60)]
    [InlineData("over 20", 21, 20)]
    [InlineData("20 to 60", 20, 19)]
    [InlineData("20 to 60", 60, 61)]
    [InlineData("Over  0", 1, 0)]
    public void A_range_of_letters_has_these_ends(string range, int inside, int outside)
    {
        LettersCondition condition = LetterRange.Read(range, out _)!;
        Assert.True(condition.Holds(new MatchedLine(new LineTraits(Text: new string('a', inside)))));
        Assert.False(condition.Holds(new MatchedLine(new LineTraits(Text: "." + new string('a', outside)))));
    }

    [Theory]
    [InlineData("60", "under 60")]
    [InlineData("< 60", "under 60")]
    [InlineData("less than 60 letters", "under 60")]
    [InlineData("at most 60", "under 61")]
    [InlineData(">20", "over 20")]
    [InlineData("at least 20", "over 19")]
    [InlineData("20-60", "20 to 60")]
    [InlineData("60 to 20", "20 to 60")]
    [InlineData("under 60 characters", "under 60")]
    public void What_people_write_instead_is_answered_with_the_right_form(string written, string right)
    {
        Assert.Null(LetterRange.Read(written, out Diagnostic diagnostic));
        Assert.Equal($"Write \"{right}\".", diagnostic.Fix.Sentence);
        Assert.Equal(right, diagnostic.Fix.Replacement);
    }
}
