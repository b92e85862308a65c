using CsCheck;
using R3X.FxHost.Studio.Read;
using Xunit;

namespace R3X.FxHost.Tests.Studio;

public sealed class EditedLinesTests
{
    private static readonly string[] Parts = ["a", "b", "", "\n", "\r\n", "\r"];

    [Theory]
    [InlineData("a\r\nb\nc\r\n", "a\nB\nc\n", "a\r\nB\r\nc\r\n")]
    [InlineData("a\r\nb\nc\r\n", "a\nb\nc\nd\n", "a\r\nb\nc\r\nd\r\n")]
    [InlineData("a\r\nb", "a\n", "a\r\n")]
    [InlineData("a\rb\rc", "a\nc", "a\rc")]
    [InlineData("a\nb\n", "a\nb", "a\nb")]
    [InlineData("", "a\nb", "a\nb")]
    [InlineData("a\r\n", "", "")]
    public void Lines_that_stay_keep_their_endings(string basis, string lines, string edited) =>
        Assert.Equal(edited, EditedLines.Into(basis, lines));

    [Fact]
    public void Whatever_is_edited_comes_out_with_those_lines_and_what_is_not_edited_byte_for_byte()
    {
        Gen<string> text = Gen.Int[0, 5].Select(part => Parts[part]).Array[0, 12].Select(string.Concat);
        Gen.Select(text, text).Sample((before, after) =>
        {
            string lines = Lines(after);
            return Lines(EditedLines.Into(before, lines)) == lines && EditedLines.Into(before, Lines(before)) == before;
        });
    }

    private static string Lines(string text) => text.Replace("\r\n", "\n", System.StringComparison.Ordinal)
        .Replace('\r', '\n');
}
