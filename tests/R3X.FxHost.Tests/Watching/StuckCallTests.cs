using System;
using R3X.FxHost.Watching;
using Xunit;

namespace R3X.FxHost.Tests.Watching;

public sealed class StuckCallTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    [Fact]
    public void A_call_that_computes_is_stuck_when_it_has_computed_for_as_long_as_it_may() =>
        Assert.Equal(2, LooksUntilStuck(worksEachLook: 10, isWaiting: false, Look));

    [Fact]
    public void So_is_one_that_waits() =>
        Assert.Equal(2, LooksUntilStuck(worksEachLook: 0, isWaiting: true, Look));

    [Fact]
    public void One_that_a_busy_machine_gives_a_tenth_of_a_processor_may_go_on_for_ten_times_as_long() =>
        Assert.Equal(20, LooksUntilStuck(worksEachLook: 1, isWaiting: false, Look));

    [Fact]
    public void One_of_which_nothing_is_known_may_go_on_for_two_seconds() =>
        Assert.Equal(200, LooksUntilStuck(worksEachLook: null, isWaiting: false, Look));

    [Fact]
    public void Time_in_which_the_whole_process_stood_still_is_not_the_calls() =>
        Assert.Equal(2, LooksUntilStuck(worksEachLook: 0, isWaiting: true, TimeSpan.FromHours(1)));

    [Fact]
    public void Time_in_which_the_runtime_collects_garbage_or_compiles_is_not_the_calls()
    {
        Assert.Equal(4, LooksUntilStuck(worksEachLook: 10, isWaiting: false, Look, runtimeEachLook: 5));
        Assert.Equal(4, LooksUntilStuck(worksEachLook: 0, isWaiting: true, Look, runtimeEachLook: 5));
        Assert.Equal(200, LooksUntilStuck(worksEachLook: 10, isWaiting: false, Look, runtimeEachLook: 10));
    }

    [Fact]
    public void Every_call_starts_afresh()
    {
        var stuck = new StuckCall(Limit);
        for (int call = 0; call < 1_000; call++)
            Assert.False(stuck.Look(call, TimeSpan.Zero, true, Look, TimeSpan.Zero));
    }

    private static int LooksUntilStuck(double? worksEachLook, bool isWaiting, TimeSpan elapsed,
        double runtimeEachLook = 0)
    {
        var stuck = new StuckCall(Limit);
        for (int looks = 0; ; looks++)
        {
            TimeSpan? worked = worksEachLook is { } milliseconds
                ? TimeSpan.FromMilliseconds(looks * milliseconds) : null;
            if (stuck.Look(1, worked, isWaiting, elapsed, TimeSpan.FromMilliseconds(looks * runtimeEachLook)))
                return looks;
        }
    }
}
