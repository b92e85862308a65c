using System;
using R3X.FxHost.Diagnostics;
using Xunit;

namespace R3X.FxHost.Tests.Diagnostics;

public sealed class StartingGainsTests
{
    [Theory]
    [InlineData(3.25, -1.4, false, "+3.25,-1.4")]
    [InlineData(0, 30, true, "0,+30,following")]
    [InlineData(-40, 0.01, false, "-40,+0.01")]
    public void Their_text_is_the_whole_of_them(double reference, double match, bool follows, string text)
    {
        var gains = new StartingGains(reference, match, follows);
        Assert.Equal(text, gains.ToString());
        Assert.Equal(gains, StartingGains.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("3,4,5")]
    [InlineData("3,4,following,")]
    [InlineData("3 dB,4 dB")]
    [InlineData("21,0")]
    [InlineData("0,31")]
    [InlineData("NaN,0")]
    [InlineData("0,-41")]
    [InlineData("1e1,0")]
    public void What_is_none_is_refused_with_the_form(string text)
    {
        Assert.False(StartingGains.TryParse(text, null, out _));
        Assert.Contains("3.25,-1.4", Assert.Throws<FormatException>(() => StartingGains.Parse(text)).Message,
            StringComparison.Ordinal);
    }
}
