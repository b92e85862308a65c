using System;
using System.Linq;
using R3X.FxHost.Diagnostics;
using Xunit;

namespace R3X.FxHost.Tests.Diagnostics;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Percentiles_are_right_within_a_bucket()
    {
        var histogram = new LatencyHistogram();
        foreach (int milliseconds in Enumerable.Range(1, 100))
            histogram.Record(TimeSpan.FromMilliseconds(milliseconds));
        Assert.InRange(histogram.Percentile(0.5).TotalMilliseconds, 50, 52.5);
        Assert.InRange(histogram.Percentile(0.99).TotalMilliseconds, 99, 100);
        Assert.Equal(100, histogram.Max.TotalMilliseconds);
    }

    [Fact]
    public void Frames_weigh_in()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromMilliseconds(1), 990);
        histogram.Record(TimeSpan.FromMilliseconds(30), 10);
        Assert.InRange(histogram.Percentile(0.99).TotalMilliseconds, 1, 1.05);
        Assert.Equal(1000, histogram.Count);
    }

    [Fact]
    public void A_broken_promise_names_the_effect_that_took_the_time()
    {
        var ms = TimeSpan.FromMilliseconds(1);
        EffectReport[] effects = [new("a", "eq", ms, ms, false), new("b", "pitch", 40 * ms, ms, false)];
        Assert.Null(LatencyPromise.Check(20 * ms, effects));
        Assert.Equal(
            "The line was up to 42.0 ms late, more than the 20.0 ms promised; \"b\" (pitch) takes 40.0 ms of it by "
                + "design.",
            LatencyPromise.Check(42 * ms, effects));
    }
}
