using System;
using System.Diagnostics;
using R3X.FxHost.Speaking;
using Xunit;

namespace R3X.FxHost.Tests.Speaking;

public sealed class FeedScheduleTests
{
    private const int Rate = 48_000;

    private static long Ago(double milliseconds) => Stopwatch.GetTimestamp() - (long)(milliseconds / 1000 * Stopwatch.Frequency);

    [Fact]
    public void A_frame_of_a_paced_feed_is_due_when_it_arrives()
    {
        var schedule = new FeedSchedule(Rate);
        schedule.LatenessNow(Ago(1020), 0);
        Assert.InRange(schedule.LatenessNow(Ago(20), Rate).TotalMilliseconds, 20, 500);
        // The last frame of the same 20 ms chunk, too.
        Assert.InRange(schedule.LatenessNow(Ago(20), Rate + (Rate / 50) - 1).TotalMilliseconds, 19.9, 500);
    }

    [Fact]
    public void Frames_of_a_burst_are_due_one_after_the_other()
    {
        var schedule = new FeedSchedule(Rate);
        long arrived = Ago(30);
        Assert.InRange(schedule.LatenessNow(arrived, 0).TotalMilliseconds, 30, 500);
        Assert.Equal(TimeSpan.Zero, schedule.LatenessNow(arrived, Rate));
    }

    [Fact]
    public void After_a_stall_the_line_goes_on_from_where_it_is_then()
    {
        var schedule = new FeedSchedule(Rate);
        schedule.LatenessNow(Ago(10_000), 0);
        long arrived = Ago(30);
        Assert.InRange(schedule.LatenessNow(arrived, Rate).TotalMilliseconds, 30, 500);
        Assert.Equal(TimeSpan.Zero, schedule.LatenessNow(arrived, 2 * Rate));
    }
}
