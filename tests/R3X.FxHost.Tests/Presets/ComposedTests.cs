using R3X.FxHost.Presets.Diagnostics;
using Xunit;

namespace R3X.FxHost.Tests.Presets;

/// <summary>Accents written into their letters, without the system's culture data.</summary>
public sealed class ComposedTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("cafe\u0301", "caf\u00E9")]
    [InlineData("caf\u00E9", "caf\u00E9")]
    [InlineData("\u0301e", "\u0301e")]
    [InlineData("A\u030AA\u030A", "\u00C5\u00C5")]
    [InlineData("e\u0323\u0302", "\u1EC7")]
    [InlineData("\u0438\u0306", "\u0439")]
    [InlineData("\u03B9\u0308\u0301", "\u0390")]
    [InlineData("\u304B\u3099", "\u304C")]
    [InlineData("\u1112\u1161\u11AB\u1100\u1173\u11AF", "\uD55C\uAE00")]
    [InlineData("\uD83D\uDE00e\u0301", "\uD83D\uDE00\u00E9")]
    [InlineData("q\u0301", "q\u0301")]
    public void A_letter_and_its_mark_become_one(string text, string composed) =>
        Assert.Equal(composed, Composed.Of(text));

    [Theory]
    [InlineData("\uD800\u0301")]
    [InlineData("e\uDC00\uFFFF")]
    public void Halves_of_characters_are_left_as_they_are(string text) => Assert.Equal(text, Composed.Of(text));
}
