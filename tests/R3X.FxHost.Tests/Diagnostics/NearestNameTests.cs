using R3X.FxHost.Diagnostics;
using Xunit;

namespace R3X.FxHost.Tests.Diagnostics;

public sealed class NearestNameTests
{
    private static readonly string[] Names = ["high-pass", "presence", "presence-gain", "frequency", "mix", "make-up",
        "look-ahead", "feedback", "feedforward"];

    [Theory]
    [InlineData("mxi", "mix")]
    [InlineData("Mix", "mix")]
    [InlineData("presense", "presence")]
    [InlineData("high_pass", "high-pass")]
    [InlineData("highpass", "high-pass")]
    [InlineData("lookahead", "look-ahead")]
    [InlineData("makeup", "make-up")]
    [InlineData("frq", "frequency")]
    [InlineData("freq", "frequency")]
    [InlineData("gain", "presence-gain")]
    [InlineData("feedbak", "feedback")]
    [InlineData("hp", "high-pass")]
    [InlineData("threshold", null)]
    [InlineData("zzz", null)]
    [InlineData("", null)]
    [InlineData("-", null)]
    public void The_nearest_name_is_the_one_a_person_would_think_of(string written, string? expected) =>
        Assert.Equal(expected, NearestName.Find(written, Names));

    [Fact]
    public void A_name_of_any_length_is_no_problem() =>
        Assert.Null(NearestName.Find(new string('a', 100_000), [new string('b', 100_000), "mix"]));
}
