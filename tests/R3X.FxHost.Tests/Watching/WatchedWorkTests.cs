using System;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Watching;
using Xunit;

namespace R3X.FxHost.Tests.Watching;

public sealed class WatchedWorkTests
{
    [Fact]
    public void What_a_call_returns_or_throws_reaches_whoever_waits()
    {
        Assert.True(Watchdog.TryCall(() => 42, null, out int result));
        Assert.Equal(42, result);
        var thrown = Assert.Throws<InvalidOperationException>(() =>
            Watchdog.TryCall<int>(() => throw new InvalidOperationException("on purpose"), null, out _));
        Assert.Equal("on purpose", thrown.Message);
    }

    [Fact]
    public void A_call_that_waits_for_ever_is_given_up_and_says_when_it_came_back()
    {
        using var release = new ManualResetEventSlim();
        using var cameBack = new ManualResetEventSlim();

        Assert.False(Watchdog.TryCall(() => { release.Wait(); return 1; }, cameBack.Set, out int result));

        Assert.Equal(0, result);
        Assert.False(cameBack.IsSet);
        release.Set();
        cameBack.Wait(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Work_outside_a_plugin_may_take_as_long_as_it_likes()
    {
        using var never = new ManualResetEventSlim();
        var work = new WatchedWork(() => never.Wait(300));
        work.Start();
        Assert.True(work.Wait(TimeSpan.FromMilliseconds(20), TimeProvider.System));
    }

    [Fact]
    public void The_same_work_is_done_again_and_again_and_allocates_nothing_then()
    {
        int done = 0;
        var work = new WatchedWork(() => done++);
        void Once()
        {
            work.Start();
            Assert.True(work.Wait(Watchdog.Processing, TimeProvider.System));
        }

        Again();
        Assert.Equal(0, Allocations.Fewest(Again));
        Assert.InRange(done, 200, 600);

        void Again()
        {
            for (int i = 0; i < 100; i++)
                Once();
        }
    }

    [Fact]
    public async Task On_the_pool_what_awaits_the_work_goes_on_without_a_call_that_waits_for_ever()
    {
        using var release = new ManualResetEventSlim();
        using var cameBack = new ManualResetEventSlim();
        WatchedWork work = null!;
        work = new WatchedWork(() =>
        {
            long call = work.Enter();
            release.Wait();
            work.Leave(call);
        })
        { CameBack = cameBack.Set };

        Assert.False(await work.DoAsync());

        Assert.False(cameBack.IsSet);
        release.Set();
        cameBack.Wait(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task On_the_pool_the_same_work_is_done_again_and_again_and_its_failures_reach_whoever_awaits_it()
    {
        int done = 0;
        var work = new WatchedWork(() =>
        {
            if (++done % 2 == 0)
                throw new InvalidOperationException("on purpose");
        });
        for (int i = 0; i < 10; i++)
        {
            Assert.True(await work.DoAsync());
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await work.DoAsync());
        }

        Assert.Equal(20, done);
    }
}
