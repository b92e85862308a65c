using System;
using R3X.FxHost.Lines;
using R3X.FxHost.Tests.Playback;
using Xunit;

namespace R3X.FxHost.Tests.Lines;

public sealed class FeedScheduleTests
{
    private const int Rate = 48_000;

    private readonly ManualTime _time = new();
    private readonly FeedSchedule _schedule;

    public FeedScheduleTests()
    {
        _schedule = new FeedSchedule(Rate, _time);
        _time.Advance(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void A_frame_of_a_paced_feed_is_due_when_it_arrives()
    {
        _schedule.LatenessNow(Ago(1020), 0);
        Assert.Equal(20, _schedule.LatenessNow(Ago(20), Rate).TotalMilliseconds, 0.001);
        // The last frame of the same 20 ms chunk, too.
        Assert.Equal(20, _schedule.LatenessNow(Ago(20), Rate + (Rate / 50) - 1).TotalMilliseconds, 0.1);
    }

    [Fact]
    public void Frames_of_a_burst_are_due_one_after_the_other()
    {
        long arrived = Ago(30);
        Assert.Equal(30, _schedule.LatenessNow(arrived, 0).TotalMilliseconds, 0.001);
        Assert.Equal(TimeSpan.Zero, _schedule.LatenessNow(arrived, Rate));
    }

    [Fact]
    public void After_a_stall_the_line_goes_on_from_where_it_is_then()
    {
        _schedule.LatenessNow(Ago(10_000), 0);
        long arrived = Ago(30);
        Assert.Equal(30, _schedule.LatenessNow(arrived, Rate).TotalMilliseconds, 0.001);
        Assert.Equal(TimeSpan.Zero, _schedule.LatenessNow(arrived, 2 * Rate));
    }

    private long Ago(double milliseconds) => _time.GetTimestamp() - TimeSpan.FromMilliseconds(milliseconds).Ticks;
}
