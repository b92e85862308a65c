using System;
using System.Collections.Generic;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Levelling;
using Xunit;

namespace R3X.FxHost.Tests.Levelling;

/// <summary>The search for the gain in front of a limiter, which takes some of every gain away.</summary>
public sealed class GainSearchTests
{
    [Fact]
    public void Where_nothing_is_taken_away_the_first_gain_lands()
    {
        var search = new GainSearch(arrival: -25, target: -18, 0.05);
        Assert.Equal(7, search.Gain);
        Assert.True(search.Lands(-18.04));
        Assert.Equal(7, search.Gain);
        Assert.True(search.IsOver);
    }

    [Fact]
    public void Where_a_limiter_takes_half_of_it_few_gains_are_needed()
    {
        var search = new GainSearch(arrival: -25, target: -18, 0.05);
        List<double> tried = Run(search, gain => Math.Min(gain - 25, -22 + ((gain - 3) / 2)));
        Assert.Equal([7, 9, 11], tried);
    }

    [Fact]
    public void What_no_gain_reaches_is_given_up()
    {
        var search = new GainSearch(arrival: -25, target: -10, 0.05);
        List<double> tried = Run(search, _ => -14);
        Assert.Equal(StartingGains.MostMatch, search.Gain);
        // Not twice at the limit.
        Assert.Equal([15, 19, StartingGains.MostMatch], tried);
    }

    [Fact]
    public void A_search_that_never_lands_ends()
    {
        double way = 1;
        List<double> tried = Run(new GainSearch(arrival: -18, target: -18, 0.05), _ => -18 + (way = -way));
        Assert.Equal(6, tried.Count);
    }

    [Fact]
    public void A_line_that_left_in_silence_keeps_its_gain()
    {
        var search = new GainSearch(arrival: -25, target: -18, 0.05);
        Assert.True(search.Lands(null));
        Assert.Equal(7, search.Gain);
    }

    private static List<double> Run(GainSearch search, Func<double, double> leaving)
    {
        var tried = new List<double>();
        while (!search.IsOver)
        {
            tried.Add(search.Gain);
            search.Lands(leaving(search.Gain));
        }

        return tried;
    }
}
